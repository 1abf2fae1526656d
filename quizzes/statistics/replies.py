"""What can be sent to a question, right and wrong, as the fields of its form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import singledispatch

from django.http import QueryDict

from quizzes.quiz import Body, Question
from quizzes.types.blanks import Blanks
from quizzes.types.number import Number
from quizzes.types.one import ChooseOne
from quizzes.types.order import OrderLines
from quizzes.types.output import Output
from quizzes.types.several import ChooseSeveral
from quizzes.types.short import ShortText

ELSE = "something else"
TIMES_WRONG, WRONG_BY = 7, 1000


@dataclass(frozen=True)
class Replies:
    """The fields of a right answer, and of wrong ones: one for each distractor where the question has any."""

    right: QueryDict
    wrong: Sequence[QueryDict]


def replies_to(question: Question) -> Replies | None:
    """Right and wrong answers; None for what nobody can answer without a run of their own, and what is never wrong."""
    replies = _replies(question.body)
    return replies if replies and _holds(question.body, replies) else None


@singledispatch
def _replies(body: Body) -> Replies | None:
    return None


@_replies.register
def _(body: ChooseOne) -> Replies:
    key, *_ = (option.id for option in body.choices if option.is_key)
    return Replies(_fields(answer=[key]), [_fields(answer=[one.id]) for one in body.choices if not one.is_key])


@_replies.register
def _(body: ChooseSeveral) -> Replies:
    keys = [option.id for option in body.choices if option.is_key]
    wrong = [_fields(answer=[keys[0], option.id]) for option in body.choices if not option.is_key]
    return Replies(_fields(answer=keys), wrong)


@_replies.register
def _(body: ShortText) -> Replies:
    return Replies(_fields(answer=[body.accepted[0]]), [_fields(answer=[ELSE])])


@_replies.register
def _(body: Output) -> Replies:
    return Replies(_fields(answer=[body.key]), [_fields(answer=[ELSE])])


@_replies.register
def _(body: Number) -> Replies:
    far = replace(body.key, value=body.key.value * TIMES_WRONG + WRONG_BY)
    return Replies(_fields(answer=[str(body.key)]), [_fields(answer=[str(far)])])


@_replies.register
def _(body: OrderLines) -> Replies:
    lines = [line for line in body.lines if not line.is_wrong]
    levels = {f"level-{line.id}": [str(line.level)] for line in lines}
    orders = [
        {f"place-{line.id}": [str(place)] for place, line in enumerate(order, 1)} for order in (lines, lines[::-1])
    ]
    right, wrong = (_fields(**levels, **places) for places in orders)
    return Replies(right, [wrong])


@_replies.register
def _(body: Blanks) -> Replies:
    right = {f"blank-{gap.name}": [gap.accepted[0]] for gap in body.gaps}
    return Replies(_fields(**right), [_fields(**right | {f"blank-{body.gaps[0].name}": [ELSE]})])


def _fields(**values: list[str]) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, texts in values.items():
        fields.setlist(name, texts)
    return fields


def _holds(body: Body, replies: Replies) -> bool:
    """Whether the question's own marking agrees."""
    given = [body.given_from(fields) for fields in (replies.right, *replies.wrong)]
    marks = [body.is_right(answer) for answer in given if not body.objection(answer)]
    return marks == [True] + [False] * len(replies.wrong) and len(marks) > 1
