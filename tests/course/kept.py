"""What is kept of a learner, for the notebook to show."""

import time
from typing import Any

from django.test import Client

from labs.bench.models import Run
from learners.models import Learner

LAB = "/labs/email-in-request/"


def run_of(learner: Learner, condition: str, wait_ms: float, **columns: Any) -> Run:
    """A run that is over, of the first lab unless told otherwise, in which she waited so long."""
    now = time.time()
    stamps = {"arrived": now, "left": now + wait_ms / 1000}
    worker: dict[str, float] = {}
    if condition == "queued":
        stamps["publish_started"], worker = now, {"finished": now + 1}
    usual = {"lab": "email-in-request", "parameters": {"mail_wait_ms": 300}, "alone": True}
    usual |= {"web_stamps": stamps, "worker_stamps": worker}
    return Run.objects.create(learner=learner, condition=condition, **(usual | columns))


def newest_learner() -> Learner:
    """Who came last."""
    return Learner.objects.latest("created_at")


def page(browser: Client, path: str = "/notebook/") -> str:
    """What a browser sees at an address."""
    return browser.get(path).content.decode()
