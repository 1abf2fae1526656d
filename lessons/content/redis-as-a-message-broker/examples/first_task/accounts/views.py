from django.db import transaction
from django.shortcuts import redirect

from accounts.tasks import welcome
from accounts.users import create_user


def sign_up(request):
    user = create_user(request.POST)
    transaction.on_commit(
        lambda: welcome.delay(user.pk)
    )
    return redirect("/welcome/")
