"""Making a run: the row first, then the work through its door, then what was measured."""

import time
from dataclasses import asdict
from typing import Any

from django.conf import settings

from apparatus.mailbox import find_mail
from labs.bench import company, slots
from labs.bench.doors import PartIsDown
from labs.bench.forms import BrowserStamps
from labs.bench.lab import Condition, Lab
from labs.bench.models import Run
from learners.models import Learner

SERVER_TIMING = (
    ("mail", "work_started", "work_finished", "send_mail"),
    ("publish", "publish_started", "published", "apply_async"),
    ("view", "arrived", "left", "the whole view"),
)


def make_run(
    lab: Lab, condition: Condition, learner: Learner, parameters: dict[str, int], *, arrived: float, in_crowd: bool
) -> Run:
    """Do the work once and return the completed row. `arrived`: when the view was entered, seconds since the epoch.

    Raises slots.NoSlotFree before anything is done when others are measuring, unless `in_crowd`.
    Raises PartIsDown when Redis or the mail server fails; the run is kept, with its error.
    """
    run = Run(lab=lab.slug, condition=condition.slug, learner=learner, parameters=parameters)
    with company.watching() as watch:
        (slots.start_in_crowd if in_crowd else slots.start_in_slot)(run)
        run.web_stamps["arrived"] = arrived
        try:
            condition.door(run)
        except PartIsDown as trouble:
            run.error = f"{trouble.lane}: {trouble}"
            raise
        finally:
            _complete(run, watch)
    return run


def _complete(run: Run, watch: company.Watch) -> None:
    run.web_stamps["left"] = time.time()
    run.others += watch.others  # those who stand in line are in it already
    changes: dict[str, Any] = {"web_stamps": run.web_stamps, "others": run.others}
    if run.error:
        changes["error"] = run.error
    if run.error or not run.was_queued:
        changes["slot"] = None  # a queued run keeps its slot until the worker is done with it
    Run.objects.filter(pk=run.pk).update(**changes)


def server_timing(run: Run) -> str:
    """The run's own times as a Server-Timing header, in ms: shown by DevTools, readable by the page's scripts."""
    return ", ".join(
        f'{name};dur={1000 * (run.web_stamps[end] - run.web_stamps[start]):.1f};desc="{text}"'
        for name, start, end, text in SERVER_TIMING
        if start in run.web_stamps and end in run.web_stamps
    )


def keep_browser_stamps(run: Run, measured: BrowserStamps) -> None:
    """Keep what the browser measured, once: a second word on the same run changes nothing. It is judged with that."""
    if run.browser_stamps:
        return
    run.browser_stamps, run.alone = asdict(measured), None
    Run.objects.filter(pk=run.pk, browser_stamps={}).update(browser_stamps=run.browser_stamps, alone=None)


def note_line(run: Run) -> None:
    """Mark a form's run that stood in line: its browser has timed the line as well."""
    Run.objects.filter(pk=run.pk).update(crowded=True)


def ask_for_mail(run: Run) -> None:
    """Look up when the run's mail arrived, if the mail server still knows. Silent when that server is down."""
    if "closed" in run.mail_stamps:
        return
    try:
        mail = find_mail(settings.SMTP_HOST, settings.SMTP_BASE_PORT, run.pk, timeout_s=1)
    except OSError:
        return
    if mail is None:
        return
    stamps = {"connected": mail.connected_at, "arrived": mail.arrived_at, "closed": mail.closed_at}
    run.mail_stamps = {name: at for name, at in stamps.items() if at is not None}
    Run.objects.filter(pk=run.pk).update(mail_stamps=run.mail_stamps)
