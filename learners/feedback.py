"""What people say about a page: helpful or not, and problems, in their own words. Nobody is asked for an address."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from learners import throttle
from learners.identity import ensure_learner
from learners.models import Feedback

LONGEST_TEXT = 2_000
OF_ONE_LEARNER = throttle.Limit("feedback", most=20, window_s=3600)
OF_ONE_PLACE = throttle.Limit("feedback-place", most=200, window_s=3600)  # a class of thirty may come from one address


class NotTaken(ValueError):
    """Something that cannot be kept as it is; the message names the remedy."""


class TooMuch(Exception):
    """More than is read. `wait_s`: seconds until the next is taken."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


@dataclass(frozen=True)
class About:
    """The page that something is said about. `version` is a hash of its text. Lesson, mode and version may be empty."""

    address: str
    title: str
    lesson: str = ""
    mode: str = ""
    version: str = ""


@dataclass(frozen=True)
class Said:
    """What was said: a verdict, a text, or both."""

    verdict: str
    text: str


def read_said(form: Mapping[str, str]) -> Said:
    """What a form says in `verdict` and `text`. Raises NotTaken."""
    verdict = form.get("verdict", "")
    text = form.get("text", "").replace("\r\n", "\n").replace("\0", "").strip()
    if verdict not in {"", *Feedback.Verdict.values}:
        raise NotTaken("Choose “yes” or “no”, or neither.")
    if len(text) > LONGEST_TEXT:
        over = len(text) - LONGEST_TEXT
        raise NotTaken(f"That is {len(text):,} characters, and {LONGEST_TEXT:,} fit. Take out {over:,}.")
    if not verdict and not text:
        raise NotTaken("Nothing is said yet. Choose “yes” or “no”, or write what is wrong.")
    return Said(verdict, text)


def keep(request: HttpRequest, about: About, said: Said) -> Feedback:
    """Keep it for the instructor. Raises TooMuch."""
    place = throttle.place_of(request)
    if wait_s := throttle.seconds_to_wait(OF_ONE_PLACE, place):
        raise TooMuch(wait_s)
    learner = ensure_learner(request)
    if wait_s := throttle.seconds_to_wait(OF_ONE_LEARNER, throttle.person(learner)):
        raise TooMuch(wait_s)
    throttle.count(OF_ONE_PLACE, place)
    throttle.count(OF_ONE_LEARNER, throttle.person(learner))
    page = {"about": about.address, "lesson": about.lesson, "mode": about.mode, "version": about.version}
    return Feedback.objects.create(learner=learner, verdict=said.verdict, text=said.text, **page)
