"""Which claims a reader can measure in their own browser, and what static/bench/claims/measure.js is told of them."""

from dataclasses import asdict
from typing import Any

from labs.bench.claims.claim import Alike, AtLeast, Claim, Rule, Within
from labs.bench.claims.sources import Click, Pool, Publish, Recorded

N_HERE = 4
CLIENTS = ("fetch", "optimistic", "xhr")  # those that stay on the page
BY_HAND = ("inp_ms",)  # a browser reports these for a person's own clicks only
KINDS: dict[type[Rule], str] = {AtLeast: "at-least", Within: "within", Alike: "alike"}


def why_not_here(claim: Claim) -> str:
    """Why a page cannot measure this claim, as a sentence; empty when it can."""
    for source in (arm.source for arm in claim.arms):
        if isinstance(source, Pool):
            return "It needs a web server with a pool of its own, which is started for it and stopped again."
        if isinstance(source, Publish):
            return "It needs a new process for each measurement."
        if isinstance(source, Recorded):
            return "A page cannot see its own layouts and paints. Your DevTools can: record a run of the lab."
        if source.client not in CLIENTS:
            return "It needs pages that are left or swapped with each click, so a robot clicks them."
    return ""


def for_script(claim: Claim) -> dict[str, Any]:
    """What the script is told: the arms to measure in turns, and what must hold between them."""
    arms = [
        {
            "slug": arm.slug,
            "label": arm.label,
            "client": arm.source.client,
            "condition": arm.source.condition,
            "figure": arm.figure,
            "unit": arm.unit,
            "unreported": arm.unreported,
        }
        for arm in claim.arms
        if isinstance(arm.source, Click)
    ]
    by_hand = any(arm.figure in BY_HAND for arm in claim.arms)
    must = {"kind": KINDS[type(claim.must)], **asdict(claim.must)}
    return {"arms": arms, "must": must, "n": N_HERE, "by_hand": by_hand}
