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


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """Give the cookie of a learner made during this request to the browser."""
    learner = request.META.get("brokered.new_learner")
    if learner is None:
        return
    response.set_cookie(
        settings.LEARNER_COOKIE,
        signing.dumps(str(learner.pk), salt=SALT),
        max_age=COOKIE_AGE_S,
        secure=settings.SITE_IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _key_in_cookie(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(signing.loads(request.COOKIES.get(settings.LEARNER_COOKIE, ""), salt=SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
