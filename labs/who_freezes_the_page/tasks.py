"""The worker's door to the work: one call, nothing else."""

from celery import shared_task

from labs.who_freezes_the_page import work


@shared_task(ignore_result=True)
def send_receipt(run_id: str, mail_wait_ms: int) -> None:
    """Send the mail of this run; see work.send_receipt."""
    work.send_receipt(run_id, mail_wait_ms)
