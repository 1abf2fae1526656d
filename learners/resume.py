"""Carrying a learner to another browser with a code of four words. Only a POST makes or uses one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from learners import held, throttle
from learners.identity import become, current_learner
from learners.models import Learner, ResumeCode
from learners.words import draw_code, read_code

LIFETIME = timedelta(hours=1)
WRONG_CODES = throttle.Limit("wrong-code", most=10, window_s=600)


class WrongCode(ValueError):
    """Nobody has this code now; the message says why that may be."""


class TooManyWrong(Exception):
    """Too many wrong codes from one place. `wait_s`: seconds until the next may be tried."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


@dataclass(frozen=True)
class Code:
    """A code as it is shown, once: only its digest is kept."""

    words: str
    expires_at: datetime


def make_code(learner: Learner) -> Code:
    """A new code for a learner. One that was made before no longer works."""
    code = Code(draw_code(), timezone.now() + LIFETIME)
    ResumeCode.objects.update_or_create(
        learner=learner, defaults={"digest": _digest(code.words), "expires_at": code.expires_at}
    )
    return code


def enter_code(request: HttpRequest, typed: str) -> Code | None:
    """Make the learner of a code this browser's own, and use the code up.

    Returns a code for what this browser held before, None when that was nothing. Raises NoCode, WrongCode,
    TooManyWrong.
    """
    place = throttle.place_of(request)
    if wait_s := throttle.seconds_to_wait(WRONG_CODES, place):
        raise TooManyWrong(wait_s)
    carried = _use_up(read_code(typed))
    if carried is None:
        throttle.count(WRONG_CODES, place)
        raise WrongCode("Nobody has this code now. A code works once, for an hour, and until a newer one is made.")
    before = current_learner(request)
    become(request, carried)
    return _left_behind(before) if before and before != carried else None


def _use_up(words: str) -> Learner | None:
    with transaction.atomic():
        alive = ResumeCode.objects.filter(digest=_digest(words), expires_at__gt=timezone.now())
        code = alive.select_related("learner").first()
        used, _ = alive.delete()  # of two who enter it at once, one deletes it
        return code.learner if code and used else None


def _left_behind(learner: Learner) -> Code | None:
    if held.is_empty(learner):
        learner.delete()
        return None
    return make_code(learner)


def _digest(words: str) -> str:
    return salted_hmac("learners.resume", words, algorithm="sha256").hexdigest()
