"""Addresses of the quizzes."""

from django.urls import path

from quizzes import views

app_name = "quizzes"
urlpatterns = [
    path("", views.quiz_list, name="list"),
    path("<slug:quiz_slug>/", views.quiz_page, name="quiz"),
    path("<slug:quiz_slug>/result/", views.result_page, name="result"),
    path("<slug:quiz_slug>/retry/", views.retry, name="retry"),
    path("<slug:quiz_slug>/<slug:question_id>/", views.question_page, name="question"),
]
