"""The course prepared once for a whole test run, however many processes it has: key, database, static files."""

import os
from pathlib import Path

from apparatus.lock import Lock
from apparatus.processes import Group
from course.preparation import make_secret_key, prepare_database, prepare_static_files
from tests.up.running import LEAVES

PREPARED_WITHIN_S = 120


def prepare_once(data_dir: Path) -> None:
    """Make `data_dir` what a first start leaves behind. Whoever asks first does the work; the others wait for it."""
    data_dir.mkdir(exist_ok=True)
    lock = Lock(data_dir.with_suffix(".lock"), PREPARED_WITHIN_S)
    environment = {name: value for name, value in os.environ.items() if name not in LEAVES} | {
        "DATA_DIR": str(data_dir)
    }
    try:
        make_secret_key(data_dir)
        with Group(data_dir / "logs") as group:
            prepare_database(group, data_dir, environment)
            prepare_static_files(group, data_dir, environment)
    finally:
        os.close(lock.descriptor)
