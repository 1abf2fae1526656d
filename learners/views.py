"""What a page that is the same for everyone asks about its learner: `/me.json`, and noting a guess."""

import re

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from learners import records
from learners.identity import current_learner, ensure_learner
from learners.models import Entry

SLUG = re.compile(r"[a-z0-9][a-z0-9/-]{0,118}")
LONGEST_CHOICE = 200


@never_cache
@require_GET
def me(request: HttpRequest) -> JsonResponse:
    """The CSRF token and the learner's own guesses, by slug. Makes no learner."""
    learner = current_learner(request)
    guesses = learner.entries.filter(kind=Entry.Kind.PREDICTED).order_by("at") if learner else Entry.objects.none()
    return JsonResponse(
        {
            "csrf": get_token(request),
            "learner": learner is not None,
            "guesses": {entry.slug: entry.payload.get("choice") for entry in guesses if "choice" in entry.payload},
        }
    )


@require_POST
def note_guess(request: HttpRequest) -> HttpResponseBase:
    """Keep a choice made before reading on (`slug`, `choice`), or that the learner chose to pass (`choice` empty).

    A plain form is led `back` to an address of this site; a script gets JSON.
    """
    slug, choice = request.POST.get("slug", ""), request.POST.get("choice", "").strip()
    if not SLUG.fullmatch(slug):
        return JsonResponse({"error": "slug: small letters, digits, - and /, up to 119 of them."}, status=400)
    if len(choice) > LONGEST_CHOICE:
        return JsonResponse({"error": f"choice: up to {LONGEST_CHOICE} characters."}, status=400)
    kind = Entry.Kind.PREDICTED if choice else Entry.Kind.SKIPPED
    records.write(ensure_learner(request), kind, slug, {"choice": choice} if choice else {})
    back = request.POST.get("back", "")
    if request.headers.get("Accept") != "application/json" and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    ):
        return redirect(back)
    return JsonResponse({"noted": choice}, status=201)
