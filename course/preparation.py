"""What must be there before the course can be served: a secret key, a migrated database, the rendered static files.

No Django here: loading it takes a second, which a second start does not have. Fingerprints of what each step read tell
whether it must be done again; Django itself does it, as a process of its own.
"""

import hashlib
import os
import secrets
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from apparatus.processes import Group

ROOT = Path(__file__).resolve().parent.parent
DATABASE_NAME = "course.sqlite3"


def make_secret_key(data_dir: Path) -> None:
    """Make SECRET_KEY once, readable by its owner only."""
    path = data_dir / "secret-key"
    if path.exists() and path.stat().st_size:
        return
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))


def prepare_database(group: Group, data_dir: Path, environment: dict[str, str]) -> None:
    """Migrate when a migration is new, the database is, or it is one that we cannot look into. Raises PartEnded."""
    stamp = data_dir / "migrated"
    if environment.get("DATABASE_URL") or not _holds(stamp, migrations_fingerprint(data_dir)):
        group.run("migrate", [*_manage("migrate"), "--skip-checks"], environment=environment)
        stamp.write_text(migrations_fingerprint(data_dir))


def prepare_static_files(group: Group, data_dir: Path, environment: dict[str, str]) -> None:
    """Collect the static files when one of their sources changed. Raises PartEnded."""
    stamp, fingerprint = data_dir / "static-collected", static_fingerprint()
    static_root = Path(environment.get("STATIC_ROOT", "").strip() or data_dir / "static")
    if not static_root.is_dir() or not _holds(stamp, fingerprint):
        group.run("collectstatic", [*_manage("collectstatic"), "--clear"], environment=environment)
        stamp.write_text(fingerprint)


def migrations_fingerprint(data_dir: Path) -> str:
    """Of all migrations in the code, and of those that the SQLite database says it has had."""
    files = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/*/migrations/*.py"), ROOT / "requirements.txt"]
    contents = (f"{file.relative_to(ROOT)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in sorted(files))
    return _hash([*contents, *_applied(data_dir / DATABASE_NAME)])


def static_fingerprint() -> str:
    """Of the names, sizes and times of all static sources, and of the code that renders them."""
    folders = [*ROOT.glob("*/static"), *ROOT.glob("*/*/static")]
    sources = [file for folder in folders for file in folder.rglob("*")]
    code = [ROOT / "course" / "settings.py", ROOT / "course" / "static_files.py", ROOT / "requirements.txt"]
    found = [(file, file.stat()) for file in sorted(sources) + code if file.is_file()]
    return _hash(f"{file.relative_to(ROOT)} {stat.st_size} {stat.st_mtime_ns}" for file, stat in found)


def _applied(database: Path) -> list[str]:
    """The migrations that the database has had; none when it is not there or not readable."""
    if not database.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY id")
            return [f"{app}.{name}" for app, name in rows]
    except sqlite3.Error:
        return []


def _manage(command: str) -> list[str | Path]:
    return [sys.executable, ROOT / "manage.py", command, "--noinput", "--verbosity", "0"]


def _holds(stamp: Path, fingerprint: str) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
