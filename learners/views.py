"""What a page that is the same for everyone asks about its learner: `/me.json`, and noting a guess."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from learners.guesses import BadGuess, keep_guess, read_guess
from learners.identity import current_learner, ensure_learner
from learners.models import Entry
from learners.progress import progress_of


@never_cache
@require_GET
def me(request: HttpRequest) -> JsonResponse:
    """The CSRF token; the learner's own guesses by slug, the labs where they have written, and how far they are with
    each mode of each lesson. Makes no learner."""
    learner = current_learner(request)
    guesses = learner.entries.filter(kind=Entry.Kind.PREDICTED).order_by("at") if learner else Entry.objects.none()
    labs = learner.entries.filter(slug__startswith="labs/").values_list("slug", flat=True) if learner else ()
    return JsonResponse(
        {
            "csrf": get_token(request),
            "labs": sorted({slug.removeprefix("labs/") for slug in labs}),
            "learner": learner is not None,
            "progress": progress_of(learner),
            "guesses": {entry.slug: entry.payload.get("choice") for entry in guesses if "choice" in entry.payload},
        }
    )


@require_POST
def note_guess(request: HttpRequest) -> HttpResponseBase:
    """Keep a choice made before reading on (`slug`, `choice`), or that the learner chose to pass (`choice` empty).

    A plain form is led `back` to an address of this site; a script gets JSON.
    """
    try:
        guess = read_guess(request.POST)
    except BadGuess as problem:
        return JsonResponse({"error": str(problem)}, status=400)
    keep_guess(ensure_learner(request), guess)
    back = request.POST.get("back", "")
    if request.headers.get("Accept") != "application/json" and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    ):
        return redirect(back)
    return JsonResponse({"noted": guess.choice}, status=201)
