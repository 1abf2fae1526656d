"""Explaining a lab: the learner's own sentence, ours beside it, and questions about what they measured themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from authoring.quantity import NotAQuantity
from labs.bench.explain.questions import QUESTION_BY_SLUG, QUESTIONS, Asked, Question
from labs.bench.lab import Lab
from labs.bench.measured import OwnRuns, paired
from labs.bench.models import Run
from labs.bench.results import Results
from learners import records
from learners.models import Entry, Learner

LONGEST_TEXT = 500


class NotTaken(ValueError):
    """Something that cannot be kept as it is. `field` says where it was written, the message what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class Refused:
    """What was just refused: where, why, and the text as it was written, so that nothing is lost."""

    field: str
    why: str
    text: str


@dataclass(frozen=True)
class Posed:
    """One question as the page shows it: put to the newest runs, and what the learner last wrote to it."""

    question: Question
    asked: Asked
    runs: str
    earlier: Mapping[str, Any] | None
    refused: Refused | None


def explain_context(lab: Lab, learner: Learner | None, results: Results, refused: Refused | None) -> dict[str, Any]:
    """What the template of the explain stage is given."""
    explained = newest_explanation(lab, learner)
    had = explained.payload.get("had") if explained else None
    return {
        "explained": explained,
        "is_compared": had is not None,
        "ideas": [{"text": idea, "had": idea in (had or ())} for idea in lab.ideas],
        "posed": _posed(lab, learner, results, refused),
        "refused": refused,
        "longest_text": LONGEST_TEXT,
    }


def newest_explanation(lab: Lab, learner: Learner | None) -> Entry | None:
    """What the learner last wrote about this lab."""
    return records.newest(learner, Entry.Kind.EXPLAINED, f"labs/{lab.slug}")


def is_explained(lab: Lab, learner: Learner | None) -> bool:
    """Has the learner written a sentence and laid it beside ours?"""
    explained = newest_explanation(lab, learner)
    return explained is not None and ("had" in explained.payload or not lab.ideas)


def keep_explanation(lab: Lab, learner: Learner, text: str) -> None:
    """Keep a sentence. Raises NotTaken when it is empty or longer than LONGEST_TEXT characters."""
    sentence = " ".join(text.replace("\0", " ").split())
    if not sentence:
        raise NotTaken("text", "Nothing is written. One sentence in your own words is enough.")
    if len(sentence) > LONGEST_TEXT:
        over = len(sentence) - LONGEST_TEXT
        raise NotTaken("text", f"That is {len(sentence):,} characters; {LONGEST_TEXT} fit. Take out {over:,}.")
    earlier = newest_explanation(lab, learner)
    if earlier is None or earlier.payload["text"] != sentence:  # a double click writes once
        records.write(learner, Entry.Kind.EXPLAINED, f"labs/{lab.slug}", {"text": sentence})


def keep_ticks(lab: Lab, learner: Learner, ticked: Iterable[str]) -> None:
    """Keep which of our ideas the sentence had, by index; the others are missed. Raises NotTaken without a sentence."""
    explained = newest_explanation(lab, learner)
    if explained is None:
        raise NotTaken("text", "Write your own sentence first; ours is for comparing.")
    numbers = set(ticked)
    had = [idea for index, idea in enumerate(lab.ideas) if str(index) in numbers]
    missed = [idea for idea in lab.ideas if idea not in had]
    records.amend(explained, {"had": had, "missed": missed})


def keep_answer(lab: Lab, learner: Learner, slug: str, text: str, run_ids: str) -> None:
    """Keep the answer to a question about the runs `run_ids` (joined by commas), which must be the learner's own.

    Raises NotTaken for a text without a number, and for runs or a question that are not there.
    """
    question, own = QUESTION_BY_SLUG.get(slug), _own_runs(lab, learner, run_ids)
    asked = question.put(own) if question else None
    if question is None or asked is None:
        raise NotTaken("runs", "The runs of this question are gone. Run each way once more, then answer.")
    try:
        written = question.number_in(text)
    except NotAQuantity as problem:
        raise NotTaken(slug, str(problem)) from problem
    payload = {
        "question": asked.text,
        "written": question.in_words(written),
        "measured": question.in_words(asked.value),
        "because": asked.because,
        "near": question.is_near(written, asked.value),
        "runs": [run.pk for _, run in own.pairs],
    }
    records.write(learner, Entry.Kind.ANSWERED, f"labs/{lab.slug}/{slug}", payload)


def _posed(lab: Lab, learner: Learner | None, results: Results, refused: Refused | None) -> list[Posed]:
    runs = [one.run for one in results.shown if one.run and one.is_done]
    own = paired(lab, runs)
    posed = []
    for question in QUESTIONS:
        if asked := question.put(own):
            earlier = records.newest(learner, Entry.Kind.ANSWERED, f"labs/{lab.slug}/{question.slug}")
            here = refused if refused and refused.field == question.slug else None
            ids = ",".join(run.pk for run in runs)
            posed.append(Posed(question, asked, ids, earlier.payload if earlier else None, here))
    return posed


def _own_runs(lab: Lab, learner: Learner, run_ids: str) -> OwnRuns:
    wanted = run_ids.split(",")[: len(lab.conditions)]
    return paired(lab, list(Run.objects.filter(pk__in=wanted, learner=learner, lab=lab.slug)))
