"""A load generator: people who each ask again as soon as they are answered, and one more who comes by at fixed times.

    python -m labs.email_in_request.pool.load http://127.0.0.1:8000/path --users 50 --seconds 8 \\
        --neighbour http://127.0.0.1:8000/other --every-ms 100

Each person has one connection of their own. Those who come by do not wait for each other, so that slow answers are not
asked for less often than fast ones. One process does both, so that both are measured during the same seconds: those
after the warm-up. Prints {"people": [...], "neighbour": [...]}, response times in ms.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Callable
from urllib.parse import urlsplit

WARM_UP_S = 1.0


class Refused(Exception):
    """The server answered with another status than 200."""


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    """One request, and its whole answer. Raises Refused."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    if " 200 " not in head.partition("\r\n")[0]:
        raise Refused(head.partition("\r\n")[0])
    headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    await reader.readexactly(int(headers["content-length"]))


async def person(url: str, until: float, keep: Callable[[float, float], None]) -> None:
    """Ask at least once, and until the time is over, telling `keep` when each answer was asked for and came."""
    arrived = started = time.perf_counter()
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    while started < until or started == arrived:
        await ask(reader, writer, request)
        keep(started, time.perf_counter())
        started = time.perf_counter()
    writer.close()


async def people(url: str, users: int, seconds: float) -> list[float]:
    """Response times in ms of all of them, of answers that came after the warm-up and before the end."""
    begun = time.perf_counter() + WARM_UP_S
    end = begun + seconds
    took_ms: list[float] = []

    def keep(started: float, answered: float) -> None:
        if begun <= answered < end:
            took_ms.append(1000 * (answered - started))

    await asyncio.gather(*(person(url, end, keep) for _ in range(users)))
    return took_ms


async def passers_by(url: str, every_s: float, seconds: float) -> list[float]:
    """Response times in ms, connecting included, of people of whom one comes by every `every_s` after the warm-up."""
    took_ms: list[float] = []

    def keep(started: float, answered: float) -> None:
        took_ms.append(1000 * (answered - started))

    await asyncio.sleep(WARM_UP_S)
    asked = []
    for _ in range(round(seconds / every_s)):
        asked.append(asyncio.create_task(person(url, 0.0, keep)))
        await asyncio.sleep(every_s)
    await asyncio.gather(*asked)
    return took_ms


async def both(options: argparse.Namespace) -> dict[str, list[float]]:
    """Response times in ms of the people and of those who come by."""
    crowd = people(options.url, options.users, options.seconds)
    others = passers_by(options.neighbour, options.every_ms / 1000, options.seconds)
    asked, passed_by = await asyncio.gather(crowd, others)
    return {"people": asked, "neighbour": passed_by}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m labs.email_in_request.pool.load", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--users", type=int, default=0)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--neighbour", required=True)
    parser.add_argument("--every-ms", type=float, required=True)
    print(json.dumps(asyncio.run(both(parser.parse_args()))))


if __name__ == "__main__":
    main()
