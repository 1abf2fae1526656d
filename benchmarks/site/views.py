"""What benchmarks ask a server for, beside the course's own pages."""

import mimetypes
import time
import uuid
from functools import cache
from pathlib import Path

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.views.decorators.http import require_POST

from lessons.pages import lesson_page
from quizzes.models import Count

FOLDER = Path(__file__).resolve().parent.parent
FILES = {file.name: file for part in ("pages", "vendor") for file in (FOLDER / part).iterdir() if file.is_file()}


def page_file(request: HttpRequest, name: str) -> HttpResponse:
    """A page, script or vendored library of the benchmark of client styles, by its file name."""
    return HttpResponse(FILES[name].read_bytes(), content_type=mimetypes.guess_type(name)[0])


def fixed(request: HttpRequest, slug: str, mode: str) -> HttpResponse:
    """The compressed bytes of a lesson page and nothing else: the least that a Django view can do."""
    return HttpResponse(_bytes_of(slug, mode), headers={"Content-Encoding": "gzip"})


@cache
def _bytes_of(slug: str, mode: str) -> bytes:
    page = lesson_page(slug, mode)
    assert page is not None, f"There is no lesson {slug}, {mode}."
    return page.gzipped


@require_POST
def insert(request: HttpRequest) -> HttpResponse:
    """One bare row and a redirect: the least that a view which keeps something can do."""
    Count.objects.create(question="benchmark", version="", what=uuid.uuid4().hex, n=len(request.POST["answer"]))
    return HttpResponseRedirect("/")


def cpu(request: HttpRequest) -> HttpResponse:
    """Processor time of this process so far, in seconds."""
    return HttpResponse(str(time.process_time()))


def queries(request: HttpRequest) -> JsonResponse:
    """How many database queries the page at `?path=` takes for somebody who has never been here."""
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(request.GET["path"], headers={"host": "127.0.0.1", "accept-encoding": "gzip"})
    return JsonResponse({"status": response.status_code, "queries": len(captured)})
