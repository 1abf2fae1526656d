"""The site: settings, addresses, Celery app, base template, home, cross-checks, `up`."""
