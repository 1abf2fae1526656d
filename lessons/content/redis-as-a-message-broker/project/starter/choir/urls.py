"""Two pages."""

from django.urls import path

from members import views

urlpatterns = [
    path("", views.sign_up, name="sign-up"),
    path("welcome/", views.welcome, name="welcome"),
]
