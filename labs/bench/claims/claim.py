"""What a claim is: a sentence, arms to compare, what must hold between them, and who must be able to refute it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from authoring.measured import unit_of
from labs.bench.claims.figures import FIGURES
from labs.bench.claims.sources import Click, Source

FEWEST = 0.5  # of the measurements of an arm that must have the figure; below it, it counts as not reported

Samples = Mapping[str, Sequence[float | None]]  # by the slug of the arm
Medians = Mapping[str, float]


@dataclass(frozen=True)
class Arm:
    """One side of a comparison: where its figure comes from, and which of the source's figures it is.

    The figure's unit is the end of its name. `unreported` stands in where the source reports none (a browser reports
    no long task under 50 ms); None means that such a measurement is left out.
    """

    slug: str
    label: str
    source: Source
    figure: str
    unreported: float | None = None

    @property
    def figure_name(self) -> str:
        """The name under which benchmarks write this figure and lessons print it."""
        return f"{self.source.name}_ms" if self.figure == "took_ms" else f"{self.source.name}.{self.figure}"

    @property
    def unit(self) -> str:
        """`ms`, `requests/s`, or nothing for a count."""
        return unit_of(self.figure)


@dataclass(frozen=True)
class AtLeast:
    """The median of `greater` is at least `times` that of `lesser`. Under one it means: not much less."""

    times: float
    greater: str
    lesser: str

    def holds(self, medians: Medians) -> bool:
        """Whether it is so."""
        return medians[self.greater] >= self.times * medians[self.lesser]

    def words(self, labels: Mapping[str, str]) -> str:
        """What must hold, as a sentence without its full stop."""
        return f"{labels[self.greater]}: at least {self.times:g} times {labels[self.lesser]}"


@dataclass(frozen=True)
class MoreBy:
    """The median of `greater` is at least `margin` more than that of `lesser`, in their own unit.

    For figures that share a great part, which a busy machine stretches: a difference is left as it is, a ratio is not.
    """

    margin: float
    greater: str
    lesser: str
    unit: str = "ms"

    def holds(self, medians: Medians) -> bool:
        """Whether it is so."""
        return medians[self.greater] >= medians[self.lesser] + self.margin

    def words(self, labels: Mapping[str, str]) -> str:
        """What must hold, as a sentence without its full stop."""
        return f"{labels[self.greater]}: at least {self.margin:g} {self.unit} more than {labels[self.lesser]}"


@dataclass(frozen=True)
class Within:
    """The medians of two arms differ by at most `margin`, in their own unit."""

    margin: float
    one: str
    other: str
    unit: str = "ms"

    def holds(self, medians: Medians) -> bool:
        """Whether it is so."""
        return abs(medians[self.one] - medians[self.other]) <= self.margin

    def words(self, labels: Mapping[str, str]) -> str:
        """What must hold, as a sentence without its full stop."""
        apart = f"at most {self.margin:g} {self.unit} apart" if self.margin else "the same"
        return f"{labels[self.one]} and {labels[self.other]}: {apart}"


Rule = AtLeast | MoreBy | Within


def inside_and_queued(figure: str, source_of: Callable[[str], Source]) -> tuple[Arm, Arm]:
    """The two arms of most claims: one figure with the work inside the request, and through Redis."""
    return (
        Arm("inside", "inside the request", source_of("inside"), figure),
        Arm("queued", "through Redis", source_of("queued"), figure),
    )


def both_ways(client: str, figure: str, unreported: float | None = None) -> tuple[Arm, Arm]:
    """A figure of the same click with the mail inside the request, and through Redis."""
    one, other = inside_and_queued(figure, lambda condition: Click(client, condition))
    return replace(one, unreported=unreported), replace(other, unreported=unreported)


def of_one_figure(
    figure: str, one: tuple[str, str, Source], other: tuple[str, str, Source], unreported: float | None = None
) -> tuple[Arm, Arm]:
    """The same figure of two sources, each with its slug and its label."""
    return Arm(*one, figure, unreported), Arm(*other, figure, unreported)


@dataclass(frozen=True)
class Saboteur:
    """A change to the arms under which the claim must be reported as not holding: else it would prove nothing."""

    words: str
    change: Callable[[tuple[Arm, ...]], tuple[Arm, ...]]


def swapped() -> Saboteur:
    """The two arms measured as each other."""

    def change(arms: tuple[Arm, ...]) -> tuple[Arm, ...]:
        one, other = arms
        return (
            replace(one, source=other.source, figure=other.figure, unreported=other.unreported),
            replace(other, source=one.source, figure=one.figure, unreported=one.unreported),
        )

    return Saboteur("arms swapped", change)


def without_delay(*slugs: str) -> Saboteur:
    """The mail server of these arms answers at once."""
    return Saboteur("mail delay zero", lambda arms: _with_clicks(arms, slugs, mail_wait_ms=0))


def by_client(client: str, *slugs: str) -> Saboteur:
    """These arms asked by another kind of page."""
    return Saboteur(f"asked by {client}", lambda arms: _with_clicks(arms, slugs, client=client))


def _with_clicks(arms: tuple[Arm, ...], slugs: Sequence[str], **changes: object) -> tuple[Arm, ...]:
    return tuple(_changed(arm, changes) if arm.slug in slugs else arm for arm in arms)


def _changed(arm: Arm, changes: Mapping[str, object]) -> Arm:
    assert isinstance(arm.source, Click), f"{arm.slug} has no click to change"
    return replace(arm, source=replace(arm.source, **changes))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Spread:
    """What was found for one arm: the median in the figure's own unit, lowest, highest, and how many measurements.

    The three are None when too few measurements had the figure.
    """

    median: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Verdict:
    """Whether a claim holds, and the figures that say so, by arm."""

    holds: bool
    arms: Mapping[str, Spread]


@dataclass(frozen=True)
class Claim:
    """A sentence that was measured.

    `sentence` is what is claimed, `lane` and `lab` (slug) where it belongs. `n` is how often each arm is measured.
    `why` explains a margin that is not self-evident.
    """

    id: str
    sentence: str
    lab: str
    lane: str
    arms: tuple[Arm, Arm]
    must: Rule
    saboteur: Saboteur
    n: int = 8
    why: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """The arms' labels, by slug."""
        return {arm.slug: arm.label for arm in self.arms}

    @property
    def compared(self) -> str:
        """What is compared, in words: the figure of both arms, or the two figures."""
        return "; ".join(dict.fromkeys(FIGURES[arm.figure] for arm in self.arms))

    @property
    def must_words(self) -> str:
        """What must hold, as a sentence without its full stop."""
        return self.must.words(self.labels)

    @property
    def files(self) -> tuple[str, ...]:
        """All files that it depends on, from the folder of the clone."""
        return tuple(sorted({file for arm in self.arms for file in arm.source.files}))

    def sabotaged(self) -> "Claim":
        """The same claim with its saboteur at work: it must not hold."""
        one, other = self.saboteur.change(self.arms)
        return replace(self, arms=(one, other))

    def judge(self, samples: Samples) -> Verdict:
        """Whether these measurements bear it out. An arm whose figure was mostly not reported bears nothing out."""
        found = {arm.slug: spread_of(samples[arm.slug], arm.unreported) for arm in self.arms}
        medians = {slug: spread.median for slug, spread in found.items() if spread.median is not None}
        return Verdict(len(medians) == len(found) and self.must.holds(medians), found)


def spread_of(values: Sequence[float | None], unreported: float | None = None) -> Spread:
    """Median and spread of those values that there are, or nothing when fewer than half of them are."""
    there = [unreported if value is None else value for value in values]
    known = [value for value in there if value is not None]
    if not known or len(known) < FEWEST * len(values):
        return Spread(None, None, None, len(known))
    return Spread(median(known), min(known), max(known), len(known))
