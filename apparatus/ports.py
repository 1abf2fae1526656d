"""Which TCP ports are free on this machine."""

import socket
from contextlib import ExitStack

HIGHEST_PORT = 65_535


class NoFreePort(OSError):
    """No free port was found in the range that was searched."""


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port`, not listening. Raises OSError when the port is taken or not ours to take."""
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    # asyncio turns Nagle's algorithm off only where the protocol is named; with it on, a mail takes 40 ms too long.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # As every server does: a port whose last connections are still in TIME_WAIT is free.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        return bound
    except BaseException:
        bound.close()
        raise


def is_taken(host: str, port: int) -> bool:
    """Whether a server could not listen on `host` and `port` now."""
    try:
        with bind(host, port) as bound:
            bound.listen(1)
    except OSError:
        return True
    return False


def next_free_port(host: str, first: int) -> int:
    """The first free port from `first` upwards, looking at most 100 ports ahead. Raises NoFreePort."""
    last = min(first + 100, HIGHEST_PORT)
    for port in range(first, last + 1):
        if not is_taken(host, port):
            return port
    raise NoFreePort(f"no free port from {first} to {last} on {host}")


def free_port(host: str = "127.0.0.1") -> int:
    """Any port that is free now, chosen by the operating system."""
    with bind(host, 0) as bound:
        return int(bound.getsockname()[1])


def is_free_block(host: str, first: int, size: int) -> bool:
    """Whether all of the `size` consecutive ports from `first` are free at the same time."""
    with ExitStack() as held:
        try:
            for port in range(first, first + size):
                held.enter_context(bind(host, port)).listen(1)
        except OSError:
            return False
    return True


def free_block(host: str, first: int, size: int) -> int:
    """Where the first free block of `size` ports starts: at `first`, `first + size` and so on. Raises NoFreePort."""
    for start in range(first, HIGHEST_PORT - size + 2, size):
        if is_free_block(host, start, size):
            return start
    raise NoFreePort(f"no {size} free ports in a row from {first} up on {host}")
