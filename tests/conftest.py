"""What tests share: a whole live course, and a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app

from apparatus.processes import Group
from apparatus.redis_server import find_server
from tests.live import LiveCourse
from tests.preparing import prepare_once
from tests.visitor import Visitor

HERE = Path(__file__).parent


# These wait long for real parts that are killed or silent. They begin first, so that no worker ends with one of them.
LONGEST = (
    "lessons/test_project_checker.py",
    "quizzes/test_completed_programs.py",
    "lessons/test_output.py",
    "lessons/test_recordings.py",
    "quizzes/behaviour/test_worker.py",
    "test_database.py",
    "up/test_start_and_stop.py",
    "up/test_what_it_is_given.py",
    "e2e/test_every_page.py",
    "quizzes/test_types_are_accessible.py",
    "quizzes/test_types_order_in_browser.py",
    "e2e/test_in_line.py",
    "labs/test_inside.py",
    "labs/test_faults.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest in front."""
    places = {id(item): item.path.relative_to(HERE).as_posix() for item in items if item.path.is_relative_to(HERE)}
    rank = {path: place for place, path in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(places.get(id(item), ""), len(LONGEST)))


@pytest.fixture(autouse=True)
def static_files_under_their_own_names(settings) -> None:
    """Pages rendered inside the test process need no collected static files; the live course collects its own."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(autouse=True)
def the_course_keeps_its_own_celery_app() -> Iterator[None]:
    """Whoever makes another Celery app says set_as_current=False, or all tests after it would publish through that."""
    yield
    assert current_app.main == "course"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start leaves it, made once for all processes of this test run. Copy it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "prepared"
    prepare_once(folder)
    return folder


@pytest.fixture(scope="session")
def live_course(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveCourse]:
    """One course of real parts for the whole test run. Whoever breaks a part brings it back."""
    folder = tmp_path_factory.mktemp("live course") / "data"
    shutil.copytree(prepared, folder)
    with Group(folder / "logs") as group:
        yield LiveCourse(group, folder, find_server())


@pytest.fixture
def ada(live_course: LiveCourse) -> Visitor:
    """Ada, who learns, in a browser that has never been here."""
    return Visitor(live_course.url)


@pytest.fixture
def bob(live_course: LiveCourse) -> Visitor:
    """Bob, another learner."""
    return Visitor(live_course.url)
