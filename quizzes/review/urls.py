"""Addresses of review."""

from django.urls import path

from quizzes.review import views

app_name = "review"
urlpatterns = [
    path("", views.review_page, name="review"),
    path("answer/", views.answer, name="answer"),
    path("rate/", views.rate, name="rate"),
    path("undo/", views.undo, name="undo"),
    path("retention/", views.retention, name="retention"),
    path("anki.txt", views.anki, name="anki"),
]
