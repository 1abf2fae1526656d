"""The rules of Chrome's Trace Event Format ("JSON Object Format") that a reader such as Perfetto's importer relies on.

Source: "Trace Event Format" (Duca and Sinclair), the sections on metadata, complete, instant, async and mark events.
Perfetto itself is no package: its trace processor is a program to be downloaded, which the tests do not do.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

Event = dict[str, Any]

PHASES = {
    "M": "metadata",
    "X": "complete",
    "b": "async begin",
    "e": "async end",
    "i": "instant",
    "I": "instant",
    "R": "mark",
}
NAMING = {"process_name": str, "thread_name": str, "process_sort_index": int, "thread_sort_index": int}


def violations(trace: dict[str, Any]) -> list[str]:
    """Every rule that the trace breaks, with the event; none for a good one. Raises ValueError for NaN or infinity."""
    json.dumps(trace, allow_nan=False)
    found = [] if trace.get("displayTimeUnit") in {"ms", "ns"} else ["displayTimeUnit: neither ms nor ns"]
    events: list[Event] = trace["traceEvents"]
    for rule in (_misshapen, _without_a_name_for_its_place, _overlapping_slices, _unpaired):
        found += rule(events)
    return found


def _misshapen(events: list[Event]) -> Iterator[str]:
    for event in events:
        for key, kind in (("name", str), ("cat", str), ("ph", str), ("pid", int), ("tid", int), ("ts", int)):
            if type(event.get(key)) is not kind:
                yield f"{key}: {event.get(key)!r} is no {kind.__name__} in {event}"
        if event.get("ph") not in PHASES:
            yield f"ph: {event.get('ph')!r} is no phase"
        elif (check := OF_A_PHASE.get(event["ph"])) and (wrong := check(event)):
            yield f"{wrong} in {event}"
        if type(event.get("ts")) is int and event["ts"] < 0:
            yield f"ts: before 0 in {event}"


def _metadata(event: Event) -> str:
    kind = NAMING.get(event["name"])
    key = "name" if kind is str else "sort_index"
    return (
        "" if kind and list(event["args"]) == [key] and type(event["args"][key]) is kind else "args: not what it names"
    )


def _complete(event: Event) -> str:
    return "" if type(event.get("dur")) is int and event["dur"] >= 0 else "dur: missing or negative"


def _instant(event: Event) -> str:
    return "" if event.get("s") in {"g", "p", "t"} else "s: no scope"


def _async(event: Event) -> str:
    return "" if "id" in event or event.get("id2", {}).keys() & {"local", "global"} else "id: an async event without"


OF_A_PHASE: dict[str, Callable[[Event], str]] = {
    "M": _metadata,
    "X": _complete,
    "i": _instant,
    "I": _instant,
    "b": _async,
    "e": _async,
}


def _without_a_name_for_its_place(events: list[Event]) -> Iterator[str]:
    processes = {event["pid"] for event in events if event["name"] == "process_name"}
    threads = {(event["pid"], event["tid"]) for event in events if event["name"] == "thread_name"}
    for event in events:
        if event["pid"] not in processes:
            yield f"pid: {event['pid']} has no name"
        if event["ph"] in "Xi" and (event["pid"], event["tid"]) not in threads:
            yield f"tid: {event['tid']} has no name"


def _overlapping_slices(events: list[Event]) -> Iterator[str]:
    """Slices of one thread lie one after the other or one within the other; a reader drops what crosses."""
    threads: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for event in events:
        if event["ph"] == "X":
            threads[event["pid"], event["tid"]].append(event)
    for slices in threads.values():
        for first, second in pairwise(sorted(slices, key=lambda one: (one["ts"], -one["dur"]))):
            first_end, second_end = first["ts"] + first["dur"], second["ts"] + second["dur"]
            if second["ts"] < first_end < second_end:
                yield f"X: {first['name']} and {second['name']} cross"


def _unpaired(events: list[Event]) -> Iterator[str]:
    """Each async event begins once and ends once, not before; its pair has the same category, name and id."""
    pairs: dict[str, dict[str, list[int]]] = defaultdict(lambda: {"b": [], "e": []})
    for event in events:
        if event["ph"] in "be":
            key = f"{event['cat']}/{event['name']}/{event.get('id') or event.get('id2')}"
            pairs[key][event["ph"]].append(event["ts"])
    for key, pair in pairs.items():
        if len(pair["b"]) != 1 or len(pair["e"]) != 1:
            yield f"{key}: {len(pair['b'])} begin, {len(pair['e'])} end"
        elif pair["e"] < pair["b"]:
            yield f"{key}: ends before it begins"
