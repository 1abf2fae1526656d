"""A browser without JavaScript, for tests: cookies, and forms with their CSRF token."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import Any

from apparatus.probe import wait_until

LAB = "/labs/email-in-request/"


@dataclass(frozen=True)
class Answer:
    """A response: status, headers, text, and how long it took in seconds."""

    status: int
    headers: HTTPMessage
    text: str
    took_s: float

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


class Visitor:
    """One person's browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies)
        )
        self.token = ""

    def get(self, path: str, timeout_s: float = 20) -> Answer:
        """Read a page; remember the CSRF token of its forms."""
        answer = self._ask(urllib.request.Request(self.url + path), timeout_s)
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.text):
            self.token = found[1]
        return answer

    def post(
        self, path: str, data: dict[str, Any] | None = None, *, script: bool = True, timeout_s: float = 20
    ) -> Answer:
        """Send a form, as a script that wants JSON or as a plain form (which follows redirects)."""
        if not self.token:
            self.get(LAB)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token} | (data or {})).encode()
        headers = {"Accept": "application/json"} if script else {}
        return self._ask(urllib.request.Request(self.url + path, body, headers), timeout_s)

    def run(self, condition: str, mail_wait_ms: int | str = 300, **more: str) -> Answer:
        """One run of the first lab, in line for as long as others measure."""

        def answer() -> Answer | None:
            got = self.post(f"{LAB}run/{condition}", {"mail_wait_ms": mail_wait_ms} | more)
            return None if got.status == 503 and "in_line" in got.json else got

        return wait_until(answer, what="a measuring slot", timeout_s=60)

    def until_final(self, state: dict[str, Any], timeout_s: float = 30) -> dict[str, Any]:
        """The run's state once nothing more will happen to it."""
        return self.until(state, lambda now: now["final"], timeout_s)

    def until(self, state: dict[str, Any], condition: Any, timeout_s: float = 30) -> dict[str, Any]:
        """The run's state once it fulfils a condition."""

        def now() -> dict[str, Any] | None:
            current: dict[str, Any] = self.get(state["data"]).json
            return current if condition(current) else None

        return wait_until(now, what="the run", timeout_s=timeout_s, interval_s=0.05)

    def _ask(self, request: urllib.request.Request, timeout_s: float) -> Answer:
        started = time.monotonic()
        try:
            response = self.opener.open(request, timeout=timeout_s)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            text = response.read().decode()
            return Answer(response.status, response.headers, text, time.monotonic() - started)
