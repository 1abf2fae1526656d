"""The look inside Redis, for a script and for a plain form alike: one page, of which a script shows one part."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from labs.bench.doors import PartIsDown
from labs.bench.inside.look import Busy, look_inside
from labs.bench.inside.page import inside_page
from labs.bench.views import find_lab
from learners.identity import ensure_learner


@never_cache
@require_POST
def inside(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish one message where no worker listens, and show it: 200, 400 bad parameter, 429 wait, 503 Redis is down."""
    lab = find_lab(slug)
    if lab.message is None:
        raise Http404(f"The lab {slug} leaves no message in Redis.")
    parameters, problems = lab.read_parameters(request.POST)
    context = {"lab": lab, "parameters": parameters, "trouble": " ".join(problems.values())}
    if problems:
        return render(request, "bench/inside.html", context, status=400)
    try:
        look = look_inside(lab.message, parameters, str(ensure_learner(request).pk))
    except Busy as reason:
        return render(request, "bench/inside.html", context | {"trouble": str(reason)}, status=429)
    except PartIsDown as reason:
        return render(request, "bench/inside.html", context | {"down": str(reason)}, status=503)
    return render(request, "bench/inside.html", context | inside_page(look))
