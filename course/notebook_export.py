"""The notebook to take along: as Markdown to read, as JSON with every row that is kept."""

from typing import Any

from django.utils import timezone

from course.notebook import Item, Notebook, Section
from labs.bench import exports
from labs.bench.calibration import Calibrated
from labs.bench.models import Experiment, Run
from learners import records
from learners.models import Learner

MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|!"})


def as_markdown(notebook: Notebook) -> str:
    """The whole notebook as Markdown."""
    parts = [f"# My notebook, {timezone.now():%Y-%m-%d}\n"]
    if notebook.calibrated:
        parts.append(_calibration(notebook))
    parts += [_section(section) for section in notebook.sections]
    return "\n".join(parts)


def as_data(learner: Learner | None) -> dict[str, Any]:
    """Every entry, run and experiment of the learner, as they are kept; times are ISO 8601 in UTC."""
    entries = [
        {"at": entry.at.isoformat(), "kind": entry.kind, "slug": entry.slug, "payload": entry.payload}
        for entry in records.all_of(learner)
    ]
    runs = Run.objects.filter(learner=learner).order_by("created_at") if learner else Run.objects.none()
    experiments = Experiment.objects.filter(learner=learner).order_by("created_at") if learner else []
    return {
        "entries": entries,
        "runs": exports.rows(list(runs)),
        "experiments": [
            {
                "experiment": one.pk,
                "lab": one.lab,
                "at": one.created_at.isoformat(),
                "state": one.state,
                "parameters": one.parameters,
                "result": one.result,
            }
            for one in experiments
        ],
    }


def _calibration(notebook: Notebook) -> str:
    head = "## Calibration\n\n| Lab | Way | You wrote, ms | Measured, ms | n | |\n|---|---|---|---|---|---|"
    rows = "\n".join(_calibrated(one) for one in notebook.calibrated)
    return f"{head}\n{rows}\n\n{notebook.calibration}\n"


def _calibrated(one: Calibrated) -> str:
    cells = (one.lab.title, one.condition.label, one.predicted, one.measured, str(one.n), one.verdict)
    return f"| {' | '.join(_plain(cell) for cell in cells)} |"


def _section(section: Section) -> str:
    return f"## {_plain(section.title)}\n\n" + "\n".join(_item(item) for item in section.items) + "\n"


def _item(item: Item) -> str:
    said = f" *{_plain(item.pencil)}*" if item.pencil else ""
    text = f" {_plain(item.text)}" if item.text else ""
    return f"- {item.at:%Y-%m-%d %H:%M} **{item.kind}.**{said}{text}"


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return text.translate(MARKDOWN_SIGNS)
