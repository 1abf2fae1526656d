"""The worker's door to the work: one call, nothing else."""

from celery import shared_task

from labs.email_in_request import work


@shared_task(ignore_result=True)  # lane: worker worker
def send_welcome_mail(run_id: str, mail_wait_ms: int) -> None:
    """Send the mail of this run; see work.send_welcome_mail."""
    work.send_welcome_mail(run_id, mail_wait_ms)
