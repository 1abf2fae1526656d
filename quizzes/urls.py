"""Addresses of the quizzes."""

from django.urls import path, register_converter

from quizzes import views
from quizzes.sittings import views as sittings


class ModeConverter:
    """The modes that have pages of their own."""

    regex = "practice|test|prediction"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(ModeConverter, "mode")

app_name = "quizzes"
urlpatterns = [
    path("", views.quiz_list, name="list"),
    path("certainty/", views.certainty, name="certainty"),
    path("starred/", views.starred, name="starred"),
    path("sittings/<uuid:attempt_id>/", sittings.sitting_page, name="sitting"),
    path("sittings/<uuid:attempt_id>/hand-in/", sittings.hand_in, name="hand-in"),
    path("sittings/<uuid:attempt_id>/practise/", sittings.practise_missed, name="practise-missed"),
    path("sittings/<uuid:attempt_id>/<int:number>/", sittings.place_page, name="place"),
    path("topics/<slug:lesson>/", sittings.topic_page, name="topic"),
    path("<slug:quiz_slug>/", views.quiz_page, name="quiz"),
    path("<slug:quiz_slug>/result/", views.result_page, name="result"),
    path("<slug:quiz_slug>/<mode:mode>/", sittings.mode_page, name="mode"),
    path("<slug:quiz_slug>/retry/", views.retry, name="retry"),
    path("<slug:quiz_slug>/<slug:question_id>/", views.question_page, name="question"),
]
