"""The options of `./up`: one list for the script, which runs before anything is installed, and for `manage.py up`."""

import argparse

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
DESCRIPTION = (
    "Set everything up (once) and serve the course: database, Redis, SMTP server, Celery worker, web. "
    "Ctrl-C stops it all."
)
EPILOG = """environment variables (all in .env.example):
  DATA_DIR      where everything is kept: database, secret key, logs (default: .data)
  REDIS_URL     a Redis of yours, redis://host:6379/0; without it ./up starts its own
  DATABASE_URL  a PostgreSQL, postgres://user:password@host:5432/name; without it SQLite
  SITE_URL      the address people use, when it is not the one that ./up listens on
"""


def add_up_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `./up` to `parser`."""
    parser.add_argument("--host", default=DEFAULT_HOST, help=f"address to listen on (default {DEFAULT_HOST})")
    parser.add_argument(
        "--port",
        type=port_number,
        help=f"port to listen on (default {DEFAULT_PORT}, or the next free one; a given one must be free)",
    )
    parser.add_argument(
        "--author",
        action="store_true",
        help="for writing lessons: reload the web process when code changes, show content problems on pages",
    )


def parser() -> argparse.ArgumentParser:
    """The parser of `./up` itself."""
    made = argparse.ArgumentParser(
        prog="./up", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_up_arguments(made)
    return made


def port_number(text: str) -> int:
    """An argparse type: a TCP port from 1 to 65535."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; write a whole number from 1 to 65535")
    return int(text)
