"""What the blocks `trace` and `stepper` share: recordings by name, rows by number, and where they come from."""

import re

from authoring.blocks import Block
from authoring.problems import ContentError, did_you_mean
from lessons.traces.recipe import RECIPES_FILE, read_recipes
from lessons.traces.recording import Recording, read_recording, recording_path

NAME = re.compile(r"traces/([a-z][a-z0-9-]*)\.json")
ROWS = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")


def recorded(block: Block, name: str) -> Recording:
    """The recording `traces/late.json` of a lesson. Raises ContentError when no recipe makes it, or nobody has."""
    folder = block.path.parent
    recipes = read_recipes(folder / "traces")
    found = NAME.fullmatch(name)
    if not found or found[1] not in recipes:
        known = [f"traces/{recipe}.json" for recipe in recipes]
        raise ContentError(f"No recipe in traces/{RECIPES_FILE} makes {name}.", did_you_mean(name, known))
    path = recording_path(folder, found[1])
    if not path.exists():
        raise ContentError(f"{name} has not been recorded.", f"Run `manage.py record-trace {folder.name}`.")
    return read_recording(path)


def wanted_rows(block: Block, count: int) -> list[int]:
    """The numbers in `rows="1-3, 9"`, all of them without it. Raises ContentError for a row that is not there."""
    numbers: list[int] = []
    for part in block.options.get("rows", f"1-{count}").split(","):
        found = ROWS.fullmatch(part.strip())
        if not found:
            raise ContentError(f"“{part.strip()}” names no rows.", 'Write rows="3", rows="3-7" or rows="1-3, 9".')
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= count:
            raise ContentError(f"“{part.strip()}” is not in the recording.", f"It has rows 1 to {count}.")
        numbers += range(first, last + 1)
    return numbers


def provenance(recording: Recording) -> str:
    """When and with what it was recorded."""
    versions = ", ".join(f"{name} {version}" for name, version in recording.versions.items())
    return f"Recorded {recording.recorded_on} on {recording.machine} with {versions}. ms: since the form was posted."
