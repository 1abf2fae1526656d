"""The web process: Django behind uvicorn."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "course.settings")

application = get_asgi_application()

from labs.bench.warm_up import warm_up_in_background  # noqa: E402  (Django must be set up first)

warm_up_in_background()
