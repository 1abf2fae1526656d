"""Addresses of the labs."""

from django.urls import path, register_converter

from labs.bench import clock, views
from labs.bench.experiments import views as experiment_views
from labs.bench.explain import views as explain_views
from labs.bench.inside import views as inside_views

register_converter(experiment_views.BenchLabConverter, "bench_lab")

app_name = "bench"
urlpatterns = [
    path("", views.index, name="index"),
    path("clock.json", clock.clock, name="clock"),
    path("<bench_lab:lab>/", experiment_views.lab),
    path("<bench_lab:lab>/predict/", experiment_views.predict),
    path("<bench_lab:lab>/explain/", experiment_views.keep_explanation),
    path("<bench_lab:lab>/explain/ideas/", experiment_views.compare_ideas),
    path("<bench_lab:lab>/runs/", experiment_views.start, name="experiment-start"),
    path("<bench_lab:lab>/runs/<slug:key>/", experiment_views.result, name="experiment"),
    path("<bench_lab:lab>/runs/<slug:key>.json", experiment_views.result_json, name="experiment-json"),
    path("<bench_lab:lab>/runs/<slug:key>.csv", experiment_views.result_csv, name="experiment-csv"),
    path("<bench_lab:lab>/runs/<slug:key>/stop/", experiment_views.stop, name="experiment-stop"),
    path("<slug:slug>/", views.lab, name="lab"),
    path("<slug:slug>/predict/", views.predict, name="predict"),
    path("<slug:slug>/explain/", explain_views.keep_explanation, name="explain"),
    path("<slug:slug>/explain/ideas/", explain_views.compare_ideas, name="compare"),
    path("<slug:slug>/explain/<slug:question>/", explain_views.answer_question, name="answer"),
    path("<slug:slug>/inside/", inside_views.inside, name="inside"),
    path("<slug:slug>/run/<slug:condition>", views.run, name="make-run"),
    path("<slug:slug>/runs.csv", views.runs_csv, name="runs-csv"),
    path("<slug:slug>/runs.json", views.runs_json, name="runs-json"),
    path("<slug:slug>/runs/<slug:run_id>/", views.run_page, name="run"),
    path("<slug:slug>/runs/<slug:run_id>.json", views.run_json, name="run-json"),
    path("<slug:slug>/runs/<slug:run_id>.trace.json", views.run_trace, name="run-trace"),
    path("<slug:slug>/runs/<slug:run_id>/browser/", views.keep_browser_side, name="browser"),
]
