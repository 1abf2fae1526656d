"""How lessons meet the claims that labs measure: by id, through this registry, which `labs` fills when it is ready."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ClaimArm:
    """One side of a claim's last measurement, as printed: "330 ms", "320 to 350 ms"."""

    label: str
    median: str
    spread: str
    n: int


@dataclass(frozen=True)
class ClaimNote:
    """What a lesson prints of a claim: sentence, state in words with an icon, where it is measured, and the last time.

    Without a measurement `measured_on` (YYYY-MM-DD), `machine` and `versions` are empty, and there are no arms.
    """

    sentence: str
    address: str
    state: str
    icon: str
    fails: bool
    measured_on: str
    machine: str
    versions: str
    arms: tuple[ClaimArm, ...]


Claims = Callable[[], Mapping[str, ClaimNote]]

_registered: list[Claims] = []


def register_claims(claims: Claims) -> None:
    """Make claims known. `claims` is asked whenever a text is rendered, and then for the few claims it names."""
    _registered[:] = [claims]


def claim_notes() -> Mapping[str, ClaimNote] | None:
    """Every claim by its id, or None while nobody has registered any."""
    return _registered[0]() if _registered else None
