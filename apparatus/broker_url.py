"""One REDIS_URL, in the two spellings that redis-py and Celery want."""

from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

if TYPE_CHECKING:
    import redis

SCHEMES = ("redis", "rediss", "unix")


def redis_py_url(url: str) -> str:
    """What redis.from_url wants: `redis://`, `rediss://`, or `unix:///path?db=0`. Raises ValueError for others."""
    parts = _split(url)
    if parts.scheme != "unix":
        return url
    return f"unix://{_account(parts)}{quote(unquote(parts.path))}?db={_database(parts)}"


def celery_url(url: str) -> str:
    """What Celery's broker_url wants: a socket is `redis+socket:///path?virtual_host=0`. Raises ValueError likewise."""
    parts = _split(url)
    if parts.scheme != "unix":
        return url
    return f"redis+socket://{_account(parts)}{quote(unquote(parts.path))}?virtual_host={_database(parts)}"


def redis_client(url: str, timeout_s: float = 1.0) -> "redis.Redis":
    """A redis-py client for `url`, connecting at its first command, giving up after `timeout_s` without retries."""
    import redis  # here, because it takes half a second, and `./up` needs only the addresses

    return redis.Redis.from_url(
        redis_py_url(url), socket_timeout=timeout_s, socket_connect_timeout=timeout_s, retry=None, decode_responses=True
    )


def url_of_socket(path: str) -> str:
    """The REDIS_URL of a server that listens on the unix socket `path`."""
    return f"unix://{quote(path)}"


def socket_path(url: str) -> str | None:
    """The path of the unix socket in `url`, or None when it is a network address."""
    parts = _split(url)
    return unquote(parts.path) if parts.scheme == "unix" else None


def without_password(url: str) -> str:
    """`url` as it may be printed."""
    parts = _split(url)
    if parts.password is None:
        return url
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":***@")).geturl()


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError(
            f"REDIS_URL starts with {parts.scheme + ':' if parts.scheme else url[:20]!r}; "
            "write redis://host:6379/0, rediss://host:6379/0 or unix:///path/to/redis.sock"
        )
    if parts.scheme == "unix" and not parts.path:
        raise ValueError("REDIS_URL names no socket; write unix:///path/to/redis.sock (three slashes)")
    return parts


def _account(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[0] + "@" if "@" in parts.netloc else ""


def _database(parts: SplitResult) -> int:
    """The database number of a unix URL, `?db=1`; 0 when it has none."""
    given = parse_qs(parts.query).get("db", ["0"])[0]
    if not given.isdecimal():
        raise ValueError(f"REDIS_URL has the database {given!r}; write a number, as in unix:///path?db=0")
    return int(given)
