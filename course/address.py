"""Where `./up` serves the course: the host and port it listens on, and the address people use."""

import ipaddress
import socket
from dataclasses import dataclass

from apparatus.ports import NoFreePort, bind, is_taken, next_free_port
from apparatus.up_options import DEFAULT_PORT


class AddressUnusable(Exception):
    """The course cannot be served there; the message says why and what to do."""


@dataclass(frozen=True)
class Address:
    """Where the web process listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """How another process, or a browser, on this machine reaches it."""
        return _url("127.0.0.1" if is_wildcard(self.host) else self.host, self.port)

    @property
    def site_url(self) -> str:
        """What SITE_URL becomes when nobody set it: on all interfaces, this machine's address in its network."""
        return _url(lan_address() if is_wildcard(self.host) else self.host, self.port)


def choose_address(host: str, port: int | None) -> Address:
    """The address to listen on. None as port: 8000, or the next free one. Raises AddressUnusable with the remedy."""
    _check_host(host)
    if port is not None:
        _check_port(host, port)
        return Address(host, port)
    try:
        return Address(host, next_free_port(host, DEFAULT_PORT))
    except NoFreePort as error:
        raise AddressUnusable(f"There is {error}. Name another: ./up --port 9000") from None


def is_wildcard(host: str) -> bool:
    """Whether `host` means every interface of this machine."""
    return host in ("0.0.0.0", "::", "")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def lan_address() -> str:
    """This machine's own address in its network; 127.0.0.1 when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address; for UDP nothing is sent, only a route is chosen
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def _check_host(host: str) -> None:
    try:
        bind(host, 0).close()
    except OSError as error:
        raise AddressUnusable(
            f"Cannot listen on {host}: {error.strerror or error}. "
            "Use 127.0.0.1 for this machine only, or 0.0.0.0 for everyone in its network."
        ) from None


def _check_port(host: str, port: int) -> None:
    try:
        bind(host, port).close()
    except PermissionError:
        raise AddressUnusable(f"Port {port} is the system's. Choose one above 1023: ./up --port 8080") from None
    except OSError:
        pass  # taken, as the next line finds too
    if is_taken(host, port):
        raise AddressUnusable(
            f"Port {port} on {host} is taken. Stop what uses it, choose another one, "
            "or leave --port out: then the next free one is used."
        )


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
