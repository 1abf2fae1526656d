"""Bad: one request sends all the mails, one after the other."""

from django.shortcuts import redirect
from invitations import people, send_invitation


def invite(request):
    for user in people():
        send_invitation(user.pk)
    return redirect("/invited/")
