"""Addresses of the lessons."""

from django.urls import path
from django.views.generic import RedirectView

from lessons import views

app_name = "lessons"
urlpatterns = [
    path("", RedirectView.as_view(url="/"), name="all"),
    path("<slug:slug>/", views.first_mode, name="lesson"),
    path("<slug:slug>/<slug:mode>/", views.mode, name="mode"),
]
