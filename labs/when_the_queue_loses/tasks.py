"""The Celery worker's door to the work: one call, nothing else."""

from celery import shared_task

from labs.when_the_queue_loses import work


@shared_task(ignore_result=True)
def compute(run_id: str, rounds: int) -> None:
    """Compute for this run; see work.compute."""
    work.compute(rounds)  # lane: worker
