"""What tests share: a whole live course, and a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from apparatus.processes import Group
from apparatus.redis_server import find_server
from tests.live import LiveCourse
from tests.visitor import Visitor


@pytest.fixture(autouse=True)
def static_files_under_their_own_names(settings) -> None:
    """Pages rendered inside the test process need no collected static files; the live course collects its own."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(scope="session")
def live_course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveCourse]:
    """One course of real parts for the whole test run. Whoever breaks a part brings it back."""
    folder: Path = tmp_path_factory.mktemp("live course")
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
