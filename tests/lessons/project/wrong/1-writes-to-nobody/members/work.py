"""The work, as plain functions. Nothing in here knows a request, a task or a queue."""

from django.core.mail import EmailMessage
from django.utils import timezone

from members.models import Member


def send_welcome(member_pk):
    """Send the member with this primary key their welcome mail, unless they have it.

    Should we die between sending and noting it, the second copy has the same Message-ID as the first.
    """
    member = Member.objects.get(pk=member_pk)
    if member.welcomed_at:
        return
    EmailMessage(
        "Welcome",
        f"Good to have you with us, {member.name}.",
        headers={"Message-ID": f"<welcome-{member.pk}@choir.example>"},
    ).send()
    member.welcomed_at = timezone.now()
    member.save(update_fields=["welcomed_at"])
