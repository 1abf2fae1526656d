"""The timed request: one run, answered to a script as JSON and to a plain form by leading it back."""

import time
from typing import TypeVar
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from authoring.lanes import route
from labs.bench import limits, runs
from labs.bench.claims.registry import all_claims
from labs.bench.doors import PartIsDown
from labs.bench.lab import Condition, Lab
from labs.bench.models import Run
from labs.bench.slots import NoSlotFree
from labs.bench.state import addresses_of
from learners.guesses import keep_guess_of_form
from learners.identity import ensure_learner
from learners.models import Learner

FORM_PATIENCE_S = 5.0  # a plain form cannot stand in line by itself, so the server does it for this long
LOOK_AGAIN_S = 0.05
FULL = "So many people are in line that yours would take minutes. Come back later; nothing is lost."

Answer = TypeVar("Answer", bound=HttpResponse)


def is_script(request: HttpRequest) -> bool:
    """Does a script ask, with fetch or XMLHttpRequest, or with htmx's header for a piece of HTML?"""
    return request.headers.get("Accept") == "application/json" or "HX-Request" in request.headers


def script_answer(request: HttpRequest, lab: Lab, condition: Condition, arrived: float) -> HttpResponse:
    """Run for a script: 201 done or handed over, 400 bad parameter, 429 too many, 503 in line or a part is down.

    `arrived` is when the view was entered, in seconds since the epoch.
    """
    learner = ensure_learner(request)
    parameters, problems = lab.read_parameters(request.POST)
    if problems:
        return JsonResponse({"problems": problems}, status=400)
    if reason := limits.too_many(learner):
        return JsonResponse({"reason": reason}, status=429)
    in_crowd = "anyway" in request.POST and not limits.crowd_is_full()
    try:
        run = runs.make_run(lab, condition, learner, parameters, arrived=arrived, in_crowd=in_crowd)
    except NoSlotFree as line:
        return _in_line(line)
    except PartIsDown as trouble:
        html = render_to_string("bench/_down.html", down_context(lab, trouble))
        return JsonResponse({"lane": trouble.lane, "trouble": str(trouble), "html": html}, status=503)
    return repeat(_done(request, run), run)


def _in_line(line: NoSlotFree) -> JsonResponse:
    if line.is_full:
        return JsonResponse({"reason": FULL}, status=429)
    place = {"place": line.ahead + 1, "said": str(line), "again_ms": line.again_ms}
    return JsonResponse({"in_line": True} | place, status=503, headers={"Retry-After": "1"})


def _done(request: HttpRequest, run: Run) -> HttpResponse:
    if request.headers.get("Accept") != "application/json":
        return HttpResponse(render_to_string("bench/_answer.html", addresses_of(run)), status=201)
    return JsonResponse(addresses_of(run), status=201)


def form_answer(request: HttpRequest, lab: Lab, condition: Condition) -> HttpResponse:
    """Run for a plain form and lead it back; a part that is down is told on a page of its own.

    The view's clock starts when the run does: standing in line is no part of what is measured.
    """
    learner = ensure_learner(request)
    keep_guess_of_form(learner, request.POST)
    parameters, problems = lab.read_parameters(request.POST)
    if problems:
        return redirect(f"{reverse('bench:lab', args=[lab.slug])}?{urlencode(_given(lab, request))}")
    if reason := limits.too_many(learner):
        return render(request, "bench/too_many.html", {"lab": lab, "reason": reason}, status=429)
    try:
        run, stood_in_line = _run_when_free(lab, condition, learner, parameters)
    except NoSlotFree as line:
        reason = (
            f"{line} So many are that one more run would measure only them. Nothing is lost: go back and try again."
        )
        return render(request, "bench/too_many.html", {"lab": lab, "reason": reason}, status=503)
    except PartIsDown as trouble:
        return render(request, "bench/down.html", down_context(lab, trouble), status=503)
    return redirect(_next_page(request, run, stood_in_line))


def _next_page(request: HttpRequest, run: Run, stood_in_line: bool) -> str:
    """Where a form's run leads. A page whose script times the form is told which run it was.

    Such a page begins at its top, and its script leads to the place: Firefox reports no first contentful paint of a
    page that begins further down.
    """
    back = request.POST.get("back", "")
    if back == "home":
        return "/#experiment"
    query, is_timed = dict(run.parameters), "timed" in request.POST
    if is_timed:
        if stood_in_line:
            runs.note_line(run)
        query["run"] = run.pk
    claim_id = back.removeprefix("claims/")
    page, place = (reverse("bench:lab", args=[run.lab]), "run")
    if claim_id in all_claims():
        page, place = reverse("claims:claim", args=[claim_id]), "here"
    return f"{page}?{urlencode(query)}" + ("" if is_timed else f"#{place}")


def down_context(lab: Lab, trouble: PartIsDown) -> dict[str, object]:
    """What the words about a part that is down are made of."""
    return {"lab": lab, "lane": trouble.lane, "trouble": str(trouble), "route": route(**{trouble.lane: str(trouble)})}


def repeat(response: Answer, run: Run | None) -> Answer:
    """Put a run's Server-Timing on a response; after a redirect the browser shows only the last page's."""
    if run is not None and run.web_stamps:
        response.headers["Server-Timing"] = runs.server_timing(run)
    return response


def _run_when_free(lab: Lab, condition: Condition, learner: Learner, parameters: dict[str, int]) -> tuple[Run, bool]:
    """The run, and whether it stood in line."""
    give_up, stood_in_line = time.monotonic() + FORM_PATIENCE_S, False
    while True:
        try:
            run = runs.make_run(lab, condition, learner, parameters, arrived=time.time(), in_crowd=False)
            return run, stood_in_line
        except NoSlotFree:
            if time.monotonic() >= give_up and limits.crowd_is_full():
                raise
            if time.monotonic() >= give_up:
                break
            stood_in_line = True
            connection.close()  # who stands in line holds no place in PostgreSQL's connection pool
            time.sleep(LOOK_AGAIN_S)
    return runs.make_run(lab, condition, learner, parameters, arrived=time.time(), in_crowd=True), True


def _given(lab: Lab, request: HttpRequest) -> dict[str, str]:
    return {p.name: request.POST[p.name][:20] for p in lab.parameters if p.name in request.POST}
