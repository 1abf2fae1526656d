"""Addresses of the claims."""

from django.urls import path

from labs.bench.claims import views

app_name = "claims"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:claim_id>/", views.claim, name="claim"),
]
