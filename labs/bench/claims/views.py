"""The pages of the claims: all of them, filtered, and one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from authoring.lanes import LANES
from labs.bench.claims.claim import Claim
from labs.bench.claims.here import N_HERE, for_script, why_not_here
from labs.bench.claims.measuring import AGAIN_TIMES
from labs.bench.claims.registry import all_claims
from labs.bench.claims.server import NOT_REFUSED, Refused, experiment_of, on_server
from labs.bench.claims.sources import ASKED_LAB
from labs.bench.claims.state import ShownClaim, State, shown
from labs.bench.registry import all_labs
from learners.identity import current_learner

FILTERS = ("state", "lab", "lane")


@dataclass(frozen=True)
class Choice:
    """One link of a filter: what it says, where it leads, how many claims it leaves, whether it is the present one."""

    label: str
    address: str
    count: int
    is_current: bool


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every claim, or those that `?state=`, `?lab=` and `?lane=` leave."""
    every = [shown(claim) for claim in all_claims().values()]
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    context = {
        "claims": [one for one in every if _fits(one, chosen)],
        "in_all": len(every),
        "filters": [(name.capitalize(), _choices(name, options, every, chosen)) for name, options in _options()],
        "is_filtered": bool(chosen),
    }
    return render(request, "bench/claims/index.html", context)


@never_cache
@require_safe
def claim(request: HttpRequest, claim_id: str) -> HttpResponse:
    """One claim: its last measurement, how it was measured, and measuring it here."""
    return claim_page(request, find_claim(claim_id))


def find_claim(claim_id: str) -> Claim:
    """The claim of that id. Raises Http404."""
    found = all_claims().get(claim_id)
    if found is None:
        raise Http404(f"There is no claim {claim_id}.")
    return found


def claim_page(
    request: HttpRequest, asked: Claim, refused: Refused = NOT_REFUSED, *, status: int = 200
) -> HttpResponse:
    """The page of one claim; `refused` is a form that started nothing, with its status."""
    context = {
        "one": shown(asked),
        "lab": all_labs()[asked.lab],
        "why_not_here": why_not_here(asked),
        "again_times": AGAIN_TIMES,
    }
    if experiment := experiment_of(asked):
        context["here"] = on_server(asked, experiment, current_learner(request), refused)
    elif not why_not_here(asked):
        context |= {"script": for_script(asked), "n_here": N_HERE, "asked": all_labs()[ASKED_LAB]}
    return render(request, "bench/claims/claim.html", context, status=status)


def _options() -> Sequence[tuple[str, Mapping[str, str]]]:
    """The values that each filter takes, with their words."""
    labs = {claim.lab for claim in all_claims().values()}
    return (
        ("state", {state.slug: state.value for state in State}),
        ("lab", {slug: lab.title for slug, lab in all_labs().items() if slug in labs}),
        ("lane", {lane.slug: lane.label for lane in LANES}),
    )


def _choices(
    name: str, options: Mapping[str, str], every: Sequence[ShownClaim], chosen: Mapping[str, str]
) -> list[Choice]:
    made = []
    for value, label in {"": "all", **options}.items():
        wanted: dict[str, str] = {**chosen, name: value}
        query = urlencode({key: wanted[key] for key in FILTERS if wanted.get(key)})
        count = sum(_fits(one, wanted) for one in every)
        made.append(Choice(label, f"?{query}" if query else ".", count, chosen.get(name, "") == value))
    return made


def _fits(one: ShownClaim, chosen: Mapping[str, Any]) -> bool:
    of = {"state": one.state.slug, "lab": one.claim.lab, "lane": one.claim.lane}
    return all(not value or of[name] == value for name, value in chosen.items())
