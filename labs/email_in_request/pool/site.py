"""Three addresses on the course's own settings and middleware, for gunicorn, whose pool of threads has a known size."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path

django.setup(set_prefix=False)

from labs.bench.warm_up import warm_up_in_background  # noqa: E402  (Django must be set up first)
from labs.email_in_request import tasks, work  # noqa: E402

RUN_ID = "pool"
MAIL_WAIT_MS = int(os.environ.get("POOL_MAIL_WAIT_MS", "200"))


def inside(request: HttpRequest) -> HttpResponse:
    """Send one mail of this lab, then answer."""
    work.send_welcome_mail(RUN_ID, MAIL_WAIT_MS)
    return HttpResponse("sent")


def queued(request: HttpRequest) -> HttpResponse:
    """Leave the same mail to the worker, then answer."""
    tasks.send_welcome_mail.apply_async((RUN_ID, MAIL_WAIT_MS), retry=False)
    return HttpResponse("handed over")


def neighbour(request: HttpRequest) -> HttpResponse:
    """A page that sends no mail."""
    return HttpResponse("hello")


class OnlyThese(WSGIHandler):
    """The course's middleware with the addresses of this module in place of its own."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with these addresses."""
        request.urlconf = __name__
        return super().get_response(request)


urlpatterns = [path("inside", inside), path("queued", queued), path("neighbour", neighbour)]
application = OnlyThese()
warm_up_in_background()
