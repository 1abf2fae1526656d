"""`./up`: start every part in order, wait for each, watch them, stop them all. No Django here: it loads slowly."""

import os
import resource
import signal
import sqlite3
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

from apparatus import up_options
from apparatus.broker_url import without_password
from apparatus.lock import Held, Lock
from apparatus.mail_ports import BLOCK_SIZE
from apparatus.probe import NotYet, answers
from apparatus.processes import Group, Part, PartEnded
from apparatus.redis_server import NoRedisServer, RedisInfo, describe, find_server, start_redis
from apparatus.smtp_part import start_smtp_server, wait_for_base_port
from course.address import Address, AddressUnusable, choose_address, is_loopback, is_wildcard
from course.preparation import ROOT, make_secret_key, prepare_database, prepare_static_files

WORKER_THREADS = 4
READY_TIMEOUT_S = 60.0
WEB_GRACE_S = 2  # a page that is being answered may end; then its connection is closed
WATCH_INTERVAL_S = 0.1
OPEN_FILES = 4096  # macOS gives a shell 256: too few for a class


class CannotStart(Exception):
    """The course cannot be served like this; the message says why and what to do."""


class Stop(BaseException):
    """Ctrl-C, SIGTERM or a closed terminal: stop everything."""


@dataclass
class Startup:
    """One run of `./up`: its parts, where they keep things, and the environment they share."""

    group: Group
    data_dir: Path
    address: Address
    author: bool
    environment: dict[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `./up` with these arguments until it is stopped. Exit code 0 after Ctrl-C or SIGTERM, 1 after a failure."""
    return run(up_options.parser().parse_args(arguments))


def run(options: Namespace) -> int:
    """The same, with the options already read."""
    stop_on_signals()
    try:
        serve(options)
    except Stop:
        print("Stopped.", flush=True)
        return 0
    except (CannotStart, AddressUnusable, NoRedisServer, PartEnded, NotYet) as error:
        print(f"\n{error}", file=sys.stderr, flush=True)
        return 1


def serve(options: Namespace) -> NoReturn:
    """Start all parts and watch them. Does not return: raises Stop, or what went wrong."""
    if options.author and not is_loopback(options.host):
        raise CannotStart(
            f"--author shows more than learners should see. Leave --host {options.host} out, or --author."
        )
    data_dir = Path(os.environ.get("DATA_DIR", "").strip() or ROOT / ".data").absolute()
    lock = take_data_folder(data_dir)
    address = choose_address(options.host, options.port)
    lock.write(address.url)
    if options.port is None and address.port != up_options.DEFAULT_PORT:
        print(f"Port {up_options.DEFAULT_PORT} is taken; using {address.port}.", flush=True)
    make_secret_key(data_dir)
    allow_open_files()
    with Group(data_dir / "logs", keep_open=[lock.descriptor]) as group:
        environment = shared_environment(data_dir, address, options.author)
        startup = Startup(group, data_dir, address, options.author, environment)
        start_all(startup)
        report_address(startup)
        watch(group)


def take_data_folder(data_dir: Path) -> Lock:
    """Become the only `./up` in this data folder. Raises CannotStart when there is one, or nothing can be written."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        return Lock(data_dir / "up.lock")
    except Held as held:
        raise CannotStart(
            f"The course is already running from this folder, at {held.note or 'an address it is just choosing'}.\n"
            "Use that one, or stop it first (Ctrl-C), or keep a second one apart: DATA_DIR=/another/folder ./up"
        ) from None
    except OSError as error:
        raise CannotStart(
            f"Cannot write to {data_dir}: {error.strerror}. Name a folder of yours: DATA_DIR=/one/of/yours ./up"
        ) from None


def shared_environment(data_dir: Path, address: Address, author: bool) -> dict[str, str]:
    """What every part is told. REDIS_URL and SMTP_BASE_PORT follow once Redis and the SMTP server are up."""
    return os.environ | {
        "DATA_DIR": str(data_dir),
        "SITE_URL": os.environ.get("SITE_URL", "").strip() or address.site_url,
        "SMTP_HOST": "127.0.0.1",
        "AUTHOR": "1" if author else os.environ.get("AUTHOR", "0"),
        "PYTHONUNBUFFERED": "1",
    }


def start_all(startup: Startup) -> None:
    """Every part in order, each waited for and reported; worker and web load at the same time."""
    group, environment = startup.group, startup.environment
    prepare_database(group, startup.data_dir, environment)
    prepare_static_files(group, startup.data_dir, environment)
    report("Database", database_in_words(environment))
    report("Redis", str(provide_redis(startup)))
    environment["SMTP_BASE_PORT"] = str(base_port := provide_smtp_server(startup))
    report("SMTP", f"aiosmtpd {version('aiosmtpd')}, ports {base_port} to {base_port + BLOCK_SIZE - 1}")
    worker, web = start_worker(startup), start_web(startup)
    group.wait_for(worker, lambda: " ready." in worker.log(), READY_TIMEOUT_S)
    report("Worker", f"Celery {version('celery')}, {WORKER_THREADS} threads")
    group.wait_for(web, lambda: answers(f"{startup.address.url}/healthz", timeout_s=5.0), READY_TIMEOUT_S)
    report("Web", f"Django {version('django')} on uvicorn {version('uvicorn')}")


def provide_redis(startup: Startup) -> RedisInfo:
    """The Redis that REDIS_URL names, else one of our own. Raises CannotStart when the named one does not answer."""
    if given := startup.environment.get("REDIS_URL", "").strip():
        return describe_given_redis(given)
    binary = find_server()
    _, startup.environment["REDIS_URL"] = start_redis(startup.group, binary, startup.data_dir / "redis")
    return RedisInfo(binary.name, binary.version, "own socket")


def describe_given_redis(url: str) -> RedisInfo:
    """Name and version of a server that is not ours. Raises CannotStart when it does not answer."""
    from redis import RedisError  # here, because it takes half a second, and our own Redis needs no asking

    try:
        return describe(url)
    except ValueError as error:
        raise CannotStart(f"{error}.") from None
    except RedisError as error:
        raise CannotStart(
            f"The Redis at REDIS_URL ({without_password(url)}) does not answer: {error}\n"
            "Start it, correct REDIS_URL, or leave REDIS_URL out: then ./up starts its own."
        ) from None


def provide_smtp_server(startup: Startup) -> int:
    """Start the SMTP server at SMTP_BASE_PORT, else where 30 ports are free. Returns its base port."""
    given = startup.environment.get("SMTP_BASE_PORT", "").strip() or "0"
    if not given.isdecimal():
        raise CannotStart(f"SMTP_BASE_PORT is {given!r}; write a whole number, or leave it out.")
    return wait_for_base_port(startup.group, start_smtp_server(startup.group, int(given)))


def start_worker(startup: Startup) -> Part:
    """Start the Celery worker: one process, whose threads overlap their waits for the mail server."""
    command = [sys.executable, "-m", "course.worker", str(WORKER_THREADS)]
    return startup.group.start("Worker", command, environment=startup.environment, folder=ROOT)


def start_web(startup: Startup) -> Part:
    """Start the web server, which with --author starts itself again when a Python file of ours changes."""
    uvicorn = [sys.executable, "-m", "uvicorn", "course.asgi:application", "--no-access-log"]
    listen = ["--host", startup.address.host, "--port", str(startup.address.port)]
    grace = ["--timeout-graceful-shutdown", str(WEB_GRACE_S)]
    command = [*uvicorn, *listen, *grace, *(reload_options() if startup.author else [])]
    return startup.group.start("Web", command, environment=startup.environment, folder=ROOT)


def reload_options() -> list[str]:
    """uvicorn's options to watch the packages of this clone, and nothing else in it."""
    packages = sorted(file.parent for file in ROOT.glob("*/__init__.py") if file.parent.name != "tests")
    return ["--reload", *(word for package in packages for word in ("--reload-dir", str(package)))]


def watch(group: Group) -> NoReturn:
    """Look after the parts for as long as all of them live. Raises PartEnded."""
    while True:
        group.check()
        time.sleep(WATCH_INTERVAL_S)


def stop_on_signals() -> None:
    """The first signal raises Stop; a second one, while parts are being stopped, leaves them to the reaper at once."""
    asked = 0

    def on_signal(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked += 1
        if asked > 1:
            os._exit(1)
        raise Stop

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)


def allow_open_files() -> None:
    """Raise this process's limit of open files, which its children inherit, as far as it may go."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def database_in_words(environment: dict[str, str]) -> str:
    """The database's kind and place, without its password."""
    if url := environment.get("DATABASE_URL", "").strip():
        return f"PostgreSQL at {urlsplit(url).hostname}"
    return f"SQLite {sqlite3.sqlite_version} in {environment['DATA_DIR']}"


def report(part: str, what: str) -> None:
    """One line about one part."""
    print(f"{part:<9} {what}", flush=True)


def report_address(startup: Startup) -> None:
    """The last lines: where the course is, for whom, and how to stop it."""
    print(f"\nThe course is at {startup.environment['SITE_URL']}/", flush=True)
    if is_wildcard(startup.address.host):
        print("Everyone in this machine's network can open it.", flush=True)
    print("Ctrl-C stops it.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
