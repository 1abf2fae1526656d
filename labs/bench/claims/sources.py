"""Where the figures of a claim come from: something that is done once and yields named figures.

A source says what is set up and which files take part. How it is done is the business of whoever measures
(`manage.py claims` through benchmarks/claims.py, the reader's browser through static/bench/claims/measure.js, the
course's server through labs/bench/claims/server.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ASKED_LAB = "email-in-request"  # whose endpoints are clicked
MAIL_WAIT_MS = 300

LAB = (
    "labs/email_in_request/work.py",
    "labs/email_in_request/tasks.py",
    "labs/bench/doors.py",
    "labs/bench/runs.py",
    "labs/bench/timing.py",
)


@dataclass(frozen=True)
class Click:
    """One real click on a page that asks the first lab for a mail. `client` is how the page asks and waits."""

    client: str
    condition: str
    mail_wait_ms: int = MAIL_WAIT_MS

    @property
    def name(self) -> str:
        """How benchmarks and lessons call its figures: `fetch.inside`."""
        return f"{self.client}.{self.condition}"

    @property
    def files(self) -> tuple[str, ...]:
        """The files that take part, from the folder of the clone."""
        return (*LAB, "benchmarks/pages/probe.js", f"benchmarks/pages/{self.client}.html")

    @property
    def how(self) -> str:
        """In words."""
        return f"a real click in Chromium, {CLIENTS[self.client]}, the mail server takes {self.mail_wait_ms} ms"


@dataclass(frozen=True)
class Recorded(Click):
    """The same click while the browser records its main thread. Recording slows it, so times come from Click."""

    @property
    def how(self) -> str:
        """In words."""
        return f"{super().how}, while the browser records"


@dataclass(frozen=True)
class Rows:
    """Rows of an experiment that the course's server carries out with parts of its own: those of one arm.

    `experiment` is its slug, `parameters` what it is carried out with, `runs` among them. Where it has work of several
    sizes, `sizes_ms` picks some. `name` is how benchmarks and lessons call its figures, `files` are those that take
    part, from the folder of the clone.
    """

    experiment: str
    arm: str
    name: str
    how: str
    files: tuple[str, ...]
    parameters: tuple[tuple[str, int], ...]
    sizes_ms: tuple[float, ...] = ()

    def has(self, row: Mapping[str, Any]) -> bool:
        """Is it one of these rows?"""
        return row["arm"] == self.arm and (not self.sizes_ms or row["size_ms"] in self.sizes_ms)


Source = Click | Recorded | Rows

CLIENTS = {
    "form": "a form post and its redirect",
    "fetch": "fetch, then the text",
    "optimistic": "fetch with the text at once",
    "xhr": "a synchronous XMLHttpRequest",
    "htmx": "htmx 4",
    "restless": "fetch, and a page that builds its answer in hundreds of steps",
}
