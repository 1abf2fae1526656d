"""The block `claim`: a sentence that was measured, with its figures.

    :::: claim id="sooner" holds="yes" must="fetch.inside.final_text_ms > 2 * fetch.queued.final_text_ms"
    ## Holds, measured here

    Hand the mail to a worker through Redis, and the answer comes sooner.

    ---

    (what stands below the rule goes into a second column)
    ::::

`holds` is yes, no, or said (not examined yet). `must` names what has to be true of the recorded figures, several parted
by `;`. When they no longer bear the sentence out, the content check fails. `measured` names the claims of the labs that
stand behind the sentence, several parted by `,`; without it, it is the one with the same id. Their last measurements
are printed below, with a link to measuring them here.
"""

import re
from collections.abc import Iterable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.claims import ClaimNote, claim_notes
from authoring.problems import ContentError, Problem, did_you_mean
from lessons.blocks.last_measured import last_measured

ICONS = {"yes": ":ok: ", "no": ":no: ", "said": ""}
RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)
SENTENCE = re.compile(r"\s*(?P<heading>#+ [^\n]+)\n\s*\n(?P<said>[^\n#:][^\n]*(?:\n[^\n]+)*)", re.MULTILINE)


def check(block: Block) -> Iterable[Problem]:
    """Whether the block is well formed and the recorded figures bear its sentence out."""
    holds = block.options["holds"]
    if holds not in ICONS:
        yield Problem(block.path, block.line, f"A claim cannot hold “{holds}”.", did_you_mean(holds, ICONS))
    if not SENTENCE.match(block.body):
        hint = "Write a heading, an empty line, and the sentence as one paragraph."
        yield Problem(block.path, block.line, "This claim does not begin with a heading and a sentence.", hint)
    for comparison in filter(None, map(str.strip, block.options.get("must", "").split(";"))):
        yield from _against_figures(block, comparison)
    known = claim_notes()
    if known is not None:
        for claim_id in measured_ids(block):
            yield from _against_measurement(block, claim_id, known)


def measured_ids(block: Block) -> list[str]:
    """The claims of the labs behind this one; none while it is only said."""
    default = "" if block.options["holds"] == "said" else block.options["id"]
    return [name for name in map(str.strip, block.options.get("measured", default).split(",")) if name]


def _against_measurement(block: Block, claim_id: str, known: Mapping[str, ClaimNote]) -> Iterable[Problem]:
    if claim_id not in known:
        hint = f"Name one that a lab measures. {did_you_mean(claim_id, known)}"
        yield Problem(block.path, block.line, f"Nobody measures a claim {claim_id}.", hint)
    elif known[claim_id].fails:
        hint = "Look at its record. Then measure again, or change the sentence."
        yield Problem(block.path, block.line, f"The claim {claim_id} was measured, and does not hold.", hint)


def _against_figures(block: Block, comparison: str) -> Iterable[Problem]:
    try:
        if not block.figures.holds(comparison):
            hint = "Look at the last measurement. Then measure again, or change the sentence."
            yield Problem(block.path, block.line, f"The figures do not bear this claim out: {comparison}.", hint)
    except ContentError as error:
        yield Problem(block.path, block.line, error.message, error.hint)


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The claim between two rules, in one column or two."""
    left, *right = RULE.split(block.body, maxsplit=1)
    html = _sentence(block, left, markdown)
    if right:
        line = block.line + 1 + left.count("\n")
        html = format_html('<div class="cols two"><div>{}</div><div>{}</div></div>', html, markdown(right[0], line))
    notes = claim_notes() or {}
    return format_html(
        '<div class="claim{}" id="claim-{}">{}{}</div>',
        " wide" if right else "",
        block.options["id"],
        html,
        last_measured({claim_id: notes[claim_id] for claim_id in measured_ids(block) if claim_id in notes}),
    )


def _sentence(block: Block, text: str, markdown: RenderMarkdown) -> SafeString:
    found = SENTENCE.match(text)
    assert found is not None  # `check` has seen to it
    heading = re.sub(r"(#+ )", lambda marks: marks[1] + ICONS[block.options["holds"]], found["heading"], count=1)
    said_line = block.line + 1 + text.count("\n", 0, found.start("said"))
    return format_html(
        '{}<div class="said">{}</div>{}',
        markdown(heading, block.line + 1 + text.count("\n", 0, found.start("heading"))),
        markdown(found["said"], said_line),
        markdown(text[found.end() :], block.line + 1 + text.count("\n", 0, found.end())),
    )


BLOCKS = (BlockType("claim", render, required=("id", "holds"), optional=("must", "measured"), check=check),)
