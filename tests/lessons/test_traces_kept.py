"""Otto records what his recipes ask for; it is kept, read back, and refused where it cannot be read."""

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from authoring.problems import ContentError
from lessons.catalog import Catalog
from lessons.traces import recorder
from lessons.traces.recipe import Recipe
from lessons.traces.recording import Recording, read_recording, write_recording
from tests.lessons.conftest import HEAD
from tests.lessons.rows import EARLY, row

Write = Callable[[str, str], Catalog]


def test_a_recording_is_read_as_it_was_written(tmp_path: Path) -> None:
    recording = Recording("2026-11-22", "2 cores", {"Redis": "7.0.15"}, tuple(EARLY))
    write_recording(recording, tmp_path / "early.json")
    assert read_recording(tmp_path / "early.json") == recording


@pytest.mark.parametrize(
    "broken",
    [
        *({"kind": ["asked"]}, {"kind": "melted"}, {"actor": ""}, {"command": "POST"}, {"celery": [1]}),
        *({"at_ms": "0"}, {"at_ms": -1}, {"at_ms": float("nan")}, {"at_ms": 10**400}),
    ],
)
def test_a_row_with_a_wrong_value_is_told(tmp_path: Path, broken: dict[str, object]) -> None:
    path = tmp_path / "early.json"
    write_recording(Recording("2026-11-22", "2 cores", {}, (row("asked"),)), path)
    data = json.loads(path.read_text())
    data["rows"][0] |= broken
    path.write_text(json.dumps(data))
    with pytest.raises(ContentError, match=r"Row 1 of early\.json cannot be read"):
        read_recording(path)


RECIPE = '[fall]\nproject = "p"\napp = "a"\npost = "/"\nform = {}\nbefore = {}\nmail_ms = 1\n'


def test_otto_records_what_his_recipe_asks_for(write: Write, monkeypatch: pytest.MonkeyPatch, content: Path) -> None:
    write("snow/traces/recipes.toml", RECIPE)
    asked: list[Recipe] = []

    def record_all(recipes: dict[str, Recipe], folder: Path) -> dict[str, Recording]:
        asked.extend(recipes.values())
        return {name: Recording("2026-11-22", "2 cores", {}, tuple(EARLY)) for name in recipes}

    monkeypatch.setattr(import_module("lessons.management.commands.record-trace"), "record_all", record_all)
    call_command("record-trace", "snow")
    assert [recipe.name for recipe in asked] == ["fall"]
    assert read_recording(content / "snow/traces/fall.json").rows == tuple(EARLY)


def test_ctrl_c_ends_the_recording_and_those_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Path] = []

    def interrupted(recipe: Recipe, prepared: Path, folder: Path) -> Recording:
        begun.append(folder)
        raise KeyboardInterrupt

    monkeypatch.setattr(recorder, "prepare", lambda source, app, target: target.mkdir(parents=True))
    monkeypatch.setattr(recorder, "record", interrupted)
    recipe = Recipe("fall", "p", "a", "/", {}, {}, 1)
    with pytest.raises(KeyboardInterrupt):
        recorder.record_all({"fall": recipe, "melt": recipe}, Path("lesson"))
    assert [folder.name for folder in begun] == ["fall"]
    assert not begun[0].parents[1].exists()


def test_a_lesson_that_is_not_there_and_a_recipe_that_cannot_be_read_are_told(write: Write) -> None:
    with pytest.raises(CommandError, match=r"There is no lesson snwo\. Did you mean snow\?"):
        call_command("record-trace", "snwo")
    write("snow/traces/recipes.toml", "[fall]\n")
    with pytest.raises(CommandError, match=r"snow: The recipe fall in recipes\.toml lacks project"):
        call_command("record-trace")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("fall.json", "[" * 100_000, "fall.json cannot be read"),
        ("fall.json", '{"rows": "' + "x" * 300_000 + '"}', "at most 200,000 are read"),
        ("recipes.toml", "a = " + "[" * 10_000, "recipes.toml cannot be read"),
        ("recipes.toml", "#" * 5_000_000, "at most 200,000 are read"),
    ],
)
def test_what_is_too_deep_or_too_large_is_refused_and_told(write: Write, name: str, text: str, message: str) -> None:
    write("snow/traces/recipes.toml", RECIPE)
    write("snow/traces/fall.json", "{}")
    write("snow/perf.md", HEAD + '\n::: trace from="traces/fall.json"\n:::\n')
    (problem,) = write(f"snow/traces/{name}", text).lessons["snow"].texts["perf"].rendered.problems
    assert message in problem.message
