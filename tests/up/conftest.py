"""What the tests of `./up` start from: a data folder as a first start leaves it, and a way to start."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from apparatus.processes import Group
from course import preparation
from tests.up.running import LEAVES, StartUp, Up


@pytest.fixture(scope="package")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start leaves it, so that each test has a second start."""
    data_dir = tmp_path_factory.mktemp("prepared")
    environment = {name: value for name, value in os.environ.items() if name not in LEAVES}
    environment["DATA_DIR"] = str(data_dir)
    preparation.make_secret_key(data_dir)
    with Group(data_dir / "logs") as group:
        preparation.prepare_database(group, data_dir, environment)
        preparation.prepare_static_files(group, data_dir, environment)
    return data_dir


@pytest.fixture
def up(prepared: Path, tmp_path: Path) -> Iterator[StartUp]:
    """Starts `./up` with a data folder of its own; ends what a failed test left running."""
    started: list[Up] = []

    def start(*arguments: str, folder: str = "data", **environment: str) -> Up:
        data_dir = tmp_path / folder / str(len(started))
        shutil.copytree(prepared, data_dir)
        started.append(Up(data_dir, *arguments, environment=environment))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
