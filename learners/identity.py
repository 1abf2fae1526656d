"""Telling learners apart without an account: a signed cookie, set by the first POST and never by a GET."""

import uuid

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from learners.models import Learner

SALT = "learners.identity"
COOKIE_AGE_S = 365 * 24 * 3600


def current_learner(request: HttpRequest) -> Learner | None:
    """The learner of this browser, or None when it has never written anything. One query when there is a cookie."""
    made: Learner | None = request.META.get("brokered.new_learner")
    if made:
        return made
    key = _key_in_cookie(request)
    return Learner.objects.filter(pk=key).first() if key else None


def ensure_learner(request: HttpRequest) -> Learner:
    """The learner of this browser, made now if there is none, for views that write. The answer carries the cookie."""
    learner = current_learner(request)
    if learner is None:
        learner = Learner.objects.create()
        request.META["brokered.new_learner"] = learner
    return learner


def become(request: HttpRequest, learner: Learner) -> None:
    """Make this browser's learner another one, for a view that has seen a right code. The answer carries the cookie."""
    request.META["brokered.new_learner"] = learner


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Give the cookie of a learner made during this request to the browser, and beside it one that scripts can read.

    That one says only that there is a learner: a page that is the same for everyone then knows that it may ask.
    """
    learner = request.META.get("brokered.new_learner")
    if learner is None:
        return
    key = signing.dumps(str(learner.pk), salt=SALT)
    for name, value, for_scripts in ((settings.LEARNER_COOKIE, key, False), (_known_cookie(), "1", True)):
        response.set_cookie(
            name,
            value,
            max_age=COOKIE_AGE_S,
            secure=settings.SITE_IS_HTTPS,
            httponly=not for_scripts,
            samesite="Lax",
        )


def forget_in_browser(response: HttpResponse) -> None:
    """Take both cookies back, and with them what scripts of this site have noted in the browser."""
    for name in (settings.LEARNER_COOKIE, _known_cookie()):
        response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = '"storage"'


def _known_cookie() -> str:
    return f"{settings.LEARNER_COOKIE}_known"


def _key_in_cookie(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(signing.loads(request.COOKIES.get(settings.LEARNER_COOKIE, ""), salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
