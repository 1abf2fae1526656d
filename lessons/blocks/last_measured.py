"""The last measurement of the claims behind a sentence, as it stands below it."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from authoring.claims import ClaimArm, ClaimNote
from authoring.lanes import icon


def last_measured(notes: Mapping[str, ClaimNote]) -> SafeString:
    """One line for each claim, closed under a summary; nothing without claims."""
    if not notes:
        return SafeString("")
    return format_html(
        '<details class="more ui small"><summary>{}</summary><ul>{}</ul>{}</details>',
        _summary(list(notes.values())),
        format_html_join("", "<li>{}</li>", ((_line(note),) for note in notes.values())),
        _where(list(notes.values())),
    )


def _summary(notes: list[ClaimNote]) -> SafeString:
    states = {note.state for note in notes}
    state = notes[0].state if len(states) == 1 else "some of them: " + ", ".join(sorted(states))
    when = max(note.measured_on for note in notes)
    many = "1 claim" if len(notes) == 1 else f"{len(notes)} claims"
    measured = f", last measured on {when}" if when else ""
    return format_html("{} {}: {}{}. Measure here", icon(notes[0].icon), many, state, measured)


def _line(note: ClaimNote) -> SafeString:
    found = "; ".join(_arm(arm) for arm in note.arms)
    line = '{} {} <strong>{}</strong>{}. <a href="{}#here">Measure here</a>, <a href="{}#method">how</a>'
    figures = f": {found}" if found else ""
    return format_html(line, note.sentence, icon(note.icon), note.state, figures, note.address, note.address)


def _arm(arm: ClaimArm) -> str:
    spread = f" ({arm.spread}, n {arm.n})" if arm.spread else ""
    return f"{arm.label} {arm.median}{spread}"


def _where(notes: list[ClaimNote]) -> SafeString:
    """Machines and versions, each once."""
    places = dict.fromkeys(f"{note.machine}; {note.versions}" for note in notes if note.machine)
    return format_html_join("", '<p class="soft">{}.</p>', ((place,) for place in places))
