"""Addresses of the labs."""

from django.urls import path

from labs.bench import views

app_name = "bench"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.lab, name="lab"),
    path("<slug:slug>/predict/", views.predict, name="predict"),
    path("<slug:slug>/run/<slug:condition>", views.run, name="make-run"),
    path("<slug:slug>/runs.csv", views.runs_csv, name="runs-csv"),
    path("<slug:slug>/runs.json", views.runs_json, name="runs-json"),
    path("<slug:slug>/runs/<slug:run_id>/", views.run_page, name="run"),
    path("<slug:slug>/runs/<slug:run_id>.json", views.run_json, name="run-json"),
    path("<slug:slug>/runs/<slug:run_id>/browser/", views.keep_browser_side, name="browser"),
]
