"""The process of one experiment: `python -m labs.bench.experiments.process ID`, started by the web process.

Whatever happens to it, its parts are gone a moment later: it stops them itself when it ends, when it takes too long,
when it is asked to end and when the web process is gone; when it is killed, its group's reaper does.
"""

import logging
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING, Any

from redis import RedisError

from apparatus.probe import NotYet
from apparatus.processes import Group, PartEnded
from apparatus.redis_server import NoRedisServer
from labs.bench.experiments.lab import Stopped

if TYPE_CHECKING:
    from labs.bench.experiments.lab import Steps
    from labs.bench.experiments.registry import Measurable
    from labs.bench.models import Experiment

DETAILS = " It"  # "Its last lines" or "It wrote nothing": for whoever reads the log, as is the path in it
SILENT = "One of its parts did not answer in time. This machine is busy: run it again when it is quieter."
OURS = "The experiment ended with an error of ours, not of yours. Whoever hosts this course finds it in the log."


class Ended(BaseException):
    """From outside: too late, asked to end, or nobody is there who wants the result. The message says which."""


def main(key: str) -> int:
    """Carry out the experiment of that id. Exit code 0 when its row says how it ended."""
    end_on_signals()
    end_with_parent()
    import django

    django.setup()
    from labs.bench.experiments.line import LONGEST_S
    from labs.bench.experiments.registry import all_experiments
    from labs.bench.models import Experiment

    experiment = Experiment.objects.get(pk=key)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
    carry_out(experiment, all_experiments()[experiment.lab])
    return 0


def carry_out(experiment: "Experiment", lab: "Measurable") -> None:
    """Run it and write into its row how it ended, after all its parts are gone."""
    from labs.bench.experiments import line

    failed = line.State.FAILED
    try:
        result = measure(experiment, lab)
    except Stopped:
        line.end(experiment, line.State.STOPPED)
    except Ended as ended:
        line.end(experiment, failed, str(ended))
    except NoRedisServer as error:
        line.end(experiment, failed, f"The experiment needs a Redis server of its own. {error}")
    except (PartEnded, NotYet) as error:
        logging.getLogger(__name__).error("%s", error)
        line.end(experiment, failed, f"{str(error).partition(DETAILS)[0]} Run it again.")
    except (OSError, RedisError, subprocess.TimeoutExpired):
        logging.getLogger(__name__).exception("A part of the experiment %s did not answer", experiment.pk)
        line.end(experiment, failed, SILENT)
    except Exception:
        logging.getLogger(__name__).exception("The experiment %s failed", experiment.pk)
        line.end(experiment, failed, OURS)
    else:
        (line.keep_partial if "partial" in result else line.complete)(experiment, result)


def measure(experiment: "Experiment", lab: "Measurable") -> dict[str, Any]:
    """The result. When this returns or raises, no part of the experiment runs any more."""
    from labs.bench.experiments import line

    with scratch_group() as group:
        try:
            result = carried_to_its_end(experiment, lab.experiment(group, experiment.parameters))
        except (Stopped, NotYet):
            raise
        except Exception:
            group.check()  # a part that has ended explains it better than the connection that was lost
            raise
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)  # what follows is cleaning up; the keeper has a limit for it
    return result | {"others_meanwhile": line.others_meanwhile(experiment)}


def carried_to_its_end(experiment: "Experiment", steps: "Steps") -> dict[str, Any]:
    """What the steps return, each noted. Raises Stopped when somebody pressed Stop and they have nothing to keep."""
    from labs.bench.experiments import line

    try:
        while True:
            progress = next(steps)
            try:
                line.note_progress(experiment, progress)
            except Stopped as stopped:
                steps.throw(stopped)
    except StopIteration as end:
        result: dict[str, Any] = end.value
        return result


def scratch_group() -> Group:
    """A group that keeps its logs too in a folder of its own, which goes when it goes: nothing else may be writable."""
    group = Group(Path(tempfile.gettempdir()))
    group.log_dir = group.temporary_folder()
    return group


def end_on_signals() -> None:
    """Make SIGTERM and the timer end the experiment in an orderly way."""
    signal.signal(signal.SIGTERM, _end("The course was stopped while it measured. Run it again."))
    signal.signal(signal.SIGALRM, _end("It took longer than it may. Run it again, perhaps with fewer runs."))


def _end(why: str) -> Any:
    def on_signal(number: int, frame: FrameType | None) -> None:
        raise Ended(why)

    return on_signal


def end_with_parent() -> None:
    """End as for SIGTERM when the web process is gone: standard input is a pipe that ends with it."""

    def watch() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, name="parent", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
