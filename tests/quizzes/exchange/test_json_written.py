"""Otto's quiz as JSON: every field of its text, every variant, and numbers as numbers."""

import json
from pathlib import Path

from quizzes.exchange.formats import json_text
from quizzes.exchange.items import Bank
from quizzes.exchange.to_quiz import quiz_of
from quizzes.parser import read_quiz_text
from quizzes.quiz import Quiz
from tests.quizzes.exchange.samples import SHORT

HEAD = """\
---
title: Where a “message” is
lesson: a-lesson
lab: a-lab
modes: check, test
test: 1
badge: Everything right
---
An *introduction*.
"""
QUESTIONS = """
# group: shared

Read this first.

## how-many
type: number
topic: What threads carry
level: medium
hint: Divide.
read: perf#pair
tries: 3
unit: s
variants:
| wait | most |
| 400  | 2.5  |
| 200  | 5    |

How many in {wait} ms?

= {most} s ± 5 %
~ 1.50 s
  believes: one thread works
  > All of them do.

> It is {most}.

# end

## where
type: one
topic: Where it lies
level: easy
shuffle: no

Where is it?

- [x] list: In a “list”
  > Yes: “LRANGE”.
- [ ] memory: In memory
  believes: nothing is sent
  > No.
"""


def quiz() -> Quiz:
    """The quiz of two questions."""
    reading = read_quiz_text(HEAD + QUESTIONS, Path("message.md"))
    assert reading.quiz, reading.problems
    return reading.quiz


def number(value: float, wait: str) -> dict[str, object]:
    """One variant of the first question."""
    most = f"{value:g}"
    miss = {"given": "1.5", "explanation": "All of them do.", "believes": "one thread works"}
    return {
        "values": {"wait": wait, "most": most},
        "prompt": f"How many in {wait} ms?",
        "answer": {
            "value": value,
            "tolerance": 5,
            "unit": "s",
            "in_percent": True,
            "misses": [miss],
            "is_unit_shown": True,
        },
        "solution": f"It is {most}.",
    }


def option(slug: str, text: str, explanation: str, believes: str = "") -> dict[str, object]:
    """One option of the second question."""
    return {"text": text, "is_key": not believes, "explanation": explanation, "id": slug, "believes": believes}


EXPECTED = {
    "version": 1,
    "slug": "message",
    "title": "Where a “message” is",
    "lesson": "a-lesson",
    "lab": "a-lab",
    "modes": ["check", "test"],
    "test_length": 1,
    "badge": "Everything right",
    "intro": "An *introduction*.",
    "questions": [
        {
            "id": "how-many",
            "type": "number",
            "topic": "What threads carry",
            "level": "medium",
            "hint": "Divide.",
            "read": "perf#pair",
            "shuffle": True,
            "tries": 3,
            "group": {"id": "shared", "text": "Read this first."},
            "fields": {"unit": "s"},
            "variants": [number(2.5, "400"), number(5, "200")],
        },
        {
            "id": "where",
            "type": "one",
            "topic": "Where it lies",
            "level": "easy",
            "hint": "",
            "read": "",
            "shuffle": False,
            "tries": 2,
            "group": None,
            "fields": {},
            "variants": [
                {
                    "values": {},
                    "prompt": "Where is it?",
                    "answer": {
                        "options": [
                            option("list", "In a “list”", "Yes: “LRANGE”."),
                            option("memory", "In memory", "No.", "nothing is sent"),
                        ],
                        "several": False,
                    },
                    "solution": "",
                }
            ],
        },
    ],
}


def test_json_says_of_every_field_what_the_text_says() -> None:
    assert json.loads(json_text.write(quiz()).content) == EXPECTED


def test_without_a_length_a_test_asks_all() -> None:
    reading = read_quiz_text(HEAD.replace("test: 1\n", "") + QUESTIONS, Path("message.md"))
    assert reading.quiz
    assert json_text.as_json(reading.quiz)["test_length"] == 2
    made, _ = quiz_of(Bank((SHORT,)), "made", "a-lesson")
    assert json_text.as_json(made)["test_length"] == 1, "a quiz from elsewhere names none"


def test_it_is_written_for_people_too() -> None:
    """One field a line, whole numbers without a fraction, quotes as they are, and a line end behind the last."""
    lines = json_text.write(quiz()).content.decode().split("\n")
    assert lines[:4] == ["{", '  "version": 1,', '  "slug": "message",', '  "title": "Where a “message” is",']
    assert lines[-2:] == ["}", ""]
    values = [line.strip() for line in lines if line.strip().startswith(('"value":', '"tolerance":'))]
    assert values == ['"value": 2.5,', '"tolerance": 5,', '"value": 5,', '"tolerance": 5,']
