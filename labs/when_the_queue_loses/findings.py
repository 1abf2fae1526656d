"""What one experiment found, in sentences computed from its rows, with its figure and tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from labs.bench.experiments.lab import Findings, Table
from labs.bench.timeline import said
from labs.when_the_queue_loses.analysis import ALWAYS, NEVER, Found, Spread, analyse
from labs.when_the_queue_loses.experiment import INSIDE, QUEUED
from labs.when_the_queue_loses.figure import draw

BUSY_STRETCH = 1.25  # work that takes so many times as long, or as short, as when it was counted shared its core


def findings(result: Mapping[str, Any], guesses: Mapping[str, float]) -> Findings:
    """All that the page shows of a result; `guesses` only for the learner who made them."""
    found = analyse(result["rows"])
    return Findings(
        answer_in_words(found),
        tuple(sentences(found, guesses)),
        draw(found, guesses),
        "Marks are medians, pale bars reach from the least to the greatest. Both axes are logarithmic: "
        "each line across is ten times the one below."
        + (" The dashed line is your guess for the answer." if "answer" in guesses else ""),
        (sizes_table(found), prices_table(found), *processor_tables(found)),
        tuple(result["setting"].items()),
        tuple(key_figures(found)),
    )


def key_figures(found: Found) -> Iterator[tuple[str, str]]:
    """The few figures by which two results are compared, in words."""
    at_ms = found.answer.at_ms
    sure = "" if found.answer.low_ms is None else f" ({found.answer.low_ms:.1f} to {found.answer.high_ms:.1f})"
    never = {None: "none found", NEVER: "at no size", ALWAYS: "at every size"}
    yield "The answer came sooner inside up to", never.get(at_ms) or f"{said(at_ms or 0)} of work{sure}"
    yield "Queueing adds until the result is there", _spread_in_words(found.surcharge)
    if found.processor:
        yield "Processor time of one message", _spread_in_words(found.processor.price)
    yield "From publishing to the work, Celery", _spread_in_words(found.handover)
    yield "The same with bare LPUSH and BRPOP", _spread_in_words(found.floor_handover)
    yield "First publish of a fresh process", _spread_in_words(found.first_publish)
    yield "Later publish", _spread_in_words(found.later_publish)


def answer_in_words(found: Found) -> str:
    """Up to which work the answer came sooner inside the request."""
    at_ms = found.answer.at_ms
    if at_ms is None:
        return "Which answer came sooner does not follow from the size of the work here. Run it again with more runs."
    if at_ms == NEVER:
        return "The queued answer came sooner for every size of work, even the least."
    if at_ms == ALWAYS:
        return "The answer came sooner inside the request for every size of work, even the greatest."
    return f"Below about {said(at_ms)} of work, the answer came sooner inside the request; above, when queued."


def sentences(found: Found, guesses: Mapping[str, float]) -> Iterator[str]:
    """One after the other: the answer, the result, the floor, the first publish, and where the queue wins."""
    if found.answer.low_ms is not None and found.answer.high_ms is not None:
        low, high = said(found.answer.low_ms), said(found.answer.high_ms)
        yield f"That break-even lies between {low} and {high} (95 % interval){_you_said(guesses, 'answer')}."
    elif "answer" in guesses:
        yield f"You said {guesses['answer']:g} ms. With five runs or more, an interval says how sure the break-even is."
    yield result_in_words(found) + _you_said(guesses, "result") + "."
    yield surcharge_in_words(found)
    yield from processor_in_words(found)
    yield floor_in_words(found)
    if found.first_publish:
        yield cold_in_words(found)
    yield win_in_words(found)
    if not 1 / BUSY_STRETCH <= found.stretch <= BUSY_STRETCH:
        yield (
            f"This machine was busy with something else: the work took {found.stretch:.1f} times as long as when it "
            "was counted, right before. Run it again when it is quiet."
        )


def result_in_words(found: Found) -> str:
    """For which sizes the finished work was there sooner inside the request. Without its full stop."""
    sooner = [one.size_ms for one in found.results if one.is_measurable and one.later_ms > 0]
    later = [one.size_ms for one in found.results if one.is_measurable and one.later_ms < 0]
    unclear = [one.size_ms for one in found.results if not one.is_measurable]
    if not sooner:
        return "No size of work had its result measurably sooner inside the request: run it again with more runs"
    words = f"The result was there sooner inside the request at {_sizes(sooner)} of work"
    if unclear:
        words += f"; at {_sizes(unclear)} there is no difference you could measure"
    if later:
        words += f"; at {_sizes(later)} it came later inside, which no queue explains: this machine was busy"
    elif not unclear:
        words += ", that is at every size: a queue moves work, it does not speed it up"
    return words


def surcharge_in_words(found: Found) -> str:
    """What queueing adds until the result is there, against the work itself."""
    price = said(found.surcharge.median_ms)
    return (
        f"Queueing adds {price} until the result is there (median of {found.surcharge.n}). "
        f"Below {price} of work, most of the time goes into the message and not into the work."
    )


def processor_in_words(found: Found) -> Iterator[str]:
    """What a message costs the machine, and from which work on the web process itself has less to do."""
    if found.processor is None:
        yield "This system does not tell how much processor time another process uses, so that is not compared here."
        return
    price, web = found.processor.price, found.processor.web
    yield (
        f"In processor time, web, worker and Redis together, one message costs {said(price.median_ms)} "
        f"(median of {price.n}): below {said(price.median_ms)} of work, the machine computes more for the message "
        "than for the work. At no size does it compute less in all when queued."
    )
    if web.at_ms not in {None, NEVER, ALWAYS}:
        sure = "" if web.low_ms is None else f" (95 % interval {said(web.low_ms)} to {said(web.high_ms or 0)})"
        yield f"The web process alone has less to compute when queued from {said(web.at_ms or 0)} of work on{sure}."


def floor_in_words(found: Found) -> str:
    """How much of the hand-over is Redis."""
    celery, floor = found.handover, found.floor_handover
    return (
        f"From publishing to the start of the work: {said(celery.median_ms)} through Celery (n = {celery.n}), "
        f"{said(floor.median_ms)} with a bare LPUSH and BRPOP (n = {floor.n}). "
        + (
            f"Redis needs {100 * floor.median_ms / celery.median_ms:.0f} % of it; the rest is Python around it."
            if floor.median_ms < celery.median_ms
            else "That Celery was no slower is the noise of this machine."
        )
    )


def cold_in_words(found: Found) -> str:
    """What the first publish of a process costs."""
    first, later = found.first_publish, found.later_publish
    if first is None or later is None:
        return "No fresh process has published: the experiment was stopped before."
    return (
        f"The first publish of a fresh process took {said(first.median_ms)} (n = {first.n} processes), a later one "
        f"{said(later.median_ms)}: {first.median_ms / later.median_ms:,.0f} times as long. Publish once at the start "
        "of a web process, or its first visitor waits for that."
    )


def win_in_words(found: Found) -> str:
    """Where the queue wins, at the greatest size."""
    size_ms = max(found.inside)
    inside_ms, queued_ms = found.inside[size_ms].median_ms, found.queued[size_ms].median_ms
    if queued_ms >= inside_ms:
        return "At no size did the queue win here."
    return (
        f"Where the queue wins: at {size_ms:g} ms of work the answer came {inside_ms / queued_ms:,.0f} times as fast "
        f"when queued, after {said(queued_ms)} and not after {said(inside_ms)}."
    )


def sizes_table(found: Found) -> Table:
    """Every median with its spread, by size."""
    rows = tuple(
        (
            f"{size_ms:g}",
            str(inside.n),
            _cell(inside),
            _cell(found.queued[size_ms]),
            _cell(found.queued_result[size_ms]),
            _cell(found.floor_result.get(size_ms)),
        )
        for size_ms, inside in found.inside.items()
    )
    head = ("Work", "n", "Inside: answer and result", "Queued: answer", "Queued: result", "Bare Redis: result")
    return Table("Medians in ms, least to greatest in brackets", head, rows)


def prices_table(found: Found) -> Table:
    """What a message costs, apart from the work."""
    rows = (
        ("First publish of a fresh process", found.first_publish),
        ("Later publish of the same process", found.later_publish),
        ("From publishing to the start of the work, Celery", found.handover),
        ("The same with bare LPUSH and BRPOP", found.floor_handover),
    )
    return Table(
        "What a message costs, in ms",
        ("", "n", "Median", "Spread"),
        tuple(
            (label, str(one.n), f"{one.median_ms:.2f}", f"{one.low_ms:.2f} to {one.high_ms:.2f}")
            for label, one in rows
            if one
        ),
    )


def processor_tables(found: Found) -> Iterator[Table]:
    """Processor time by size, and by who used it; nothing where the system does not tell."""
    if found.processor is None:
        return
    inside, queued = found.processor.inside, found.processor.queued
    rows = (
        (
            f"{size_ms:g}",
            str(one.n),
            _cell(one),
            _cell(queued[size_ms]),
            f"{queued[size_ms].median_ms - one.median_ms:.1f}",
        )
        for size_ms, one in inside.items()
    )
    head = ("Work", "n", "Inside", "Queued", "More when queued")
    yield Table("Processor time of web, worker and Redis together, in ms", head, tuple(rows))
    least = found.processor.least
    parts = ((part, *(f"{least[arm][part]:.2f}" for arm in (INSIDE, QUEUED))) for part in least[INSIDE])
    yield Table(f"Who used it, at {min(inside):g} ms of work, in ms", ("", "Inside", "Queued"), tuple(parts))


def _spread_in_words(one: Spread | None) -> str:
    return "not measured" if one is None else f"{_cell(one)} ms, n = {one.n}"


def _cell(one: Spread | None) -> str:
    if one is None:
        return "not run"
    digits = 2 if one.median_ms < 10 else 1 if one.median_ms < 100 else 0
    return f"{one.median_ms:.{digits}f} ({one.low_ms:.{digits}f} to {one.high_ms:.{digits}f})"


def _sizes(sizes_ms: list[float]) -> str:
    names = [f"{size_ms:g}" for size_ms in sizes_ms]
    return (f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]) + " ms"


def _you_said(guesses: Mapping[str, float], slug: str) -> str:
    return f"; you said {guesses[slug]:g} ms" if slug in guesses else ""
