"""The message that every web process sends once, so that no learner measures a first publish, which is dear."""

from celery import shared_task

WARM_UP_QUEUE = "warm-up"


@shared_task(ignore_result=True)
def warm_up() -> None:
    """Nothing: what counts is that it was published."""
