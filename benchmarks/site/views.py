"""What benchmarks ask a server for, beside the course's own pages."""

import mimetypes
import time
from functools import cache
from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labs.email_in_request import tasks, work
from lessons.pages import lesson_page

FOLDER = Path(__file__).resolve().parent.parent
FILES = {file.name: file for part in ("pages", "vendor") for file in (FOLDER / part).iterdir() if file.is_file()}
POOL_MAIL_MS = 200
RUN_ID = "benchmark"


def page_file(request: HttpRequest, name: str) -> HttpResponse:
    """A page, script or vendored library of the benchmark of client styles, by its file name."""
    return HttpResponse(FILES[name].read_bytes(), content_type=mimetypes.guess_type(name)[0])


def inside(request: HttpRequest) -> HttpResponse:
    """Send one mail of the first lab, then answer."""
    work.send_welcome_mail(RUN_ID, POOL_MAIL_MS)
    return HttpResponse("sent")


def queued(request: HttpRequest) -> HttpResponse:
    """Leave the same mail to the worker, then answer."""
    tasks.send_welcome_mail.apply_async((RUN_ID, POOL_MAIL_MS), retry=False)
    return HttpResponse("handed over")


def neighbour(request: HttpRequest) -> HttpResponse:
    """A page that sends no mail."""
    return HttpResponse("hello")


def fixed(request: HttpRequest, slug: str, mode: str) -> HttpResponse:
    """The compressed bytes of a lesson page and nothing else: the least that a Django view can do."""
    return HttpResponse(_bytes_of(slug, mode), headers={"Content-Encoding": "gzip"})


@cache
def _bytes_of(slug: str, mode: str) -> bytes:
    page = lesson_page(slug, mode)
    assert page is not None, f"There is no lesson {slug}, {mode}."
    return page.gzipped


def cpu(request: HttpRequest) -> HttpResponse:
    """Processor time of this process so far, in seconds."""
    return HttpResponse(str(time.process_time()))


def queries(request: HttpRequest) -> JsonResponse:
    """How many database queries the page at `?path=` takes for somebody who has never been here."""
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(request.GET["path"], headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
    return JsonResponse({"status": response.status_code, "queries": len(captured)})
