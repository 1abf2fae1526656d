"""Which claims a reader can measure in their own browser, and what static/bench/claims/measure.js is told of them."""

from dataclasses import asdict
from typing import Any

from labs.bench.claims.claim import AtLeast, Claim, MoreBy, Rule, Within
from labs.bench.claims.sources import Click, Recorded

N_HERE = 4
CLIENTS = {"form": "form", "fetch": "fetch", "optimistic": "optimistic", "htmx": "swap", "xhr": "xhr"}
BY_HAND = ("inp_ms",)  # a browser reports these for a person's own clicks only
KINDS: dict[type[Rule], str] = {AtLeast: "at-least", MoreBy: "more-by", Within: "within"}
STAND_INS = {
    "form": "Each run leaves this page, and the browser comes back to it with the answer.",
    "htmx": "Here a few lines do what htmx does: they ask for a piece of HTML and put it in place of another.",
}


def why_not_here(claim: Claim) -> str:
    """Why no page and no server can measure this claim for a reader, as a sentence; empty when one can."""
    if any(isinstance(arm.source, Recorded) for arm in claim.arms):
        return "No page may see its own layouts and paints; a browser shows them to its DevTools alone."
    return ""


def for_script(claim: Claim) -> dict[str, Any]:
    """What the script is told: the arms to measure in turns, and what must hold between them."""
    arms = [
        {
            "slug": arm.slug,
            "label": arm.label,
            "client": CLIENTS[arm.source.client],
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
    return {"id": claim.id, "arms": arms, "must": must, "n": N_HERE, "by_hand": by_hand, "notes": _notes(claim)}


def _notes(claim: Claim) -> list[str]:
    clients = dict.fromkeys(arm.source.client for arm in claim.arms if isinstance(arm.source, Click))
    return [STAND_INS[client] for client in clients if client in STAND_INS]
