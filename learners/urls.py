"""Addresses about the learner."""

from django.urls import path

from learners import views

app_name = "learners"
urlpatterns = [
    path("me.json", views.me, name="me"),
    path("guesses/", views.note_guess, name="guesses"),
]
