"""Who may see the pages of staff."""

from collections.abc import Callable

from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def staff_only(view: View) -> View:
    """Lets staff in and sends everybody else to the sign-in page. What staff sees is never cached."""
    guarded: View = user_passes_test(_is_staff)(view)
    return never_cache(guarded)


def _is_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    return user.is_active and bool(getattr(user, "is_staff", False))
