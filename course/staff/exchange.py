"""Quizzes in and out, for staff. An upload changes nothing here: its text is shown, to be downloaded and read over."""

from collections.abc import Mapping
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from course.staff.access import staff_only
from quizzes import catalog
from quizzes.exchange.files import LARGEST_BYTES, SPLIT, TOO_LARGE, as_text
from quizzes.exchange.format import Format
from quizzes.exchange.formats import all_formats
from quizzes.exchange.ids import slug_of
from quizzes.exchange.importing import format_for, import_text, readable_formats
from quizzes.exchange.items import Refused
from quizzes.exchange.upload import bounded_upload
from quizzes.quiz import Quiz

PAGE = "staff/exchange.html"
IMPORT_PAGE = "staff/imported.html"
EXPORT_PAGE = "staff/exported.html"


@staff_only
@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    """Every quiz with its formats, and the form for an upload."""
    return _page(request)


def refuse_upload(request: HttpRequest) -> HttpResponse:
    """The page again, saying that a file is too large."""
    return _page(request, Refused(0, TOO_LARGE, SPLIT), status=413)


@staff_only
@bounded_upload(refuse_upload)
@require_POST
def import_quiz(request: HttpRequest) -> HttpResponseBase:
    """The text of an uploaded quiz, with what was lost and what is missing; nothing is kept."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _page(request, Refused(0, "No file is chosen.", "Choose one, then press Read it."), status=400)
    name = PurePath(file.name or "").name
    try:
        form = format_for(request.POST.get("format", ""), name)
        slug = slug_of(request.POST.get("slug", "") or name.partition(".")[0]) or "imported"
        imported = import_text(as_text(file.read()), form, slug, slug_of(request.POST.get("lesson", "")))
    except Refused as refusal:
        return _page(request, refusal, name, status=400, given=request.POST.dict())
    return render(request, IMPORT_PAGE, {"imported": imported, "name": name, "slug": slug, "format": form})


@staff_only
@bounded_upload(refuse_upload)
@require_POST
def download_text(request: HttpRequest) -> HttpResponseBase:
    """The text that a page showed, as the file of a quiz."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    slug = slug_of(request.POST.get("slug", "")) or "imported"
    return _file(text.encode(), "text/markdown; charset=utf-8", f"{slug}.md")


@staff_only
@require_safe
def export(request: HttpRequest, quiz_slug: str, format_name: str) -> HttpResponse:
    """What of a quiz a format does not hold, line by line, before it is downloaded."""
    quiz, form = _asked(quiz_slug, format_name)
    context = {"quiz": quiz, "format": form, "losses": form.write(quiz).losses}
    return render(request, EXPORT_PAGE, context)


@staff_only
@require_safe
def export_file(request: HttpRequest, quiz_slug: str, format_name: str) -> HttpResponse:
    """A quiz in a format."""
    quiz, form = _asked(quiz_slug, format_name)
    return _file(form.write(quiz).content, form.media_type, f"{quiz.slug}{form.suffixes[0]}")


def _asked(quiz_slug: str, format_name: str) -> tuple[Quiz, Format]:
    quiz, form = catalog.find(quiz_slug), all_formats().get(format_name)
    if quiz is None or form is None:
        raise Http404(f"There is no quiz {quiz_slug} in the format {format_name}.")
    return quiz, form


def _page(
    request: HttpRequest,
    refusal: Refused | None = None,
    name: str = "",
    status: int = 200,
    given: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page; after a refusal with what was given beside the file."""
    context = {
        "given": given or {},
        "quizzes": catalog.all_quizzes(),
        "formats": all_formats().values(),
        "readable": readable_formats(),
        "refusal": refusal,
        "name": name,
        "largest_mb": LARGEST_BYTES // 1_000_000,
    }
    return render(request, PAGE, context, status=status)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=media_type, headers=headers)
