"""Signing in and out, and what happens after too many wrong passwords."""

import math
from typing import Any

from axes.helpers import get_cool_off
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WRONG = "Name and password do not belong together. Capital and small letters differ."
NOT_STAFF = "This account exists and is not marked as staff, so it may not see these pages."


class StaffSignIn(AuthenticationForm):
    """Name and password of an account that is marked as staff."""

    error_messages = {"invalid_login": WRONG, "inactive": NOT_STAFF}

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Raises ValidationError for accounts that are not staff."""
        if not getattr(user, "is_staff", False):
            raise forms.ValidationError(NOT_STAFF, code="inactive")


sign_in = LoginView.as_view(template_name="staff/sign_in.html", authentication_form=StaffSignIn)
sign_out = LogoutView.as_view()


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """429: too many wrong passwords for this name from this address, and how long the pause is.

    Over ASGI the credentials that axes 8.3 passes on are in the wrong place (jazzband/django-axes#1494), so the name is
    taken from the request, where axes has put them too.
    """
    pause_s = math.ceil(get_cool_off(request).total_seconds())
    credentials: dict[str, Any] = getattr(request, "axes_credentials", None) or {}
    context = {"name": credentials.get("username", ""), "minutes": math.ceil(pause_s / 60)}
    page = render(request, "staff/locked_out.html", context, status=429)
    page["Retry-After"] = str(pause_s)
    return page
