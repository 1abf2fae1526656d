"""Completed programs, each run in a process of its own: it configures a Django of its own.

The processes are forked from one that has imported the libraries, which takes longer than most stories. So this module
imports nothing of the course.
"""

import os
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

NEVER_ENDS_S = 60
LIBRARIES = ["aiosmtpd.controller", "celery.contrib.testing.worker", "django.test", "kombu.transport.redis"]
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(LIBRARIES)


def what_comes_of(question: str, program: str, redis_url: str, folder: Path) -> Any:
    """Run a program in the story of its question: what came of it, or the error it raised.

    Each runs in a process of its own, forked from one that has imported the libraries.
    """
    folder.mkdir()
    came, tell = PROCESSES.Pipe(duplex=False)
    with came:
        process = PROCESSES.Process(target=tell_story, args=(tell, question, program, redis_url, str(folder / "db")))
        process.start()
        tell.close()
        try:
            return came.recv() if came.poll(NEVER_ENDS_S) else "It did not end."
        finally:
            process.kill()
            process.join()


def tell_story(tell: Connection, question: str, program: str, redis_url: str, database: str) -> None:
    """In a process of its own: have the story of a question happen with this program, and tell what came of it."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    os.environ |= {"REDIS_URL": redis_url, "COMPLETED_DATABASE": database}
    try:
        # Here, not above: it configures Django, which every other process has already done.
        from tests.quizzes.completed_stories import STORIES

        tell.send(STORIES[question](program))
    except (Exception, SystemExit) as error:
        tell.send(repr(error))
