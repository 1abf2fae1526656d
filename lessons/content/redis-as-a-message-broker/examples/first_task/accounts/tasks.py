from celery import shared_task

from accounts.users import send_welcome


@shared_task
def welcome(user_pk):
    send_welcome(user_pk)
