"""Whatever Otto's file holds, the reader answers with questions and problems, and never with an exception.

Hypothesis makes the texts: from nothing, from lines as they occur, and from real quizzes with mistakes put in.
"""

from pathlib import Path
from random import Random

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.parser import Reading, read_quiz_text
from quizzes.quiz import Question, Try
from quizzes.writer import write_quiz

FAST = settings(derandomize=True, max_examples=100, deadline=None, database=None)
CONTENT = Path("quizzes/content")
PATH = CONTENT / "made-up.md"
QUIZZES = [path.read_text(encoding="utf-8") for path in sorted(CONTENT.glob("*.md"))]
MALFORMED = sorted((Path(__file__).parent / "malformed").glob("*.md"))
QUESTIONS = [question for text in QUIZZES for question in text.split("\n## ")[1:]]
HEAD = "---\ntitle: Made up\nlesson: redis-as-a-message-broker\n---\n"
TYPES = ["one", "several", "short", "number", "order", "blanks", "output", "prediction", "measured", "card"]
LINES = [
    *("", "---", "title: a", "lesson: b", "test: 3", "modes: test", "# end", "# group: a", "## a", "## b", "##", "# "),
    *("topic: a", "level: easy", "hint: a", "read: perf#a", "shuffle: no", "variants:", "| a | b |", "|", "| 1 |"),
    *("unit: ms", "case: yes", "tiles: yes", "indent: yes", "program: names.py", "figure: a/b", "language: python"),
    *("What?", "{a}", "- [ ] a: {a}", "- [x] b: b", "- [x]", "= 300 ms ± {b} %", "=", "= own ± 10 %", "~ 1.3 s", "~"),
    *(
        "  believes: a",
        "  > b",
        "> c",
        "- a: b",
        "- wrong c: d",
        "- b after a: c",
        "- b after z, a: c",
        "    e",
        "number: ms",
    ),
    *(
        "```python",
        "```",
        "[[a]]",
        "  ~ b",
        "    believes: c",
        "    > d",
        "\t",
        "\u00a0",
        "\r",
        "\0",
        "\u2028",
        "{",
        "|",
    ),
    *(f"type: {name}" for name in TYPES),
]


def read(text: str) -> Reading:
    """The reading, with what every reading must be: problems on lines there are, with a remedy; questions that work."""
    reading = read_quiz_text(text, PATH)
    for problem in reading.problems:
        assert 1 <= problem.line <= text.count("\n") + 2
        assert problem.message
        assert problem.hint
    for question in reading.quiz.questions if reading.quiz else ():
        check_question(question)
    return reading


def check_question(question: Question) -> None:
    """A question that is given can be asked, arranged, shown open and closed, whatever somebody answers."""
    for seed in (0, 1):
        body = question.variant(seed).body
        for answer in ("", "x", "1 ms", "\0", body.given_from(QueryDict("answer=a&answer=b"))):
            objected = body.objection(answer)
            tries = [] if objected else [Try(answer, question.is_marked and body.is_right(answer))]
            assert body.open_shown(tries) is not None
            assert body.closed_shown(tries) is not None
            assert objected or body.picks(answer)
    assert question.version


@FAST
@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    read(text)
    read(HEAD + text)


@FAST
@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_any_lines_can_be_read(lines: list[str]) -> None:
    read(HEAD + "\n".join(lines))


@FAST
@given(st.sampled_from(TYPES), st.lists(st.sampled_from(LINES), max_size=14))
def test_any_answer_part_can_be_read(kind: str, lines: list[str]) -> None:
    read(f"{HEAD}\n## a\ntype: {kind}\ntopic: a\nlevel: easy\n\nWhat?\n\n" + "\n".join(lines))


@FAST
@given(st.sampled_from(QUESTIONS), st.integers(0, 2**32))
def test_a_real_question_with_mistakes_in_it_can_be_read(text: str, seed: int) -> None:
    random = Random(seed)
    lines = text.split("\n")
    for _ in range(random.randint(1, 3)):
        spoil(lines, random)
    read(f"{HEAD}\n## " + "\n".join(lines))


def spoil(lines: list[str], random: Random) -> None:
    """Lose, double, move, cut, indent or overwrite a line, or type one letter too many."""
    place, other = random.randrange(len(lines)), random.randrange(len(lines))
    line = lines[place]
    at = random.randint(0, len(line))
    match random.randrange(7):
        case 0:
            lines[place] = ""
        case 1:
            lines.insert(other, line)
        case 2:
            lines[place], lines[other] = lines[other], line
        case 3:
            lines[place] = line[:at]
        case 4:
            lines[place] = f"  {line}"
        case 5:
            lines[place] = random.choice(LINES)
        case _:
            lines[place] = f"{line[:at]}{random.choice(':>-[]{}=~#`|x ')}{line[at:]}"


@pytest.mark.parametrize("text", QUIZZES, ids=lambda text: text.split("\n")[1][7:30])
def test_every_cut_of_a_real_quiz_can_be_read(text: str) -> None:
    for end in range(0, len(text), max(1, len(text) // 12)):
        read(text[:end])


@pytest.mark.parametrize("path", MALFORMED, ids=lambda path: path.stem)
def test_what_is_left_of_a_malformed_quiz_is_written_and_read_back(path: Path) -> None:
    quiz = read_quiz_text(path.read_text(encoding="utf-8", errors="replace"), path).quiz
    if quiz:
        assert read_quiz_text(write_quiz(quiz), path).quiz == quiz
