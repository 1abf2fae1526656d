"""Helpful or not, and reporting a problem: one plain form about any page of the site."""

import hashlib
import re
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from labs.bench.registry import all_labs
from learners.feedback import LONGEST_TEXT, About, NotTaken, TooMuch, keep, read_said
from lessons.catalog import catalog
from quizzes import catalog as quiz_catalog

VERSION = re.compile(r"[0-9a-f]{16}")
LONGEST_ADDRESS = 200
SITE = About("/", "the site as a whole")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """The form about the page in `about`; a POST keeps what it says."""
    if request.method != "POST":
        is_kept = request.GET.get("kept") == "1"
        return _page(request, about_page(request.GET.get("about", "")), {"is_kept": is_kept})
    about = _as_opened(request.POST)
    try:
        keep(request, about, read_said(request.POST))
    except NotTaken as refused:
        return _page(request, about, {"problem": str(refused)}, status=400)
    except TooMuch as refused:
        minutes = -(-refused.wait_s // 60)
        problem = f"That is more than anybody reads in an hour. Send it again in {minutes} min; it stays in this form."
        answer = _page(request, about, {"problem": problem}, status=429)
        answer["Retry-After"] = str(refused.wait_s)
        return answer
    return redirect(f"{reverse('feedback')}?{urlencode({'about': about.address, 'kept': '1'})}")


def about_page(address: str) -> About:
    """The page at an address of this site, without what follows a question mark; the whole site when there is none."""
    path = re.split(r"[?#]", address)[0]
    if len(path) > LONGEST_ADDRESS or not _exists(path):
        return SITE
    match path.strip("/").split("/"):
        case ["lessons", slug, mode, *_]:
            return _about_mode(path, slug, mode)
        case ["quizzes", slug, *rest]:
            return _about_quiz(path, slug, rest[0] if rest else "")
        case ["labs", slug, *_] if slug in all_labs():
            lab = all_labs()[slug]
            return About(path, lab.title, version=_hash((lab.folder / "guide.md").read_text(encoding="utf-8")))
    return About(path, path)


def _about_mode(path: str, slug: str, mode: str) -> About:
    lesson = catalog().lessons.get(slug)
    text = lesson.texts.get(mode) if lesson else None
    if lesson is None or text is None:
        return About(path, path)
    title = f"{lesson.title}: {text.title} ({text.mode.label})"
    return About(path, title, lesson.slug, mode, _hash(text.source.text))


def _about_quiz(path: str, slug: str, question_id: str) -> About:
    quiz = quiz_catalog.find(slug)
    if quiz is None:
        return About(path, path)
    if question := quiz.find(question_id):
        return About(path, f"{quiz.title}: {question.topic}", quiz.lesson, version=question.version)
    return About(path, quiz.title, quiz.lesson, version=_hash(quiz.path.read_text(encoding="utf-8")))


def _as_opened(form: QueryDict) -> About:
    """The page as it was when the form was opened: its text may have changed since."""
    about, version = about_page(form.get("about", "")), form.get("version", "")
    return replace(about, version=version) if VERSION.fullmatch(version) else about


def _page(request: HttpRequest, about: About, more: dict[str, object], status: int = 200) -> HttpResponse:
    context = {"about": about, "said": request.POST, "longest_text": LONGEST_TEXT}
    return render(request, "course/feedback.html", context | more, status=status)


def _exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
