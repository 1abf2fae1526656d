"""In which state a claim is, and the figures of its last measurement as they are printed."""

from dataclasses import dataclass
from enum import StrEnum

from authoring.measured import Quantity
from labs.bench.claims.claim import Arm, Claim, Spread
from labs.bench.claims.record import THE_CLAIM, Measured, changed_since, last_measurements


class State(StrEnum):
    """What is known of a claim."""

    HOLDS = "holds"
    FAILS = "does not hold here"
    UNMEASURED = "not measured"
    STALE = "stale"

    @property
    def slug(self) -> str:
        """As it stands in an address."""
        return self.value.replace(" ", "-")

    @property
    def icon(self) -> str:
        """The icon beside the word."""
        return {State.HOLDS: "ok", State.FAILS: "no", State.UNMEASURED: "wait", State.STALE: "again"}[self]


@dataclass(frozen=True)
class ShownArm:
    """One arm's figure, in words with its unit."""

    label: str
    how: str
    median: str
    spread: str
    n: int


@dataclass(frozen=True)
class ShownClaim:
    """A claim with its state and last measurement (None when there was none). `changed` says what made it stale."""

    claim: Claim
    state: State
    measured: Measured | None
    changed: tuple[str, ...]

    @property
    def arms(self) -> list[ShownArm]:
        """The arms with their last figures."""
        found = self.measured.arms if self.measured else {}
        return [shown_arm(arm, found.get(arm.slug, Spread(None, None, None, 0))) for arm in self.claim.arms]

    @property
    def n(self) -> int:
        """The fewest measurements behind one arm's figure."""
        return min((arm.n for arm in self.arms), default=0)

    @property
    def day(self) -> str:
        """The day of the last measurement, as YYYY-MM-DD."""
        return self.measured.measured_at[:10] if self.measured else ""

    @property
    def versions(self) -> str:
        """What was measured with, in words."""
        return ", ".join(f"{name} {number}" for name, number in self.measured.versions.items()) if self.measured else ""


def shown(claim: Claim) -> ShownClaim:
    """The claim as its last measurement leaves it."""
    measured = last_measurements().get(claim.id)
    if measured is None:
        return ShownClaim(claim, State.UNMEASURED, None, ())
    changed = tuple("the claim itself" if name == THE_CLAIM else name for name in changed_since(measured, claim))
    state = State.STALE if changed else State.HOLDS if measured.holds else State.FAILS
    return ShownClaim(claim, state, measured, changed)


def shown_arm(arm: Arm, found: Spread) -> ShownArm:
    """What was found for one arm, as it is printed."""

    def words(value: float | None) -> str:
        return "not reported" if value is None else str(Quantity(value, arm.unit))

    spread = "" if found.low is None else f"{Quantity(found.low, '').bare} to {words(found.high)}"
    return ShownArm(arm.label, arm.source.how, words(found.median), spread, found.n)
