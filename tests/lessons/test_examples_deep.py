"""The programs of the page “Deep”: test_output.py runs them; here, what the prose says about what they printed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.catalog import Catalog, catalog
from lessons.programs import Program, programs_of

LESSON = catalog().lessons["redis-as-a-message-broker"]
EXAMPLES = LESSON.path.parent / "examples"
TEXT = (LESSON.path.parent / "deep.md").read_text(encoding="utf-8")
BESIDE_THE_TEXT = 79  # columns
PREFETCHED_BY_ONE = 4  # worker_prefetch_multiplier


def printed(name: str) -> str:
    return Program(EXAMPLES / f"{name}.py").kept


def story(acknowledgement: str) -> dict[str, str]:
    """What deep_killed.py says of one mode, by the name of the line."""
    lines = printed("deep_killed").split(f"{acknowledgement} acknowledgement\n")[1].split("\n\n")[0].splitlines()
    return dict(re.split(r" {3,}", line, maxsplit=1) for line in lines)


def test_the_page_shows_every_program_that_lies_there_for_it():
    shown = {program.path.name for program in programs_of(LESSON) if program.path.name.startswith("deep_")}
    assert shown == {path.name for path in EXAMPLES.glob("deep_*.py")} != set()


def test_each_myth_with_a_program_names_one_whose_output_is_on_the_page():
    ran = set(re.findall(r'::: myth .*run="(examples/[^"]+)"', TEXT))
    assert ran
    assert ran <= set(re.findall(r'::: output of="([^"]+)"', TEXT))


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("output/deep_*.txt")), ids=lambda path: path.stem)
def test_an_output_fits_beside_the_text(path: Path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > BESIDE_THE_TEXT] == []


def test_early_acknowledgement_loses_the_running_one_of_five_and_four_come_back():
    early = story("early")
    assert early["while 0 runs"] == "list 1, unacked 4"
    assert (early["after the timeout"], early["never finished"]) == ("1 2 3 4", "0")


def test_late_acknowledgement_loses_none_and_starts_the_running_one_twice():
    late = story("late")
    assert "0" in late["after the timeout"].split()
    assert late["never finished"] == "-"


@pytest.mark.parametrize("mode", ["early", "late"])
def test_what_was_in_the_list_overtakes_what_was_taken_before(mode: str):
    told = story(mode)
    overtakers, overtaken = told["second worker, at once"].split(), told["after the timeout"].split()
    assert min(overtakers) > max(overtaken)


def test_by_default_half_of_twenty_messages_stay_in_the_list():
    found = re.search(r"^defaults +(\d+) +(\d+)$", printed("deep_prefetch"), re.MULTILINE)
    assert found is not None
    assert (int(found[1]), int(found[2])) == (20 - 2 - 2 * PREFETCHED_BY_ONE, 2 * PREFETCHED_BY_ONE)


def test_the_acknowledgement_stands_before_the_work_or_after_it():
    rows = [re.split(r"\s{3,}", line[2:]) for line in printed("deep_commands").splitlines()[1:]]
    early, late = ([row[side] for row in rows] for side in (0, 1))
    assert early[3:5] == late[3:5] == ["ZADD unacked_index", "HSET unacked"]
    assert early.index("HDEL unacked") < early.index("INCRBY welcomed")
    assert late.index("INCRBY welcomed") < late.index("ZREM unacked_index")


def test_the_gap_loses_what_an_unfinished_acknowledgement_keeps():
    kept, lost = [line for line in printed("deep_gap").splitlines() if line.startswith("killed")]
    assert re.search(r"list 0 +unacked 1", kept)
    assert re.search(r"list 0 +unacked 0", lost)


MYTH = """\
---
title: x
outcome: x
shown: x/y
---

::: myth claim="Snow is warm" run="examples/{}"
Wrong because: it is frozen.
Why it tempts: it lies there like a blanket.
What is true: it keeps the ground from freezing.
:::
"""
Write = Callable[[str, str], Catalog]


def test_a_myth_may_be_run_as_a_program_of_the_lesson(write: Write):
    write("snow/examples/melt.py", "print('water')\n")
    page = write("snow/perf.md", MYTH.format("melt.py")).lessons["snow"].texts["perf"].rendered
    assert page.problems == ()
    assert "Run it yourself: <code>examples/melt.py</code>" in page.html


def test_a_myth_with_a_program_that_is_not_there_is_told_the_nearest(write: Write):
    write("snow/examples/melt.py", "print('water')\n")
    (problem,) = write("snow/perf.md", MYTH.format("metl.py")).lessons["snow"].texts["perf"].rendered.problems
    assert (problem.line, problem.message) == (7, "There is no file examples/metl.py.")
    assert problem.hint == "Did you mean examples/melt.py?"
