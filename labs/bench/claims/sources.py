"""Where the figures of a claim come from: something that is done once and yields named figures.

A source says what is set up and which files take part. How it is done is the business of whoever measures
(`manage.py claims` through benchmarks/claims.py, the reader's browser through static/bench/claims/measure.js).
"""

from dataclasses import dataclass

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
class Publish:
    """Handing the first lab's message to Redis: the first one of a new process, or one of many."""

    is_first: bool

    @property
    def name(self) -> str:
        """How benchmarks and lessons call its figures."""
        return "first_publish" if self.is_first else "publish"

    @property
    def files(self) -> tuple[str, ...]:
        """The files that take part."""
        return ("labs/email_in_request/tasks.py", "course/celery.py", "benchmarks/publishing.py")

    @property
    def how(self) -> str:
        """In words."""
        return "the first publish of a new process" if self.is_first else "one publish of a warm process"


@dataclass(frozen=True)
class Pool:
    """Many people at once on a pool of web threads of its own, for some seconds, beside one who wants another page."""

    condition: str

    @property
    def name(self) -> str:
        """How benchmarks and lessons call its figures: `pool.inside`."""
        return f"pool.{self.condition}"

    @property
    def files(self) -> tuple[str, ...]:
        """The files that take part."""
        own = ("benchmarks/pool.py", "benchmarks/load.py", "benchmarks/site/views.py")
        return ("labs/email_in_request/work.py", "labs/email_in_request/tasks.py", *own)

    @property
    def how(self) -> str:
        """In words."""
        return "50 people at once on gunicorn with 2 processes of 4 threads, a mail taking 200 ms"


Source = Click | Recorded | Publish | Pool

CLIENTS = {
    "form": "a form post and its redirect",
    "fetch": "fetch, then the text",
    "optimistic": "fetch with the text at once",
    "xhr": "a synchronous XMLHttpRequest",
    "htmx": "htmx 4",
    "restless": "fetch, and a page that builds its answer in hundreds of steps",
}
