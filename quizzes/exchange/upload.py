"""An upload that is refused before it is read when it is larger than a quiz may be."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from quizzes.exchange.files import LARGEST_BYTES

FORM_BYTES = 10_000  # the other fields of the form, and what separates them

View = Callable[[HttpRequest], HttpResponseBase]


def bounded_upload(refuse: View) -> Callable[[View], View]:
    """A decorator: a POST that announces too much, or not how much, is answered by `refuse`, unread.

    Django's protection against forged requests reads a form to find its token, so that it has to come second here.
    """

    def decorated(view: View) -> View:
        protected: View = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def bounded(request: HttpRequest) -> HttpResponseBase:
            return refuse(request) if request.method == "POST" and _is_too_large(request) else protected(request)

        return bounded

    return decorated


def _is_too_large(request: HttpRequest) -> bool:
    length = request.headers.get("Content-Length", "")
    return not length.isdecimal() or int(length[:12]) > LARGEST_BYTES + FORM_BYTES
