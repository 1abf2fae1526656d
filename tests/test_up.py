"""`./up` with its real parts: what it says, how it stops, and that nothing is ever left behind."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from apparatus import broker_url, ports, redis_server
from apparatus.probe import fetch, wait_until
from apparatus.processes import Group
from course import preparation

CLONE = Path(__file__).resolve().parents[1]
HERE = "127.0.0.1"
READY = "Ctrl-C stops it."
PROGRAMS = {"Redis": r"(redis|valkey)-server", "SMTP": "smtp_server", "Worker": r"course\.worker", "Web": "uvicorn"}
LEAVES = ["REDIS_URL", "SITE_URL", "DATABASE_URL", "SMTP_BASE_PORT", "AUTHOR", "SECRET_KEY"]


class Up:
    """A running `./up`, what it said, and the processes that belong to it."""

    def __init__(
        self, data_dir: Path, *arguments: str, command: tuple[str, ...] = (), environment: dict[str, str] | None = None
    ) -> None:
        self.data_dir = data_dir
        self.output_file = data_dir.with_name(data_dir.name + ".output")
        bare = {name: value for name, value in os.environ.items() if name not in LEAVES}
        with self.output_file.open("w") as output:
            self.process = subprocess.Popen(
                [*(command or (sys.executable, "-m", "course.startup")), *arguments],
                cwd=CLONE,
                env=bare | {"DATA_DIR": str(data_dir)} | (environment or {}),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.children: dict[str, int] = {}
        self.folders: list[Path] = []

    @property
    def output(self) -> str:
        return self.output_file.read_text()

    @property
    def url(self) -> str:
        found = re.search(r"The course is at (\S+)/", self.output)
        assert found, self.output
        return found[1]

    def until(self, text: str, timeout_s: float = 60) -> "Up":
        """Wait until it says `text`, and take down which processes and folders there are."""

        def said() -> bool:
            assert self.process.poll() is None or text in self.output, self.output
            return text in self.output

        wait_until(said, what=text, timeout_s=timeout_s)
        self.look()
        return self

    def look(self) -> None:
        listing = subprocess.run(["ps", "-wweo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
        for line in listing.splitlines():
            pid, parent, arguments = line.split(maxsplit=2)
            if int(parent) == self.process.pid:
                name = next((name for name, program in PROGRAMS.items() if re.search(program, arguments)), arguments)
                self.children[name] = int(pid)
                self.folders += [Path(found).parent for found in re.findall(r"\S*/brokered-\w+/redis\.sock", arguments)]

    def end(self, timeout_s: float = 10) -> int:
        """Its exit code, within the 10 s that are promised."""
        return self.process.wait(timeout_s)

    def leaves_nothing(self) -> bool:
        """Whether all its processes, sockets and folders are gone, as they must be within two seconds."""
        assert len(self.children) > 1
        assert self.folders
        wait_until(self._is_gone, what=f"the end of {self.children} and {self.folders}", timeout_s=2)
        return True

    def _is_gone(self) -> bool:
        return not any(map(is_alive, self.children.values())) and not any(folder.exists() for folder in self.folders)


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


@pytest.fixture(scope="module")
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


StartUp = Callable[..., Up]


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


def a_port() -> str:
    return str(ports.free_port())


def test_it_says_what_each_part_is_and_stops_on_ctrl_c(up: StartUp) -> None:
    course = up("--port", a_port()).until(READY)
    assert re.fullmatch(
        r"Database  SQLite 3\.\S+ in \S+\n"
        r"Redis     (Redis \d+\.\d+\.\d+|Valkey \d+\.\d+\.\d+ \(Redis-compatible\)), own socket\n"
        r"SMTP      aiosmtpd \S+, ports \d+ to \d+\n"
        r"Worker    Celery \S+, 4 threads\n"
        r"Web       Django \S+ on uvicorn \S+\n"
        r"\n"
        r"The course is at http://127\.0\.0\.1:\d+/\n"
        r"Ctrl-C stops it\.\n",
        course.output,
    )
    status, body = fetch(f"{course.url}/healthz", timeout_s=5)
    assert status == 200, body
    assert all(part["ok"] for part in json.loads(body).values())
    course.process.send_signal(signal.SIGINT)
    assert course.end() == 0
    assert course.leaves_nothing()
    assert course.output.endswith("Stopped.\n")
    assert not (course.data_dir / "logs" / "migrate.log.1").exists(), "a second start migrates again"
    assert not (course.data_dir / "logs" / "collectstatic.log.1").exists(), "a second start collects again"


def test_two_copies_run_side_by_side_and_sigterm_stops_only_its_own(up: StartUp) -> None:
    ada = up().until(READY)
    otto = up().until(READY)
    assert f"Port 8000 is taken; using {otto.url.rpartition(':')[2]}." in otto.output
    assert ada.url != otto.url
    assert not set(ada.folders) & set(otto.folders)
    ada.process.send_signal(signal.SIGTERM)
    assert ada.end() == 0
    assert ada.leaves_nothing()
    assert fetch(f"{otto.url}/healthz", timeout_s=5)[0] == 200


def test_nothing_survives_kill_9_and_the_next_start_is_a_clean_one(up: StartUp) -> None:
    course = up("--port", a_port(), folder="a deep path with spaces/" + "deep/" * 20).until(READY)
    course.process.kill()
    assert course.leaves_nothing()
    again = Up(course.data_dir, "--port", a_port()).until("SMTP ")
    again.process.send_signal(signal.SIGINT)
    assert again.end() == 0
    assert again.leaves_nothing()


@pytest.mark.parametrize(
    ("part", "as_soon_as"), [("Redis", "SMTP "), ("SMTP", "SMTP "), ("Worker", READY), ("Web", "Worker ")]
)
def test_a_part_that_dies_is_named_and_ends_it_all(up: StartUp, part: str, as_soon_as: str) -> None:
    course = up("--port", a_port()).until(as_soon_as)
    os.kill(course.children[part], signal.SIGKILL)
    assert course.end() == 1
    assert f"\n{part} ended with signal SIGKILL. Its last lines (" in course.output
    assert course.leaves_nothing()


def test_a_stop_while_it_starts_leaves_nothing(up: StartUp) -> None:
    course = up("--port", a_port()).until("SMTP ")
    course.process.send_signal(signal.SIGINT)
    assert course.end() == 0
    assert course.leaves_nothing()


def test_a_part_that_hangs_is_killed_in_time(up: StartUp) -> None:
    course = up("--port", a_port()).until("SMTP ")
    os.kill(course.children["Redis"], signal.SIGSTOP)
    course.process.send_signal(signal.SIGTERM)
    assert course.end() == 0
    assert course.leaves_nothing()


def test_a_second_ctrl_c_does_not_wait_for_a_part_that_hangs(up: StartUp) -> None:
    course = up("--port", a_port()).until("SMTP ")
    os.kill(course.children["Redis"], signal.SIGSTOP)
    course.process.send_signal(signal.SIGINT)
    wait_until(lambda: not is_alive(course.children["SMTP"]), what="the end of the others", timeout_s=5)
    course.process.send_signal(signal.SIGINT)
    assert course.end(timeout_s=1) != 0
    assert course.leaves_nothing()


def test_a_given_redis_is_used_and_never_touched(up: StartUp, tmp_path: Path) -> None:
    with Group(tmp_path / "mine") as mine:
        part, url = redis_server.start_redis(mine, redis_server.find_server(), tmp_path / "my redis")
        socket_file = tmp_path / "m.sock"
        socket_file.symlink_to(broker_url.socket_path(url) or "")
        course = up("--port", a_port(), REDIS_URL=f"unix://{socket_file}").until("SMTP ")
        assert re.search(rf"^Redis     .* \d+\.\d+.*, socket {socket_file}$", course.output, re.MULTILINE)
        assert "Redis" not in course.children
        course.process.send_signal(signal.SIGINT)
        assert course.end() == 0
        assert is_alive(part.pid)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("unix:///nowhere/redis.sock", "does not answer"),
        ("redis://me:secret@127.0.0.1:9/0", r"\(redis://me:\*\*\*@127\.0\.0\.1:9/0\) does not answer"),
        ("http://localhost", r"write redis://host:6379/0"),
    ],
)
def test_a_given_redis_that_does_not_answer_is_said(up: StartUp, url: str, said: str) -> None:
    course = up("--port", a_port(), REDIS_URL=url)
    assert course.end() == 1
    assert re.search(said, course.output)
    assert "secret" not in course.output


def test_a_given_port_that_is_taken_stops_it_with_the_remedy(up: StartUp) -> None:
    with ports.bind(HERE, 0) as taken:
        taken.listen(1)
        port = taken.getsockname()[1]
        course = up("--port", str(port))
        assert course.end() == 1
    assert f"Port {port} on {HERE} is taken" in course.output
    assert "leave --port out" in course.output


def test_a_second_start_in_the_same_folder_names_the_first(up: StartUp) -> None:
    course = up("--port", a_port()).until("Redis ")
    before = (course.data_dir / "course.sqlite3").stat().st_mtime_ns
    second = Up(course.data_dir, "--port", a_port())
    second.output_file = course.output_file  # both write there
    assert second.end() == 1
    assert re.search(r"already running from this folder, at http://127\.0\.0\.1:\d+\.", course.output)
    assert (course.data_dir / "course.sqlite3").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--author", "--host", "0.0.0.0"), "--author shows more than learners should see"),
        (("--host", "203.0.113.7"), "Cannot listen on 203.0.113.7"),
        (("--port", "70000"), "'70000' is not a port"),
    ],
)
def test_what_cannot_be_is_said_before_anything_starts(up: StartUp, arguments: tuple[str, ...], said: str) -> None:
    course = up(*arguments)
    assert course.end() != 0
    assert said in course.output
    assert "Redis" not in course.output


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    course = Up(tmp_path / "data", environment={"DATA_DIR": str(tmp_path / "file" / "data")})
    assert course.end() == 1
    assert "Cannot write to" in course.output


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    preparation.make_secret_key(tmp_path)
    key = (tmp_path / "secret-key").read_text()
    preparation.make_secret_key(tmp_path)
    assert (tmp_path / "secret-key").read_text() == key
    assert len(key) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_an_older_database_put_back_is_migrated_again(prepared: Path, tmp_path: Path) -> None:
    """Restoring a backup from before an update must not leave old tables under new code."""
    data_dir = tmp_path / "data"
    shutil.copytree(prepared, data_dir)
    stamp = (data_dir / "migrated").read_text()
    assert preparation.migrations_fingerprint(data_dir) == stamp
    (data_dir / preparation.DATABASE_NAME).unlink()
    assert preparation.migrations_fingerprint(data_dir) != stamp


def test_a_fresh_clone_needs_nothing_but_up(tmp_path: Path) -> None:
    """A copy of this tree in a deep folder with a space: set-up and first start."""
    clone = tmp_path / "a fresh clone" / ("deep" * 15)
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listing, cwd=CLONE, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, files):
        if (CLONE / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CLONE / name, clone / name)
    course = Up(clone / ".data", "--port", a_port(), command=(str(clone / "up"),)).until(READY, timeout_s=180)
    assert course.output.startswith("Setting up .venv from requirements.txt")
    assert fetch(f"{course.url}/healthz", timeout_s=5)[0] == 200
    course.process.send_signal(signal.SIGINT)
    assert course.end() == 0
    assert course.leaves_nothing()
