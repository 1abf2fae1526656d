"""Reading the process environment: every helper fails loudly and names the variable."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_text(name: str, default: str = "") -> str:
    """The variable's text, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def env_flag(name: str) -> bool:
    """True for 1, false for 0 or unset. Raises ImproperlyConfigured for anything else."""
    text = env_text(name, "0")
    if text not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} is {text!r}; write 1 or 0.")
    return text == "1"


def env_int(name: str, default: int, minimum: int, maximum: int) -> int:
    """A whole number within its bounds. Raises ImproperlyConfigured otherwise."""
    text = env_text(name, str(default))
    if not text.isdecimal() or not minimum <= int(text) <= maximum:
        raise ImproperlyConfigured(f"{name} is {text!r}; write a whole number from {minimum} to {maximum}.")
    return int(text)


def site_url() -> tuple[str, str, bool]:
    """SITE_URL as (origin, host name, is it https). Raises ImproperlyConfigured when it is no such address."""
    text = env_text("SITE_URL", "http://127.0.0.1:8000")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(f"SITE_URL is {text!r}; write it as https://course.example.org, without a path.")
    return f"{parts.scheme}://{parts.netloc}", parts.hostname, parts.scheme == "https"


def secret_key(data_dir: Path) -> str:
    """SECRET_KEY, or the key that `./up` made once in the data folder.

    Raises ImproperlyConfigured when there is neither: a key in the source would be nobody's secret.
    """
    kept = data_dir / "secret-key"
    key = env_text("SECRET_KEY") or (kept.read_text().strip() if kept.exists() else "")
    if not key:
        raise ImproperlyConfigured(f"No SECRET_KEY in the environment and none in {kept}; ./up makes one.")
    return key


def database(data_dir: Path) -> dict[str, object]:
    """Django's database settings from DATABASE_URL; without it SQLite in the data folder.

    SQLite takes WAL, IMMEDIATE transactions and a 20 s timeout together: measured with 20 writers, any two of
    the three lose submissions to "database is locked". PostgreSQL takes Django's own connection pool; a server that
    listens on a socket is written postgres://user@/name?host=/folder/of/the/socket.
    """
    url = env_text("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data_dir / "course.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL is not of the form postgres://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or parse_qs(parts.query).get("host", [""])[0],
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 16, "timeout": 10}},
    }
