"""The work behind the button “Invite”, as plain functions, and the task that calls it for one person."""

from celery import shared_task
from django.contrib.auth.models import User
from django.core.mail import send_mail


def people():
    return User.objects.order_by("pk")


def send_invitation(user_pk):
    user = User.objects.get(pk=user_pk)
    text = f"Dear {user.username}, the course begins on Monday."
    send_mail("Your course", text, None, [user.email])


@shared_task(
    autoretry_for=(OSError,),
    max_retries=5,
    default_retry_delay=1,
)
def invitation(user_pk):
    send_invitation(user_pk)
