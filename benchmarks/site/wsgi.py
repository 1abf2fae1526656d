"""The same site for a WSGI server, whose pool of threads has a known size."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.site.settings")

application = get_wsgi_application()

from labs.bench.warm_up import warm_up_in_background  # noqa: E402  (Django must be set up first)

warm_up_in_background()
