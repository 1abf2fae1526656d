"""Good: once the user is safely stored, a worker is asked to send the mail."""

from accounts import create_user, send_welcome
from celery import shared_task
from django.db import transaction
from django.shortcuts import redirect


def sign_up(request):
    user = create_user(request.POST)
    transaction.on_commit(
        lambda: welcome.delay(user.pk)
    )
    return redirect("/welcome/")


@shared_task(ignore_result=True)
def welcome(user_pk):
    send_welcome(user_pk)
