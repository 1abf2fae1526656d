"""JSON with everything our own text holds, by the schema in docs/quiz.schema.json."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from quizzes.exchange.bodies import part_of
from quizzes.exchange.format import Format, Written, text
from quizzes.quiz import Question, Quiz, Variant

VERSION = 1


def write(quiz: Quiz) -> Written:
    """The quiz with all variants of its questions; nothing is lost."""
    return text(json.dumps(as_json(quiz), ensure_ascii=False, indent=2, default=_number) + "\n", ())


def as_json(quiz: Quiz) -> Mapping[str, Any]:
    """The quiz as JSON holds it."""
    return {
        "version": VERSION,
        "slug": quiz.slug,
        "title": quiz.title,
        "lesson": quiz.lesson,
        "lab": quiz.lab,
        "modes": quiz.modes,
        "test_length": quiz.test_length or len(quiz.questions),
        "badge": quiz.badge,
        "intro": quiz.intro,
        "questions": [_question(question) for question in quiz.questions],
    }


def _question(question: Question) -> Mapping[str, Any]:
    group = question.group
    return {
        "id": question.id,
        "type": question.type,
        "topic": question.topic,
        "level": question.level,
        "hint": question.hint,
        "read": question.read,
        "shuffle": question.shuffle,
        "tries": question.tries,
        "group": {"id": group.id, "text": group.text} if group else None,
        "fields": dict(question.fields),
        "variants": [_variant(question, variant) for variant in question.variants],
    }


def _variant(question: Question, variant: Variant) -> Mapping[str, Any]:
    return {
        "values": dict(variant.values),
        "prompt": variant.prompt,
        "answer": asdict(part_of(question.type, variant.body)),
        "solution": variant.solution,
    }


def _number(value: object) -> int | float | Sequence[object]:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no place in JSON")
    return int(value) if value == value.to_integral_value() else float(value)


FORMAT = Format("json", "JSON", (".json",), "application/json", write)
