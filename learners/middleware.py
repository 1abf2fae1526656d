"""Sends the cookie of a learner that was made during the request."""

from inspect import iscoroutinefunction

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

from learners.identity import remember


@sync_and_async_middleware
def learner_cookie(get_response):  # type: ignore[no-untyped-def]  # Django's own middleware type covers one of the two
    """Middleware in both of Django's styles, so that an ASGI request needs no extra thread for it."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            response: HttpResponse = await get_response(request)
            remember(request, response)
            return response

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = get_response(request)
        remember(request, response)
        return response

    return answer
