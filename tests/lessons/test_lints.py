"""What Otto may write without being told anything; tests/lessons/malformed holds what he may not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.catalog import Catalog
from tests.lessons.conftest import HEAD

Write = Callable[[str, str], Catalog]
GLOSSARY = "## flake\n\nA crystal of ice.\n\n## white noise\n\nEvery colour of sound at once.\n"


def told(course: Catalog) -> list[tuple[str, int, str]]:
    return [(problem.path.name, problem.line, problem.message) for problem in (*course.problems, *course.untested)]


@pytest.mark.parametrize(
    "link",
    [
        *("/lessons/snow/perf/#falling", "#falling", "../perf/", "/lessons/snow/", "/lessons/glossary/#flake"),
        *("/labs/email-in-request/", "/labs/email-in-request/#devtools", "/claims/", "/claims/answer-sooner/#here"),
        *("/quizzes/recall-cards/", "/quizzes/recall-cards/card-gain/", "/quizzes/recall-cards/practice/"),
        *("/", "/notebook/", "/review/", "/static/course/icon.svg", "https://example.org/x", "mailto:otto@example.org"),
    ],
)
def test_a_link_that_leads_somewhere_is_no_problem(write: Write, link: str):
    write("glossary.md", GLOSSARY)
    course = write("snow/perf.md", f"{HEAD}\n## Falling\n\n[There]({link}).\n")
    assert told(course) == []


@pytest.mark.parametrize("link", ["/labs/", "/nowhere/", "/labs/no-such/runs/1/", "/lessons/snow/why/"])
def test_only_pages_that_are_there_are_taken_for_pages(write: Write, link: str):
    problems = told(write("snow/perf.md", f"{HEAD}\n[There]({link}).\n"))
    assert problems == ([] if link == "/labs/" else [("perf.md", 7, f"The link to {link} leads nowhere.")])


def test_a_word_is_introduced_once_in_the_order_of_the_modes(write: Write):
    write("glossary.md", GLOSSARY)
    write("snow/learn.md", f"{HEAD}\nA [[flake]] falls. Two flakes fall.\n")
    write("snow/perf.md", f"{HEAD}\nA flake and a snowflake. `white noise` is no word here, and :flake: no lane.\n")
    assert told(write("snow/why.md", f"{HEAD}\nA flake fell.\n")) == []


def test_a_word_that_a_later_mode_introduces_is_told_in_the_earlier_one(write: Write):
    write("glossary.md", GLOSSARY)
    write("snow/perf.md", f"{HEAD}\nIt is [[white noise]].\n")
    (problem,) = told(write("snow/learn.md", f"{HEAD}\nCalm.\n\nWhite noise, they say.\n"))
    assert problem == ("learn.md", 9, "“white noise” is used before it is introduced in a later mode.")


def test_a_word_may_be_shown_in_other_words_and_a_label_is_no_word(write: Write):
    write("glossary.md", GLOSSARY)
    course = write(
        "snow/perf.md", f"{HEAD}\nPress [[F12]], then [[Network]]: [[ice crystals|flake]]. [[Flakes]] fall.\n"
    )
    assert told(course) == []
    html = course.lessons["snow"].texts["perf"].rendered.html
    assert "<kbd>F12</kbd>" in html
    assert html.count('popovertarget="term-flake"') == 2
    assert html.count(' id="term-flake"') == 1
    assert '>ice crystals</button><span class="meaning" popover id="term-flake">A crystal of ice.' in html


@pytest.mark.parametrize(("minutes", "is_told"), [("2", False), ("3", True)])
def test_minutes_of_doing_are_held_against_what_there_is_to_do(write: Write, minutes: str, is_told: bool):
    head = HEAD.replace("---\n", f"minutes: {minutes}\n---\n").removeprefix(f"minutes: {minutes}\n")
    text = '\n::: predict id="a" question="Up or down?"\n- up\n- down\n\n---\n\nDown.\n:::\n'
    course = write("snow/perf.md", head + text)
    assert bool(told(course)) is is_told
    assert course.lessons["snow"].texts["perf"].minutes == 1 + int(minutes)


def test_code_is_run_by_its_output_by_a_test_that_is_named_or_by_what_imports_it(write: Write, content: Path):
    for name, text in {"fall": "import ice\nprint(1)\n", "ice": "x = 1\n", "melt": "x = 2\n", "rot": "x = 3\n"}.items():
        write(f"snow/examples/{name}.py", text)
    write("snow/examples/output/fall.txt", "1\n")
    root = content.parents[1]
    (root / "tests").mkdir()
    (root / "tests" / "run.py").write_text('import_module("melt")\n')
    write(
        "snow/lesson.md",
        (content / "snow" / "lesson.md").read_text().replace("\n---\n", "\ntests: tests/run.py\n---\n"),
    )
    shown = "".join(f'::: code file="examples/{name}.py"\n:::\n\n' for name in ("fall", "ice", "melt", "rot"))
    course = write("snow/perf.md", f'{HEAD}\n{shown}::: output of="examples/fall.py"\n:::\n')
    assert told(course) == [("perf.md", 16, "No test runs examples/rot.py.")]


def test_a_test_that_is_not_there_is_told(write: Write, content: Path):
    lesson = (content / "snow" / "lesson.md").read_text()
    course = write("snow/lesson.md", lesson.replace("\n---\n", "\ntests: tests/rnu.py /etc/none\n---\n"))
    assert told(course) == [("lesson.md", 6, f"There is no test {name}.") for name in ("tests/rnu.py", "/etc/none")]
