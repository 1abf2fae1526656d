"""The learner's notebook: what they predicted, ran and explained, in order; read from what each feature keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from course.home import INP_SLUG, SOONER_SLUG
from labs.bench.calibration import Calibrated, calibrated
from labs.bench.crowd import judged
from labs.bench.experiments.lab import ExperimentLab
from labs.bench.experiments.line import with_result
from labs.bench.lab import Lab
from labs.bench.models import Experiment, Run
from labs.bench.registry import all_labs
from labs.bench.summary import Summary, summarise
from labs.bench.timeline import said
from learners import records
from learners.models import Entry, Learner

HOME_GUESSES = {SOONER_SLUG: "when the page answers with the queue", INP_SLUG: "what the queue does to INP"}


@dataclass(frozen=True)
class Item:
    """One thing the learner did. `pencil` is in their own words, `text` in ours."""

    at: datetime
    kind: str
    pencil: str
    text: str
    address: str = ""


@dataclass(frozen=True)
class Section:
    """One lab, or all guesses made elsewhere, oldest first."""

    title: str
    address: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Notebook:
    """Everything one learner has written and run. Nothing of anybody else."""

    sections: tuple[Section, ...]
    calibrated: tuple[Calibrated, ...]

    @property
    def calibration(self) -> str:
        """How predictions and measurements compare, in words; empty while nothing predicted has been measured."""
        return calibration_in_words(self.calibrated)


def notebook_of(learner: Learner | None) -> Notebook:
    """The notebook of a learner; empty for somebody who has never written anything."""
    if learner is None:
        return Notebook((), ())
    entries = records.all_of(learner)
    runs = judged(Run.objects.filter(learner=learner).order_by("created_at"))
    experiments = list(with_result(learner.experiments.all()).reverse())
    sections = [_lab_section(lab, entries, runs, experiments) for lab in all_labs().values()]
    written = [section for section in (*sections, _elsewhere(entries)) if section.items]
    written.sort(key=lambda section: section.items[0].at)
    return Notebook(tuple(written), tuple(calibrated(learner)))


def calibration_in_words(all_of_them: Sequence[Calibrated]) -> str:
    """How many predictions were near, too little and too much; empty without a measured one."""
    measured = [one for one in all_of_them if one.measured_ms is not None]
    if not measured:
        return ""
    near = sum(one.is_near for one in measured)
    little = sum(not one.is_near and one.off_ms > 0 for one in measured)
    counted = [(near, "near"), (little, "too little"), (len(measured) - near - little, "too much")]
    told = ", ".join(f"{count} {word}" for count, word in counted if count)
    one_or_more = "prediction" if len(measured) == 1 else "predictions"
    return f"{len(measured)} {one_or_more} measured: {told}."


def _lab_section(lab: Lab, entries: Sequence[Entry], runs: Sequence[Run], experiments: Sequence[Experiment]) -> Section:
    slug = f"labs/{lab.slug}"
    own = [entry for entry in entries if entry.slug == slug or entry.slug.startswith(f"{slug}/")]
    items = [item for entry in own if (item := _written(lab, entry))]
    items += _ran(lab, [run for run in runs if run.lab == lab.slug], [item.at for item in items])
    items += [_experiment(lab, one) for one in experiments if one.lab == lab.slug and isinstance(lab, ExperimentLab)]
    return Section(lab.title, f"/{slug}/", tuple(sorted(items, key=lambda item: item.at)))


def _written(lab: Lab, entry: Entry) -> Item | None:
    """A prediction, an explanation or a number; None for what has no words of its own."""
    payload = entry.payload
    match entry.kind:
        case Entry.Kind.PREDICTED:
            return Item(entry.at, "You predicted", _predicted(lab, payload), "")
        case Entry.Kind.SKIPPED:
            return Item(entry.at, "You went on without a prediction", "", "")
        case Entry.Kind.EXPLAINED:
            return Item(entry.at, "You explained", payload["text"], _compared(payload))
        case Entry.Kind.ANSWERED:
            text = f"{payload['question']} Your runs say {payload['measured']}. {payload['because']}"
            return Item(entry.at, "You read off your runs", payload["written"], text)
        case _:
            return None


def _predicted(lab: Lab, payload: dict[str, Any]) -> str:
    waits_ms = payload.get("waits_ms", {})
    told = [f"{c.label} {waits_ms[c.slug]:,} ms" for c in lab.conditions if c.slug in waits_ms]
    if isinstance(lab, ExperimentLab):
        guesses = payload.get("guesses", {})
        told += [f"{one.label} {guesses[one.slug]:g} {one.unit}" for one in lab.guesses if one.slug in guesses]
    return ", ".join(told)


def _compared(payload: dict[str, Any]) -> str:
    if "had" not in payload:
        return ""
    missed = " ".join(f"“{idea}”" for idea in payload["missed"])
    told = f"It had {len(payload['had'])} of our {len(payload['had']) + len(payload['missed'])} ideas."
    return f"{told} Noted for review: {missed}" if missed else told


def _ran(lab: Lab, runs: Sequence[Run], written_at: Sequence[datetime]) -> list[Item]:
    """Runs between two things written, at one setting, as one item."""

    def stretch(run: Run) -> tuple[int, str]:
        return sum(at <= run.created_at for at in written_at), str(sorted(run.parameters.items()))

    return [_runs_item(lab, list(group)) for _, group in groupby(runs, key=stretch)]


def _runs_item(lab: Lab, runs: Sequence[Run]) -> Item:
    settings = ", ".join(
        f"{parameter.label[:1].lower()}{parameter.label[1:]} {runs[0].parameters[parameter.name]:,} {parameter.unit}"
        for parameter in lab.parameters
        if parameter.name in runs[0].parameters
    )
    summaries = [summarise(condition, runs, None, lab.figure) for condition in lab.conditions]
    told = ". ".join(_summary_in_words(one) for one in summaries if one.n)
    kept = sum(one.n for one in summaries)
    crowded = sum(run.crowded for run in runs)
    left_out = "" if kept == len(runs) else f" {len(runs) - kept} without a figure that counts"
    left_out += f", {crowded} of them measured in a crowd: run it again." if crowded else "." if left_out else ""
    title = "You ran it once" if len(runs) == 1 else f"You ran it {len(runs)} times"
    text = f"{told}{'.' if told else ''}{left_out} Setting: {settings or 'its own'}."
    return Item(runs[0].created_at, title, "", text.strip(), f"/labs/{lab.slug}/runs/{runs[-1].pk}/")


def _summary_in_words(one: Summary) -> str:
    assert one.median_ms is not None
    if one.n == 1:
        return f"{one.condition.label} {said(one.median_ms)}"
    return f"{one.condition.label} {said(one.median_ms)} at the median of {one.n} ({one.spread})"


def _experiment(lab: ExperimentLab, experiment: Experiment) -> Item:
    found = lab.findings(experiment.result, {})
    text = f"{'Partial. ' if experiment.partial else ''}{found.headline} {' '.join(found.sentences)}"
    title = (
        f"You stopped the experiment, partial: {experiment.partial}" if experiment.partial else "You ran the experiment"
    )
    return Item(experiment.created_at, title, "", text, f"/labs/{lab.slug}/runs/{experiment.pk}/")


def _elsewhere(entries: Sequence[Entry]) -> Section:
    """Choices made on the home page, in lessons and before claims."""
    items = [
        Item(entry.at, _guessed(entry.slug), entry.payload["choice"], "", _address(entry.slug))
        for entry in entries
        if entry.kind == Entry.Kind.PREDICTED and "choice" in entry.payload
    ]
    return Section("Guesses on other pages", "", tuple(items))


def _guessed(slug: str) -> str:
    about = HOME_GUESSES.get(slug)
    return f"You guessed {about}" if about else "You guessed"


def _address(slug: str) -> str:
    """Where a guess was made, without its own name at the end."""
    where, _, _ = slug.rpartition("/")
    return "/" if where == "home" else f"/{where}/"
