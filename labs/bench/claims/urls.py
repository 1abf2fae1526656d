"""Addresses of the claims."""

from django.urls import path

from labs.bench.claims import server_views, views

app_name = "claims"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:claim_id>/", views.claim, name="claim"),
    path("<slug:claim_id>/measure/", server_views.measure, name="measure"),
    path("<slug:claim_id>/runs/<slug:key>.json", server_views.state, name="state"),
    path("<slug:claim_id>/runs/<slug:key>/stop/", server_views.stop, name="stop"),
]
