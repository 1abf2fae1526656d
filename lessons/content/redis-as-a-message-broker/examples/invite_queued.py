"""Good: the request leaves one message for each person, and workers send the mails."""

from functools import partial

from django.db import transaction
from django.shortcuts import redirect
from invitations import invitation, people


def invite(request):
    for user in people():
        send = partial(invitation.delay, user.pk)
        transaction.on_commit(send)
    return redirect("/invited/")
