"""A way to start `./up`, for the second time in its data folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.up.running import StartUp, Up


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
