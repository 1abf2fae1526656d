"""The claims as lessons print them, handed over through authoring's registry."""

from collections.abc import Mapping

from django.urls import reverse

from authoring.claims import ClaimArm, ClaimNote
from labs.bench.claims.registry import all_claims
from labs.bench.claims.state import ShownClaim, State, shown


def notes() -> Mapping[str, ClaimNote]:
    """Every claim's note, by id."""
    return {claim_id: note_on(shown(claim)) for claim_id, claim in all_claims().items()}


def note_on(one: ShownClaim) -> ClaimNote:
    """One claim as a lesson prints it."""
    arms = tuple(ClaimArm(arm.label, arm.median, arm.spread, arm.n) for arm in one.arms) if one.measured else ()
    return ClaimNote(
        one.claim.sentence,
        reverse("claims:claim", args=[one.claim.id]),
        one.state.value,
        one.state.icon,
        one.state is State.FAILS,
        one.day,
        one.measured.machine if one.measured else "",
        one.versions,
        arms,
    )
