"""Bad: the view sends the mail, and the visitor waits for the mail server."""

from accounts import create_user, send_welcome
from django.shortcuts import redirect


def sign_up(request):
    user = create_user(request.POST)
    send_welcome(user.pk)
    return redirect("/welcome/")
