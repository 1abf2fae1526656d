"""The sign-up page, and the page after it."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from members.forms import SignUpForm
from members.tasks import ask_for_welcome


def sign_up(request):
    """Store a new member, and ask for the welcome mail once they are stored for good."""
    form = SignUpForm(request.POST or None)
    if not form.is_valid():
        return render(request, "members/sign_up.html", {"form": form})
    member = form.save()
    transaction.on_commit(lambda: ask_for_welcome(member.pk))
    return redirect("welcome")


def welcome(request):
    """Where a new member arrives."""
    return HttpResponse("Welcome! We will write to you.")
