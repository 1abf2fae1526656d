"""The work, as plain functions: nothing in them knows who calls."""

from django.contrib.auth.models import User
from django.core.mail import send_mail


def create_user(form):
    return User.objects.create_user(form["name"], form["email"])


def send_welcome(user_pk):
    user = User.objects.get(pk=user_pk)
    text = f"Good to have you here, {user.username}."
    send_mail("Welcome", text, None, [user.email])
