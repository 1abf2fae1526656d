"""What labs hold of a learner, told on their page /me/."""

from labs.bench.models import Experiment, Place, Run
from learners.held import Kind, Line, in_words, register


def register_kinds() -> None:
    """Make them known."""
    register(Kind("runs", "What you ran", lambda who: who.runs.order_by("created_at", "pk"), _run))
    register(
        Kind("experiments", "Your experiments", lambda who: who.experiments.order_by("created_at", "pk"), _experiment)
    )
    register(
        Kind("places", "Your place in line", lambda who: Place.objects.filter(learner=who).order_by("since"), _place)
    )


def _run(run: Run) -> Line:
    wait = "" if run.wait_ms is None else f": you waited {run.wait_ms:,.0f} ms"
    words = f"{run.lab}, {run.condition}, {in_words(run.parameters)}{wait}"
    return Line(run.created_at, words, f"/labs/{run.lab}/runs/{run.pk}/")


def _experiment(experiment: Experiment) -> Line:
    words = f"{experiment.lab}, {in_words(experiment.parameters)}: {experiment.state}"
    return Line(experiment.created_at, words, f"/labs/{experiment.lab}/runs/{experiment.pk}/")


def _place(place: Place) -> Line:
    return Line(place.since, "You stand in line for a measuring slot.")
