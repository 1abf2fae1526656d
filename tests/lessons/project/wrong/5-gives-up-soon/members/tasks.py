"""The worker's door to the work, and the one place that knocks on it."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from members import work

logger = logging.getLogger(__name__)


@shared_task(acks_late=True, autoretry_for=(OSError,), retry_backoff=True)
def welcome(member_pk):
    """Send a welcome mail; when the mail server is away, again and again for a quarter of an hour."""
    work.send_welcome(member_pk)


def ask_for_welcome(member_pk):
    """Publish the task. When Redis is away the mail stays owed, and send_owed asks for it later."""
    try:
        welcome.delay(member_pk)
    except OperationalError as error:
        logger.warning("The welcome mail of member %s is owed: %s", member_pk, error)
