"""Lab: work of 0.2 to 500 ms, inside the request or queued. Where does the queue lose?"""

from pathlib import Path

from authoring.quantity import MILLISECOND
from labs.bench.experiments.lab import ExperimentLab, Guess
from labs.bench.lab import Number
from labs.when_the_queue_loses.experiment import SIZES_MS, expected_s, measure
from labs.when_the_queue_loses.findings import findings
from labs.when_the_queue_loses.measured import FIGURES, answer_sooner_up_to, result_sooner_up_to

FOLDER = Path(__file__).parent

LAB = ExperimentLab(
    slug="when-the-queue-loses",
    title="When the queue loses",
    question="How much work must it be before a queue is worth it?",
    summary=f"Work of {SIZES_MS[0]:g} to {SIZES_MS[-1]:g} ms, inside the request or queued: find the break-even here.",
    parameters=(
        Number(
            name="runs",
            label="Runs of each size",
            unit="runs",
            default=6,
            minimum=2,
            maximum=15,
            step=1,
            why="More would keep the others in line for too long.",
        ),
    ),
    guesses=(
        Guess(
            slug="answer",
            label="Up to how much work does the answer come sooner inside the request?",
            unit=MILLISECOND,
            minimum=0,
            maximum=SIZES_MS[-1],
            measured=answer_sooner_up_to,
            grain=0.5,
        ),
        Guess(
            slug="result",
            label="And up to how much work is the result there sooner inside?",
            unit=MILLISECOND,
            minimum=0,
            maximum=SIZES_MS[-1],
            measured=result_sooner_up_to,
            grain=0.5,
        ),
    ),
    experiment=measure,
    expected_s=expected_s,
    findings=findings,
    figures=FIGURES,
    parts="It starts a Redis, a gunicorn with 4 threads and a Celery worker of its own, and removes them afterwards.",
    folder=FOLDER,
    predict=(
        "A view can do a piece of computing itself, or publish a message and let a worker do it. Publishing costs "
        "something too. So a small piece of work is better done on the spot. How small?"
    ),
    explain="In one sentence: what does a message cost, and when is that little?",
    ideas=(
        "Publishing takes time inside the request: work that is shorter than that is answered sooner on the spot.",
        "The result never comes sooner through a queue: the message travels first, then the same work is done.",
        "Most of the price is Python around Redis, and the first publish of a process costs many times a later one.",
    ),
    code=tuple(FOLDER / name for name in ("work.py", "tasks.py", "site.py", "floor.py", "experiment.py")),
)
