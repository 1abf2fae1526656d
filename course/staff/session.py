"""Sessions on the pages of staff, and only there."""

from inspect import iscoroutinefunction
from typing import Any

from axes.middleware import AxesMiddleware
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

STAFF = "/staff/"


@sync_and_async_middleware
def staff_session(get_response):  # type: ignore[no-untyped-def]  # Django's own middleware type covers one of the two
    """Django's session and authentication below `/staff/`; a learner's request does not even pass through them."""
    signed_in: Any = SessionMiddleware(AuthenticationMiddleware(AxesMiddleware(get_response)))
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            chosen = signed_in if request.path_info.startswith(STAFF) else get_response
            response: HttpResponse = await chosen(request)
            return response

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = signed_in if request.path_info.startswith(STAFF) else get_response
        response: HttpResponse = chosen(request)
        return response

    return answer
