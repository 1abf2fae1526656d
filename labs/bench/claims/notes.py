"""The claims as lessons print them, handed over through authoring's registry."""

from collections.abc import Iterator, Mapping

from django.urls import reverse

from authoring.claims import ClaimArm, ClaimNote
from labs.bench.claims.registry import all_claims
from labs.bench.claims.state import ShownClaim, State, shown


class Notes(Mapping[str, ClaimNote]):
    """Every claim's note, by id. Each is made when it is asked for: whether it is stale takes reading its files."""

    def __getitem__(self, claim_id: str) -> ClaimNote:
        return note_on(shown(all_claims()[claim_id]))

    def __contains__(self, claim_id: object) -> bool:
        return claim_id in all_claims()

    def __iter__(self) -> Iterator[str]:
        return iter(all_claims())

    def __len__(self) -> int:
        return len(all_claims())


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
