"""Making `.venv`, the environment the course runs in, with whatever this machine has.

Standard library only: this runs on a bare python3 (3.11 or newer) before anything is installed. In order: uv on PATH;
uv fetched by pip into `.tools`; Python's own venv and pip; both of those installed by apt where we may. What is
installed is always what the requirements file names, checked against its hashes.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"  # holds every pin of requirements.txt, so it serves both
STAMP = "installed.json"
LAST_LINES = 15
# What of the caller's shell would send packages elsewhere, or start the wrong interpreter.
MISLEADING = (
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
)
REMEDIES = """This Python can neither make an environment nor install packages. Any one of these is enough:
  - Debian, Ubuntu: apt install python3-venv python3-pip
  - Fedora: dnf install python3-pip
  - or install uv, a single program: see its installation page
then start again."""

Say = Callable[[str], None]


class SetupFailed(Exception):
    """The environment could not be made; the message says why and what to do."""


def say(line: str) -> None:
    """One line of progress."""
    print(line, flush=True)


def ensure_environment(root: Path, requirements: str, say: Say = say) -> Path:
    """The interpreter of `root/.venv`, in which the packages of the file named `requirements` are installed.

    Does nothing when they are. Raises SetupFailed.
    """
    if not is_installed(root, requirements):
        with _one_at_a_time(root):
            if not is_installed(root, requirements):  # somebody else may have done it while we waited
                _set_up(root, requirements, say)
    return interpreter(root)


def interpreter(root: Path) -> Path:
    """Where the environment's Python is, or will be."""
    return root / ".venv" / "bin" / "python"


def is_installed(root: Path, requirements: str) -> bool:
    """Whether the environment is whole and holds what the file says now, for the Python that runs us."""
    stamp = _read_stamp(root)
    return (
        interpreter(root).exists()
        and stamp.get("python") == _python_version()
        and stamp.get(requirements) == _hash(root / requirements)
    )


def _set_up(root: Path, requirements: str, say: Say) -> None:
    # Whoever has the development packages keeps them: ./up after ./test takes nothing away.
    wanted = DEVELOPMENT if DEVELOPMENT in _read_stamp(root) else requirements
    say(f"Setting up .venv from {wanted}: once, and again when that file changes.")
    _remove_if_unusable(root)
    install = _with_uv(root, say) or _with_pip(root, say) or _with_pip_from_apt(root, say)
    if install is None:
        raise SetupFailed(REMEDIES)
    _run([*install, "--require-hashes", "-r", str(root / wanted)], root, f"installing {wanted}")
    _write_stamp(root, wanted)


def _with_uv(root: Path, say: Say) -> list[str] | None:
    """An environment made by uv, and the command that installs into it; None without a uv that works."""
    uv = _uv_on_path(root) or _uv_by_pip(root, say)
    if uv is None:
        return None
    if not interpreter(root).exists() and not _works([uv, "venv", "--python", _python(), str(root / ".venv")], root):
        return None
    say("Installing packages with uv.")
    return [uv, "pip", "install", "--quiet", "--python", str(interpreter(root))]


def _uv_on_path(root: Path) -> str | None:
    uv = shutil.which("uv")
    return uv if uv and _works([uv, "--version"], root) else None


def _uv_by_pip(root: Path, say: Say) -> str | None:
    """uv in `.tools`. As a target folder it is nobody's environment, so no distribution forbids it (PEP 668)."""
    tools, bootstrap = root / ".tools", root / "requirements-bootstrap.txt"
    uv = str(tools / "bin" / "uv")
    if _works([uv, "--version"], root):
        return uv
    if not _has("pip", root):
        return None
    say("Fetching uv, which installs the rest quickly.")
    pip = [_python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(tools)]
    fetched = _works([*pip, "--upgrade", "--require-hashes", "-r", str(bootstrap)], root)
    return uv if fetched and _works([uv, "--version"], root) else None


def _with_pip(root: Path, say: Say) -> list[str] | None:
    """An environment made by Python itself, and the pip that installs into it; None when neither has a pip."""
    venv = [_python(), "-m", "venv"]
    if _works([str(interpreter(root)), "-m", "pip", "--version"], root) or (
        _has("ensurepip", root) and _works([*venv, str(root / ".venv")], root)
    ):
        pip = [str(interpreter(root)), "-m", "pip"]
    elif _has("pip", root) and _works([*venv, "--without-pip", str(root / ".venv")], root):
        pip = [_python(), "-m", "pip", "--python", str(interpreter(root))]
    else:
        return None
    say("Installing packages with pip. This takes a minute.")
    return [*pip, "install", "--quiet", "--disable-pip-version-check"]


def _with_pip_from_apt(root: Path, say: Say) -> list[str] | None:
    """The same after asking apt for venv and pip: only as root, and only for the system's own Python."""
    if sys.base_prefix != "/usr" or not apt_install(["python3-venv", "python3-pip"], root, say):
        return None
    _remove_if_unusable(root)
    return _with_uv(root, say) or _with_pip(root, say)


def apt_install(packages: Sequence[str], root: Path, say: Say = say) -> bool:
    """Install Debian packages when apt is here and we are root. Whether that worked."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    say(f"Installing {' and '.join(packages)} with apt.")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    return _works(install, root) or (_works(["apt-get", "update"], root) and _works(install, root))


def _remove_if_unusable(root: Path) -> None:
    """An environment of another Python, or one whose Python is gone, is made anew."""
    folder = root / ".venv"
    same_version = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if folder.exists() and not _works([str(interpreter(root)), "-c", same_version], root):
        shutil.rmtree(folder)


def _python() -> str:
    """The Python that runs us; inside an environment the one it was made from."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def _python_version() -> str:
    return f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"


def _has(module: str, root: Path) -> bool:
    return _works([_python(), "-c", f"import {module}"], root)


def _works(command: Sequence[str], root: Path) -> bool:
    try:
        return _call(command, root).returncode == 0
    except OSError:
        return False


def _run(command: Sequence[str], root: Path, what: str) -> None:
    result = _call(command, root)
    if result.returncode != 0:
        last = "\n".join(f"    {line}" for line in result.stdout.splitlines()[-LAST_LINES:])
        raise SetupFailed(
            f"{what[0].upper()}{what[1:]} failed (exit code {result.returncode}). Its last lines:\n{last}\n"
            "Is this machine online? Starting again goes on where this stopped."
        )


def _call(command: Sequence[str], root: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    environment |= {"UV_PYTHON_DOWNLOADS": "never", "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read_stamp(root: Path) -> dict[str, str]:
    try:
        stamp = json.loads((root / ".venv" / STAMP).read_text())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(root: Path, installed: str) -> None:
    files = [RUNTIME, DEVELOPMENT] if installed == DEVELOPMENT else [installed]
    stamp = {"python": _python_version()} | {file: _hash(root / file) for file in files}
    (root / ".venv" / STAMP).write_text(json.dumps(stamp))


@contextmanager
def _one_at_a_time(root: Path) -> Iterator[None]:
    """Two first starts at once would write into the same environment: the second waits for the first."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
