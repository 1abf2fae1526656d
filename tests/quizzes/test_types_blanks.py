"""Ada fills blanks; every mark in these tables was made by hand."""

from pathlib import Path
from random import Random

import pytest
from django.http import QueryDict
from django.test import Client

from quizzes.quiz import Body
from tests.quizzes.asked import explained, opened, send, shown, values, write_question
from tests.quizzes.written import body_of, mark, told

CODE = """
```python
# [[when]]: the row is there
send.[[method]](user.pk, queue="[[queue]]")
```

- when: on_commit
  > It runs when the row is there: why-commit.
  ~ atomic
    believes: atomic delays a message
    > It opens a transaction: why-not-atomic.
- method: delay | apply_async
  > It publishes: why-delay.
  ~ send
    believes: a task is sent like a mail
    > A task has no such method: why-not-send.
  ~ run
    believes: a task is run by whoever calls it
    > That would run it here: why-not-run.
- queue: mail
  > The worker reads that list: why-mail.
"""
EXPRESSIONS = """
```python
[[size]] = [[text]]
```

- size: a - b
  > s
- text: "one two" | f'x' | x \\| y
  > t
"""
MARKS = {
    CODE: [
        ("on_commit", "delay", "mail", "right"),
        (" on_commit ", "apply_async", "mail", "right"),
        ("on_commit", "Delay", "mail", "method-other"),
        ("atomic", "delay", "mail", "when-miss-1"),
        ("on_commit", "send", "mail", "method-miss-1"),
        ("on_commit", "run", "mail", "method-miss-2"),
        ("on_commit", "delay", "post", "queue-other"),
        ("atomic", "send", "post", "when-miss-1"),
        ("on_commit", "", "mail", "Blank 2 is empty. Write something into each; what you wrote still stands there."),
        ("x" * 101, "delay", "mail", "Blank 1 holds 101 characters. A few words are enough: up to 100."),
    ],
    EXPRESSIONS: [
        ("a - b", '"one two"', "", "right"),
        ("a-b", "'one  two'", "", "right"),
        ("a -b", "\u2018one two\u2019", "", "right"),
        ("a-b", 'f "x"', "", "text-other"),
        ("a-b", 'f"x"', "", "right"),
        ("a-b", "x|y", "", "right"),
        ("a-b", '"onetwo"', "", "text-other"),
        ("ab", '"one two"', "", "size-other"),
    ],
}
NAMES = {CODE: ("when", "method", "queue"), EXPRESSIONS: ("size", "text")}


def given(body: Body, **texts: str) -> str:
    """The canonical text of these blanks."""
    post = QueryDict(mutable=True)
    post.update({f"blank-{name}": text for name, text in texts.items()})
    return body.given_from(post)


@pytest.mark.parametrize(("code", "row"), [(code, row) for code, rows in MARKS.items() for row in rows])
def test_marks(code: str, row: tuple[str, ...]) -> None:
    body = body_of("blanks", code)
    assert mark(body, given(body, **dict(zip(NAMES[code], row[:-1], strict=False)))) == row[-1]


@pytest.mark.parametrize("nonsense", ["", "delay", "[1]", '{"when": 1}', "null"])
def test_what_is_no_answer_of_this_type_is_told(nonsense: str) -> None:
    assert body_of("blanks", CODE).objection(nonsense)


def test_each_wrong_blank_is_explained_by_its_known_miss() -> None:
    body = body_of("blanks", CODE)
    said = body.said_about(given(body, when="atomic", method="send", queue="post"))
    assert "Blank 1, “atomic”: It opens a transaction: why-not-atomic." in said
    assert "Blank 2, “send”: A task has no such method: why-not-send." in said
    assert "Blank 3" not in said
    assert "why-not-run" not in said


def test_after_a_miss_every_blank_keeps_its_text_and_tells_whether_it_is_right() -> None:
    body = body_of("blanks", CODE)
    fields = opened(body, given(body, when="atomic", method="delay", queue="post")).fields
    assert [(field.value, field.mark) for field in fields] == [
        ("atomic", "wrong"),
        ("delay", "right"),
        ("post", "wrong"),
    ]


def test_the_form_tells_no_key_and_all_its_fields_are_of_one_width() -> None:
    body = body_of("blanks", CODE)
    form = opened(body)
    seen = str([form.lines, form.fields, form.width, form.tiles])
    assert not any(secret in seen for secret in ("on_commit", "delay", "apply_async", "mail'", "why-"))
    assert form.tiles == ()


def test_tiles_hold_the_first_accepted_texts_and_the_wrong_ones_in_an_order_of_their_own() -> None:
    body = body_of("blanks", CODE, "tiles: yes")
    assert opened(body).tiles == ("atomic", "delay", "mail", "on_commit", "run", "send")
    arranged = {opened(body.arranged(Random(seed))).tiles for seed in range(5)}
    assert len(arranged) > 1
    assert {frozenset(tiles) for tiles in arranged} == {frozenset(opened(body).tiles)}


def test_the_code_is_highlighted_around_its_blanks() -> None:
    body = body_of("blanks", CODE)
    first, second = opened(body).lines
    assert [str(piece.html) for piece in first] == ['<span class="cm"># ', ": the row is there</span>"]
    assert [piece.field.number for piece in second if piece.field] == [2, 3]


def test_everything_is_explained_in_the_end() -> None:
    body = body_of("blanks", CODE)
    missed = given(body, when="atomic", method="delay", queue="mail")
    blanks = explained(body, missed, missed)["blanks"]
    seen = str(blanks)
    assert all(why in seen for why in ("why-commit", "why-not-atomic", "why-delay", "why-not-send", "why-mail"))
    assert [row.said for row in blanks[0]] == ["Right answer", "Your answer"]
    assert [row.said for row in blanks[1]] == ["Right answer, your answer", "", ""]
    assert "apply_async" in blanks[1][0].explanation


def test_an_edit_of_an_explanation_asks_the_same_and_one_of_the_key_does_not() -> None:
    version = body_of("blanks", CODE).fingerprint()
    assert version == body_of("blanks", CODE.replace("why-delay", "otherwise")).fingerprint()
    assert version != body_of("blanks", CODE.replace(" | apply_async", "")).fingerprint()


FENCED = "```python\n[[a]]\n```\n\n"


@pytest.mark.parametrize(
    ("answer", "fields", "expected"),
    [
        ("```python\nx\n```\n\n- a: A\n  > why", "", ["1: The code has no gap.", "5: There is no gap a in the code."]),
        (f"{FENCED}- b: B\n  > why", "", ["1: The gap a has no answer.", "5: There is no gap b in the code."]),
        ("```python\n[[a]] [[a]]\n```\n- a: A\n  > why", "", ["1: The gap a stands in the code twice."]),
        (f"{FENCED}- a: A\n  > why\n- a: B\n  > why", "", ["7: The gap a has two answers."]),
        (f"{FENCED}- a: A", "", ["5: The blank a has no explanation."]),
        (f"{FENCED}- a: A\n  > why\n  ~ B", "", ["7: The wrong text B has no explanation."]),
        (
            f"{FENCED}- a: A | A",
            "",
            ["5: The blank a has no explanation.", "5: “A” means the same as a text in line 16."],
        ),
        (f"{FENCED}- a: A\n  > why\n  ~ A\n    > no", "", ["7: “A” means the same as a text in line 16."]),
        (f"{FENCED}- a: A\n  > why\n  believes: it", "", ["5: What belongs into a has a line believes."]),
        ("```klingon\n[[a]]\n```\n- a: A\n  > why", "", ["1: The language klingon is not known."]),
        (f"{FENCED}- a: A\n  > why", "tiles: some", ["1: “tiles: some” is neither yes nor no."]),
    ],
)
def test_otto_is_told_what_is_wrong(answer: str, fields: str, expected: list[str]) -> None:
    assert told("blanks", answer, fields) == expected


@pytest.mark.django_db
def test_without_script_blanks_are_typed_and_stay_where_they_are(ada: Client, weather: Path) -> None:
    write_question(weather, "blanks", CODE, "tiles: yes")
    assert "why-" not in shown(ada)
    written = {"blank-when": "atomic", "blank-method": "delay", "blank-queue": "mail"}
    refused = send(ada, **written | {"blank-queue": " "})
    assert refused.status_code == 400
    assert "Blank 3 is empty." in refused.content.decode()
    assert values(refused.content.decode())["blank-when"] == "atomic"
    missed = send(ada, **written).content.decode()
    assert "why-not-atomic" in missed
    assert "why-commit" not in missed
    assert values(missed) == written
    right = send(ada, **written | {"blank-when": "on_commit"}).content.decode()
    assert "Right, at the second try." in right
    assert "why-commit" in right
