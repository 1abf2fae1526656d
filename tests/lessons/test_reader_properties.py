"""Whatever Otto's lesson holds, the reader answers with pages and problems, and never with an exception.

Hypothesis makes the texts: from nothing, from lines as they occur, and from a real mode with mistakes put in.
"""

from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.glossary import Terms
from authoring.measured import read_measured
from authoring.page import Rendered, render_page
from lessons import catalog
from lessons.glossary import read_glossary

FAST = settings(derandomize=True, max_examples=40, deadline=None, database=None)
LESSON = catalog.CONTENT / "redis-as-a-message-broker"
FIGURES = read_measured(LESSON / "measured")
TERMS: Terms = catalog.read_catalog(catalog.CONTENT).glossary.terms
TEXTS = [part for path in sorted(LESSON.glob("*.md")) for part in path.read_text(encoding="utf-8").split("\n## ")]
LINES = [
    *("", "## A", "### B {#b}", "#### C", "a", "- a", "- b", "1. a", "> a", "---", "```", "~~~python", "| a | b |"),
    *("|---|--:|", "| 1 |", "[a](javascript:b)", "[a](/labs/x/)", "![](a)", "<script>", "{{ a }}", "{{ mail_ms.n }}"),
    *("[[worker]]", "[[workr]]", "[[a|b]]", "[[F12]]", ":redis:", "300 ms", ":::", "::::", "::: note", ":::: columns"),
    *('::: guess id="a" question="b"', '::: predict id="a" question="b"', '::: myth claim="a" run="lab:b"', "a | b"),
    *('::: step level="easy" title="a"', '::: output of="a.py"', '::: code file="examples/queued.py" part="a"'),
    *(
        "Wrong because: a",
        "Why it tempts: b",
        "What is true: c",
        "Often said: a",
        "web | def | x",
        "::: tip",
        "::: big",
    ),
    *('::: table caption="a" fit="turn"', '::: claim id="a" holds="yes" must="a > b"', '::: measured from="pool"'),
    *('::: journeys from="journey.inside" titles="A"', '::: bars title="a" track="b" scale="mail_ms"', "mail_ms | a"),
    *('::: gain vital="a" measured="mail_ms" axis_ms="x" low_ms="1" high_ms="2"', '::: card quiz="a" id="b"'),
    *('::: checkpoint quiz="recall-cards" id="card-gain"', '::: lab slug="b"', "::: key", '::: stepper from="a"'),
]


def rendered(text: str) -> Rendered:
    return render_page(text, LESSON / "perf.md", 1, FIGURES, TERMS)


def answers(text: str) -> None:
    """The page is made; each problem has a line of the text and a remedy; nothing dangerous gets through."""
    page = rendered(text)
    lines = text.count("\n") + 1
    for problem in page.problems:
        assert 1 <= problem.line <= lines, problem
        assert problem.message
        assert problem.hint
    assert "<script" not in page.html
    assert "javascript:" not in page.html.replace("(javascript:", "")


@FAST
@given(st.text(max_size=300))
def test_from_nothing(text: str):
    answers(text)


@FAST
@given(st.lists(st.sampled_from(LINES), max_size=25))
def test_from_lines_as_they_occur(lines: list[str]):
    answers("\n".join(lines))


@FAST
@given(st.sampled_from(TEXTS), st.integers(min_value=0))
def test_from_parts_of_real_modes_with_mistakes_put_in(text: str, seed: int):
    random, lines = Random(seed), text.split("\n")
    for _ in range(8):
        at = random.randrange(len(lines))
        change = random.choice(("drop", "swap", "put in", "cut"))
        other = random.randrange(len(lines))
        if change == "drop":
            lines[at] = ""
        elif change == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif change == "put in":
            lines.insert(at, random.choice(LINES))
        else:
            lines[at] = lines[at][: len(lines[at]) // 2]
    answers("\n".join(lines))


@FAST
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(LINES), max_size=12).map("\n".join)))
def test_a_glossary_is_read_whatever_it_holds(text: str):
    glossary = read_glossary(text, Path("glossary.md"))
    assert all(problem.hint for problem in glossary.problems)
    assert all(term.slug and term.plain for term in glossary.terms.by_name.values())
