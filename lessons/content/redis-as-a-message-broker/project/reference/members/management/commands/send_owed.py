"""`python manage.py send_owed`: ask the worker again for every welcome mail that is owed."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.models import Member
from members.tasks import welcome

# Who joined later may still be in the queue, or between two attempts of the worker (a quarter of an hour in all).
STILL_UNDER_WAY = timedelta(minutes=30)


class Command(BaseCommand):
    """To be run every few minutes, for the members who signed up while Redis was away."""

    help = "Publish a task for every member who has not been welcomed."

    def handle(self, *args, **options):
        owed = Member.objects.filter(welcomed_at=None, joined_at__lt=timezone.now() - STILL_UNDER_WAY)
        for member in owed:
            welcome.delay(member.pk)
        self.stdout.write(f"{len(owed)} asked for.")
