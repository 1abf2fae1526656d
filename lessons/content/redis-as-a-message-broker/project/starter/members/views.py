"""The sign-up page, and the page after it."""

from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect, render

from members.forms import SignUpForm


def sign_up(request):
    """Store a new member and send the welcome mail."""
    form = SignUpForm(request.POST or None)
    if not form.is_valid():
        return render(request, "members/sign_up.html", {"form": form})
    member = form.save()
    # TODO, steps 1 and 2: move the work out of the request.
    text = f"Good to have you with us, {member.name}."
    send_mail("Welcome", text, None, [member.email])
    return redirect("welcome")


def welcome(request):
    """Where a new member arrives."""
    return HttpResponse("Welcome! We will write to you.")
