"""Measuring a claim on the course's server: starting its experiment, watching it, stopping it."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from labs.bench.claims import server
from labs.bench.claims.claim import Claim
from labs.bench.claims.views import claim_page, find_claim
from labs.bench.experiments import keeper, line
from labs.bench.experiments.page import state_of
from labs.bench.experiments.registry import Measurable
from labs.bench.models import Experiment
from learners.identity import current_learner, ensure_learner


@require_POST
def measure(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Put the claim's experiment in line, and start it if nobody else runs one."""
    claim, _ = _find(claim_id)
    form = request.POST.dict()
    try:
        problems = server.start(claim, ensure_learner(request), form)
    except line.Refused as refused:
        return claim_page(request, claim, server.Refused(form, reason=str(refused)), status=429)
    if problems:
        return claim_page(request, claim, server.Refused(form, problems), status=400)
    return _back(claim)


@never_cache
@require_safe
def state(request: HttpRequest, claim_id: str, key: str) -> JsonResponse:
    """How far it is, and its rows when there are some. Whoever has the address may read it; it names nobody."""
    _, experiment = _find(claim_id)
    asked = get_object_or_404(Experiment, pk=key, lab=experiment.slug)
    if asked.state == Experiment.State.WAITING:
        keeper.start_next()
    return JsonResponse(state_of(asked))


@require_POST
def stop(request: HttpRequest, claim_id: str, key: str) -> HttpResponse:
    """Leave the line, or stop while it runs: only its owner may."""
    claim, experiment = _find(claim_id)
    learner = current_learner(request)
    if learner is None:
        raise Http404
    line.stop(get_object_or_404(Experiment, pk=key, lab=experiment.slug, learner=learner))
    return _back(claim)


def _find(claim_id: str) -> tuple[Claim, Measurable]:
    claim = find_claim(claim_id)
    experiment = server.experiment_of(claim)
    if experiment is None:
        raise Http404(f"The claim {claim_id} is not measured on the server.")
    return claim, experiment


def _back(claim: Claim) -> HttpResponse:
    return redirect(f"{reverse('claims:claim', args=[claim.id])}#here")
