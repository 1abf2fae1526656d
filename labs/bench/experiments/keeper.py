"""Starts the process of the next experiment in line, waits for it in a thread, and goes on with the one after it.

The process is in the web server's own process group, so whoever kills that group kills it too; it holds the reading
end of a pipe, so it notices when the web process alone is gone. Either way its reaper removes what it had started.
"""

import os
import signal
import subprocess
import sys
from threading import Thread

from django.conf import settings
from django.db import connection

from labs.bench.experiments import line
from labs.bench.models import Experiment

GRACE_S = 10.0  # the process ends itself in time; when it does not, it is killed after this


def start_next() -> None:
    """Start whoever is first in line, if nobody runs. Returns at once."""
    experiment = line.take_next()
    if experiment is not None:
        Thread(target=_keep, args=[experiment], name="experiment keeper", daemon=True).start()


def _keep(experiment: Experiment) -> None:
    try:
        line.end(experiment, Experiment.State.FAILED, _run_process(experiment.pk))
        start_next()
    finally:
        connection.close()


def _run_process(key: str) -> str:
    """Run the experiment's process to its end, and say how it ended, for the case that it could not say so itself."""
    command = [sys.executable, "-m", "labs.bench.experiments.process", key]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    try:
        with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdin=subprocess.PIPE) as process:
            try:
                process.wait(line.LONGEST_S + GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()
    except OSError as error:
        return f"The process that measures could not be started: {error.strerror}."
    return (
        f"The process that measures ended with {_in_words(process.returncode)}. All its parts are gone. Run it again."
    )


def _in_words(returncode: int) -> str:
    if returncode >= 0:
        return f"exit code {returncode}"
    return f"signal {signal.Signals(-returncode).name}"
