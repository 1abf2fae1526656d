"""The sign-up page, and the page after it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from kombu.exceptions import OperationalError

from members import tasks
from members.forms import SignUpForm


def sign_up(request):
    """Store a new member, and ask for the welcome mail once they are stored for good."""
    form = SignUpForm(request.POST or None)
    if not form.is_valid():
        return render(request, "members/sign_up.html", {"form": form})
    member = form.save()
    try:
        tasks.welcome.delay(member.pk)
    except OperationalError:
        member.delete()
        return HttpResponse("Please come back later.", status=503)
    return redirect("welcome")


def welcome(request):
    """Where a new member arrives."""
    return HttpResponse("Welcome! We will write to you.")
