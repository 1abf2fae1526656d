"""Addresses of the lessons."""

from django.urls import path
from django.views.generic import RedirectView

from lessons import progress, project_views, views

app_name = "lessons"
urlpatterns = [
    path("", RedirectView.as_view(url="/"), name="all"),
    path("glossary/", views.glossary, name="glossary"),
    path("<slug:slug>/", views.first_mode, name="lesson"),
    path("<slug:slug>/project/starter.zip", project_views.starter, name="project-starter"),
    path("<slug:slug>/project/codes/", project_views.codes, name="project-codes"),
    path("<slug:slug>/<slug:mode>/", views.mode, name="mode"),
    path("<slug:slug>/<slug:mode>/progress/", progress.mode_progress, name="progress"),
]
