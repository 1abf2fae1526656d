"""The work, as plain functions. Nothing in here knows a request, a task or a queue."""

from django.core.mail import EmailMessage
from django.utils import timezone


def send_welcome(member):
    """Send this member their welcome mail, unless they have it.

    Should we die between sending and noting it, the second copy has the same Message-ID as the first.
    """
    if member.welcomed_at:
        return
    EmailMessage(
        "Welcome",
        f"Good to have you with us, {member.name}.",
        to=[member.email],
        headers={"Message-ID": f"<welcome-{member.pk}@choir.example>"},
    ).send()
    member.welcomed_at = timezone.now()
    member.save(update_fields=["welcomed_at"])
