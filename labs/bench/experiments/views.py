"""The pages of every bench lab: the lab, starting and stopping its experiment, one result."""

import csv
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from labs.bench.experiments import comparison, keeper, line
from labs.bench.experiments.lab import ExperimentLab
from labs.bench.experiments.page import experiment_page, result_page, state_of
from labs.bench.explain import explanation
from labs.bench.models import Experiment
from labs.bench.registry import all_labs
from learners import records
from learners.identity import current_learner, ensure_learner
from learners.models import Entry


class BenchLabConverter:
    """In an address: the slug of a bench lab, as its lab. Slugs of other labs are left to the next pattern."""

    regex = "[-a-z0-9]+"

    def to_python(self, slug: str) -> ExperimentLab:
        """The lab of that name. Raises ValueError when there is none, or it is of the other kind."""
        lab = all_labs().get(slug)
        if not isinstance(lab, ExperimentLab):
            raise ValueError(slug)
        return lab

    def to_url(self, lab: ExperimentLab | str) -> str:
        """Its slug."""
        return lab if isinstance(lab, str) else lab.slug


@never_cache
@require_safe
def lab(request: HttpRequest, lab: ExperimentLab) -> HttpResponse:
    """One bench lab, at the stage where this learner is."""
    keeper.start_next()  # whoever waits goes on waiting only while somebody runs
    return _page(request, lab)


@require_POST
def predict(request: HttpRequest, lab: ExperimentLab) -> HttpResponse:
    """Keep the guesses, or that the learner chose to go on without any."""
    kind, payload = Entry.Kind.SKIPPED, {}
    if "skip" not in request.POST:
        guesses, problems = lab.read_guesses(request.POST)
        if problems:
            return _page(request, lab, status=400, written=request.POST, problems=problems)
        kind, payload = Entry.Kind.PREDICTED, {"guesses": guesses}
    records.write(ensure_learner(request), kind, f"labs/{lab.slug}", payload)
    return redirect(f"{reverse('bench:lab', args=[lab.slug])}#run")


@require_POST
def start(request: HttpRequest, lab: ExperimentLab) -> HttpResponse:
    """Put an experiment in line, and start it if nobody else runs one."""
    parameters, problems = lab.read_parameters(request.POST)
    if problems:
        return _page(request, lab, status=400, written=request.POST, problems=problems)
    try:
        experiment = line.ask(lab, ensure_learner(request), parameters)
    except line.Refused as refused:
        return _page(request, lab, status=429, written=request.POST, reason=str(refused))
    keeper.start_next()
    return redirect(f"{reverse('bench:lab', args=[experiment.lab])}#run")


@require_POST
def stop(request: HttpRequest, lab: ExperimentLab, key: str) -> HttpResponse:
    """Leave the line, or stop while it runs: only its owner may."""
    learner = current_learner(request)
    if learner is None:
        raise Http404
    line.stop(get_object_or_404(Experiment, pk=key, lab=lab.slug, learner=learner))
    return redirect(f"{reverse('bench:lab', args=[lab.slug])}#run")


@never_cache
@require_safe
def result(request: HttpRequest, lab: ExperimentLab, key: str) -> HttpResponse:
    """One experiment: its figure, tables and setting; `?with=` puts another beside it.

    Whoever has the address may read it; it names nobody.
    """
    experiment, wanted = _find(lab, key), request.GET.get("with", "")
    context = result_page(lab, experiment) | comparison.compared(lab, experiment, wanted)
    context |= {"wanted": wanted[:200], "own": comparison.offered(lab, current_learner(request), experiment)}
    return render(request, "bench/experiment_result.html", context, status=400 if "other_problem" in context else 200)


@never_cache
@require_safe
def result_json(request: HttpRequest, lab: ExperimentLab, key: str) -> JsonResponse:
    """The same as data; while it waits or runs, how far it is."""
    experiment = _find(lab, key)
    if experiment.state == Experiment.State.WAITING:
        keeper.start_next()
    return JsonResponse(state_of(experiment))


@never_cache
@require_safe
def result_csv(request: HttpRequest, lab: ExperimentLab, key: str) -> HttpResponse:
    """Every single measurement as one row."""
    experiment = _find(lab, key)
    rows: list[dict[str, Any]] = experiment.result.get("rows", [])
    name = f'attachment; filename="{lab.slug}{"-partial" if experiment.partial else ""}.csv"'
    response = HttpResponse(content_type="text/csv", headers={"Content-Disposition": name})
    writer = csv.DictWriter(response, dict.fromkeys(name for row in rows for name in row))
    writer.writeheader()
    writer.writerows(rows)
    return response


@require_POST
def keep_explanation(request: HttpRequest, lab: ExperimentLab) -> HttpResponse:
    """Keep the learner's own sentence."""
    text = request.POST.get("text", "")
    return _explained(request, lab, text, lambda: explanation.keep_explanation(lab, ensure_learner(request), text))


@require_POST
def compare_ideas(request: HttpRequest, lab: ExperimentLab) -> HttpResponse:
    """Keep which of our ideas the sentence had."""
    ticked = request.POST.getlist("idea")
    return _explained(request, lab, "", lambda: explanation.keep_ticks(lab, ensure_learner(request), ticked))


def _explained(request: HttpRequest, lab: ExperimentLab, text: str, keep: Callable[[], None]) -> HttpResponse:
    try:
        keep()
    except explanation.NotTaken as problem:
        return _page(request, lab, status=400, refused=explanation.Refused(problem.field, str(problem), text))
    return redirect(f"{reverse('bench:lab', args=[lab.slug])}#explain")


def _page(request: HttpRequest, lab: ExperimentLab, status: int = 200, **more: Any) -> HttpResponse:
    context = experiment_page(lab, current_learner(request), **more)
    return render(request, "bench/experiment_lab.html", context, status=status)


def _find(lab: ExperimentLab, key: str) -> Experiment:
    return get_object_or_404(Experiment, pk=key, lab=lab.slug)
