"""The people of our tests: Ada learns, Otto writes, Ines teaches; Bob learns too, and must never see Ada's things."""

from django.test import Client


def browser_of_a_newcomer(*, csrf: bool = False) -> Client:
    """A browser that has never been here."""
    return Client(enforce_csrf_checks=csrf)
