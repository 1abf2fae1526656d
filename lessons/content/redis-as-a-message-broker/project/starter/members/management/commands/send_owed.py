"""`python manage.py send_owed`: ask the worker again for every welcome mail that is owed."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """To be run every few minutes, for the members who signed up while Redis was away."""

    help = "Publish a task for every member who has not been welcomed."

    def handle(self, *args, **options):
        # TODO, step 4
        raise NotImplementedError
