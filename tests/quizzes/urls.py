"""The course, and one lesson that holds a checkpoint of the tests' own quiz."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django.utils.safestring import SafeString

from authoring.page import render_page


def lesson(request: HttpRequest) -> HttpResponse:
    """A page with one checkpoint, as a lesson holds it: the lesson's page makes a module's path an address."""
    rendered = render_page('::: checkpoint quiz="weather" id="snow"\n:::\n', Path("lesson.md"))
    html = rendered.html.replace('data-clicked="quizzes/', 'data-clicked="/static/quizzes/')
    source = '{% extends "course/base.html" %}{% block main %}<h1>A lesson</h1>{{ html }}{% endblock %}'
    return HttpResponse(engines["django"].from_string(source).render({"html": SafeString(html)}, request))


urlpatterns = [
    path("lessons/weather/", lesson),
    path("", include("course.urls")),
]
