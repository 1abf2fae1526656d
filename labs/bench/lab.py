"""What a lab is: a question, conditions to compare, parameters with bounds, and the files that do the work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from celery import Task

    from labs.bench.models import Run
    from labs.bench.summary import Summary

Door = Callable[["Run"], None]


class OutOfBounds(ValueError):
    """A parameter that cannot be used; the message names the value, the bounds and the remedy."""


@dataclass(frozen=True)
class Number:
    """A whole-number parameter that the learner sets, from `minimum` up by `step`. `unit` is printed behind it."""

    name: str
    label: str
    unit: str
    default: int
    minimum: int
    maximum: int
    step: int
    why: str

    def read(self, text: str) -> int:
        """The number in the text. Raises OutOfBounds when it is none, too small, too large or between two steps."""
        try:
            value = int(text.strip())
        except ValueError:
            raise OutOfBounds(f"{text.strip()[:20]!r} is no whole number. {self.bounds}") from None
        if value < self.minimum:
            raise OutOfBounds(f"{value:,} is below the least of {self.minimum:,} {self.unit}. {self.bounds}")
        if value > self.maximum:
            raise OutOfBounds(f"{value:,} is above the limit of {self.maximum:,} {self.unit}. {self.why}")
        if (value - self.minimum) % self.step:
            raise OutOfBounds(f"{value:,} lies between two steps. {self.bounds}")
        return value

    @property
    def bounds(self) -> str:
        """The bounds, as a sentence."""
        return f"Write {self.minimum:,} to {self.maximum:,} {self.unit}, in steps of {self.step}."


def read_numbers(parameters: Sequence[Number], form: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
    """The values in a form, by name, and what is wrong with them, by name. A missing field takes its default."""
    values: dict[str, int] = {}
    problems: dict[str, str] = {}
    for parameter in parameters:
        try:
            values[parameter.name] = parameter.read(form.get(parameter.name, str(parameter.default)))
        except OutOfBounds as error:
            problems[parameter.name] = str(error)
    return values, problems


@dataclass(frozen=True)
class Figure:
    """What a lab predicts and compares, in ms: read from a run, None when the run has none.

    `label` completes "median of ...", `sooner` and `later` say which way a smaller or a greater figure goes.
    Differences under `grain_ms` are none: the figure is not measured more finely, or nobody can see it. `axis_ms` is
    where the axis ends on which it is predicted. `by_click`: only a person's click has it, no script can repeat it.
    """

    slug: str
    label: str
    read: "Callable[[Run], float | None]"
    grain_ms: float
    axis_ms: int
    sooner: str = "sooner"
    later: str = "later"
    by_click: bool = False


# One frame at 60 Hz is about 16 ms: nobody can see less.
WAIT = Figure("wait_ms", "the wait for the answer", lambda run: run.wait_ms, grain_ms=16, axis_ms=500)
# Event Timing rounds to 8 ms at both ends (w3.org/TR/event-timing), so less than two steps is no difference.
INP = Figure(
    "event_ms",
    "INP of the click",
    lambda run: run.browser_stamps.get("event_ms"),
    grain_ms=16,
    axis_ms=500,
    sooner="shorter",
    later="longer",
    by_click=True,
)


@dataclass(frozen=True)
class Condition:
    """One of the ways that a lab compares. `door` leads the run to the work: inside the request, or through Redis.

    `client` names how the page asks: a module of static/bench/clients/. Unless `is_predicted`, no guess is asked for.
    """

    slug: str
    label: str
    button: str
    door: Door
    client: str = "fetch"
    is_predicted: bool = True


@dataclass(frozen=True)
class Lab:
    """One lab. `folder` holds its files; `code` names those that are shown as "the code that ran".

    `figure` is what is predicted and compared; `predict` leads to the prediction in a sentence or two. `explain` asks
    for the learner's own sentence, `ideas` are the three that ours holds. `verdict` says what all runs together show;
    without one the first two conditions are compared. `message` is the task whose message can be looked at in Redis.
    """

    slug: str
    title: str
    question: str
    summary: str
    conditions: tuple[Condition, ...]
    parameters: tuple[Number, ...]
    folder: Path
    code: tuple[Path, ...]
    figure: Figure = WAIT
    predict: str = ""
    explain: str = ""
    ideas: tuple[str, ...] = ()
    message: "Task[Any, Any] | None" = None
    verdict: "Callable[[Sequence[Summary]], str] | None" = None

    def condition(self, slug: str) -> Condition:
        """The condition of that name. Raises KeyError."""
        return next((c for c in self.conditions if c.slug == slug), None) or _unknown(slug)

    def read_parameters(self, form: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str]]:
        """The values in a form, by name, and what is wrong with them, by name. A missing field takes its default."""
        return read_numbers(self.parameters, form)

    @property
    def defaults(self) -> dict[str, int]:
        """Every parameter's default."""
        return {parameter.name: parameter.default for parameter in self.parameters}


def _unknown(slug: str) -> Condition:
    raise KeyError(slug)
