"""The pages of every lab: all labs, one lab, one run."""

import time

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from labs.bench import comparison, crowd, exports, page, runs, timing, trace
from labs.bench.experiments.lab import ExperimentLab
from labs.bench.forms import BadMeasurement, read_browser_stamps, read_prediction
from labs.bench.lab import Lab
from labs.bench.models import Run
from labs.bench.registry import all_labs
from labs.bench.results import runs_of
from labs.bench.state import state_of
from learners import records
from learners.identity import current_learner, ensure_learner
from learners.models import Entry


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All labs."""
    return render(request, "bench/index.html", {"labs": all_labs().values()})


@never_cache
@require_safe
@gzip_page  # not the timed answers: those are short, and their time is measured
def lab(request: HttpRequest, slug: str) -> HttpResponse:
    """One lab, at the stage where this learner is."""
    context = page.lab_page(find_lab(slug), current_learner(request), request.GET)
    response = render(request, "bench/lab.html", context, status=400 if context["problems"] else 200)
    return timing.repeat(response, context["results"].newest)


@require_POST
def predict(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a prediction, or that the learner chose to go on without one."""
    asked = find_lab(slug)
    if "skip" in request.POST:
        records.write(ensure_learner(request), Entry.Kind.SKIPPED, f"labs/{slug}", {})
        return redirect(f"{reverse('bench:lab', args=[slug])}#run")
    waits_ms, problems = read_prediction(asked, request.POST)
    if problems:
        context = page.lab_page(asked, current_learner(request), {}, prediction=request.POST, wrong=problems)
        return render(request, "bench/lab.html", context, status=400)
    records.write(ensure_learner(request), Entry.Kind.PREDICTED, f"labs/{slug}", {"waits_ms": waits_ms})
    return redirect(f"{reverse('bench:lab', args=[slug])}#run")


@require_POST
def run(request: HttpRequest, slug: str, condition: str) -> HttpResponse:
    """Do the work once under one condition. A script gets JSON; a form is led back to where it came from."""
    arrived = time.time()
    try:
        asked = find_lab(slug)
        chosen = asked.condition(condition)
    except KeyError:
        raise Http404(f"The lab {slug} has no condition {condition}.") from None
    if timing.is_script(request):
        return timing.script_answer(request, asked, chosen, arrived)
    return timing.form_answer(request, asked, chosen)


@require_POST
def keep_browser_side(request: HttpRequest, slug: str, run_id: str) -> HttpResponse:
    """Keep what the browser measured of a run; only its owner's browser may say so."""
    learner = current_learner(request)
    measured = get_object_or_404(Run, pk=run_id, lab=slug, learner=learner) if learner else None
    if measured is None:
        raise Http404
    try:
        stamps = read_browser_stamps(request.POST)
    except BadMeasurement as problem:
        return JsonResponse({"error": str(problem)}, status=400)
    runs.keep_browser_stamps(measured, stamps)
    return JsonResponse(state_of(measured))


@never_cache
@require_safe
def runs_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The learner's own runs at one setting as CSV."""
    made = _own_runs(request, slug)
    name = f'attachment; filename="{slug}.csv"'
    return HttpResponse(exports.as_csv(made), content_type="text/csv", headers={"Content-Disposition": name})


@never_cache
@require_safe
def runs_json(request: HttpRequest, slug: str) -> JsonResponse:
    """The learner's own runs at one setting as JSON."""
    return JsonResponse({"runs": exports.rows(_own_runs(request, slug))})


def _own_runs(request: HttpRequest, slug: str) -> list[Run]:
    asked = find_lab(slug)
    values, problems = asked.read_parameters(request.GET)
    if problems:
        raise Http404(" ".join(problems.values()))
    return runs_of(asked, current_learner(request), values)


@never_cache
@require_safe
def run_json(request: HttpRequest, slug: str, run_id: str) -> JsonResponse:
    """One run as data: its phase, spans and moments. Whoever has the address may read it; it names nobody."""
    return JsonResponse(state_of(get_object_or_404(Run, pk=run_id, lab=slug)))


@never_cache
@require_safe
def run_trace(request: HttpRequest, slug: str, run_id: str) -> JsonResponse:
    """One run as a trace file, for the Performance panel and for Perfetto."""
    run = get_object_or_404(Run, pk=run_id, lab=slug)
    runs.ask_for_mail(run)
    crowd.judge(run)
    address = request.build_absolute_uri(reverse("bench:run", args=[slug, run_id]))
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{run.condition}-{run_id[:8]}.trace.json"'}
    return JsonResponse(trace.trace_of(run, address), headers=headers)


@never_cache
@require_safe
def run_page(request: HttpRequest, slug: str, run_id: str) -> HttpResponse:
    """One run: its figure, every moment, a link to its data; `?with=` puts another run beside it."""
    asked, run = find_lab(slug), get_object_or_404(Run, pk=run_id, lab=slug)
    wanted = request.GET.get("with", "")
    context = page.run_page(asked, run) | comparison.compared(asked, run, wanted)
    context |= {"wanted": wanted[:200], "own_runs": comparison.offered(asked, current_learner(request), run.parameters)}
    return render(request, "bench/run.html", context, status=400 if "other_problem" in context else 200)


def find_lab(slug: str) -> Lab:
    """The request lab of that name; bench labs have views of their own. Raises Http404."""
    lab = all_labs().get(slug)
    if lab is None or isinstance(lab, ExperimentLab):
        raise Http404(f"There is no lab {slug}.")
    return lab
