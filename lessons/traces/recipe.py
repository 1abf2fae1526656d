"""What is to be recorded, as an author writes it in `traces/recipes.toml` of a lesson.

    [late]
    project = "examples/first_task"
    app = "mysite"
    post = "/sign-up/"
    form = { name = "ada", email = "ada@example.org" }
    before = { name = "otto", email = "otto@example.org" }
    mail_ms = 300
    settings = { CELERY_TASK_ACKS_LATE = true }

The recording is kept beside it, as `late.json`. The form `before` is posted first, and not recorded: the first publish
of a process connects and declares its queue. The mail server greets `mail_ms` after somebody has connected. `settings`
are added to the project's own. With `kill = true` the worker gets SIGKILL once its task has been greeted, and another
one is started. Queries are noted until the answer is there: those of the task itself have no row.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from authoring.problems import ContentError, did_you_mean
from lessons.reading import Refused, read_text

RECIPES_FILE = "recipes.toml"
NAME, PROJECT = re.compile(r"[a-z][a-z0-9-]*"), re.compile(r"\w[\w.-]*(/\w[\w.-]*)*")
NEEDED: Mapping[str, type] = {"project": str, "app": str, "post": str, "form": dict, "before": dict, "mail_ms": int}
ALLOWED: Mapping[str, type] = {"settings": dict, "kill": bool}
LONGEST_MAIL_MS = 2_000


@dataclass(frozen=True)
class Recipe:
    """One recording: a form is posted to a Django project whose Celery app is the module `app`."""

    name: str
    project: str
    app: str
    post: str
    form: Mapping[str, str]
    before: Mapping[str, str]
    mail_ms: int
    settings: Mapping[str, Any] = field(default_factory=dict)
    kill: bool = False

    @property
    def is_late(self) -> bool:
        """Whether its tasks are acknowledged when they end."""
        return bool(self.settings.get("CELERY_TASK_ACKS_LATE"))

    @property
    def visibility_timeout_s(self) -> float:
        """After how long a message that was not acknowledged is given out again."""
        options = self.settings.get("CELERY_BROKER_TRANSPORT_OPTIONS", {})
        return float(options.get("visibility_timeout", 3600))


def read_recipes(folder: Path) -> dict[str, Recipe]:
    """The recipes of one folder by name; none without the file. Raises ContentError for what cannot be read."""
    path = folder / RECIPES_FILE
    if not path.exists():
        return {}
    try:
        data = tomllib.loads(read_text(path))
    except Refused as refused:
        raise ContentError(refused.problem.message, refused.problem.hint) from None
    except (ValueError, RecursionError) as error:
        raise ContentError(f"{RECIPES_FILE} cannot be read: {error}.", "Repair it there.") from None
    return {name: _recipe(name, values) for name, values in data.items()}


def _recipe(name: str, values: Any) -> Recipe:
    where = f"The recipe {name} in {RECIPES_FILE}"
    if not NAME.fullmatch(name):
        raise ContentError(f"{where} cannot be called so.", "Use small letters, digits and hyphens.")
    if not isinstance(values, dict):
        raise ContentError(f"{where} is no table.", f"Begin it with a line of [{name}].")
    kinds = {**NEEDED, **ALLOWED}
    for key, value in values.items():
        if key not in kinds:
            raise ContentError(f"{where} has no {key}.", did_you_mean(key, kinds))
        if type(value) is not kinds[key]:
            raise ContentError(f"{where} has a {key} of the wrong kind.", f"Write a {kinds[key].__name__}.")
    missing = [key for key in NEEDED if key not in values]
    if missing:
        raise ContentError(f"{where} lacks {', '.join(missing)}.", "lessons/traces/recipe.py shows a whole one.")
    if not PROJECT.fullmatch(values["project"]):
        raise ContentError(f"{where} has its project outside the lesson.", 'Write project = "examples/its_folder".')
    if not 0 < values["mail_ms"] <= LONGEST_MAIL_MS:
        raise ContentError(f"{where} has a mail of {values['mail_ms']} ms.", f"At most {LONGEST_MAIL_MS}.")
    return Recipe(name, **values)
