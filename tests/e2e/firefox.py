"""A real Firefox, driven over WebDriver BiDi: no driver program, no patched browser. Only what a lab's test needs."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Any

from websocket import WebSocket, create_connection

from apparatus.browser import find_firefox
from apparatus.probe import wait_until

READY_WITHIN_S = 60
ANSWER_WITHIN_S = 30
LISTENING = re.compile(r"WebDriver BiDi listening on (?P<address>ws://\S+)")
# Firefox talks to hosts of its own unless told not to, and a learner's milliseconds are measured here.
QUIET = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "",
    "toolkit.telemetry.server": "",
}


class Firefox:
    """One tab of a Firefox."""

    def __init__(self, socket: WebSocket) -> None:
        self.socket, self.numbers = socket, count(1)
        self._ask("session.new", capabilities={})
        self.tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def go(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        self._ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def value(self, expression: str) -> Any:
        """What a JavaScript expression says, promises awaited; it must be what JSON can hold."""
        answer = self._ask(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(JSON.stringify)",
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"].get("value", "null"))

    def until(self, expression: str, what: str) -> Any:
        """Wait until an expression is true; the page may be left meanwhile."""

        def found() -> Any:
            try:
                return self.value(expression)
            except (AssertionError, BiDiError):
                return None

        return wait_until(found, what=what, timeout_s=ANSWER_WITHIN_S, interval_s=0.05)

    def click(self, selector: str) -> None:
        """A real click on the middle of an element."""
        where = f"document.querySelector({json.dumps(selector)})"
        self.value(f"{where}.scrollIntoView({{ block: 'center' }})")
        x, y = self.value(f"(r => [r.x + r.width / 2, r.y + r.height / 2])({where}.getBoundingClientRect())")
        press = [
            {"type": "pointerMove", "x": round(x), "y": round(y)},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._ask(
            "input.performActions", context=self.tab, actions=[{"type": "pointer", "id": "mouse", "actions": press}]
        )

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") != number:
                continue
            if answer["type"] == "error":
                raise BiDiError(f"{method}: {answer['message']}")
            return answer["result"]


class BiDiError(Exception):
    """Firefox refused a command."""


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """A Firefox without a window and with a profile of its own in `folder`; it is gone afterwards."""
    program = find_firefox()
    assert program, "No Firefox to test with: apt-get install firefox-esr, or put firefox on PATH."
    (folder / "user.js").write_text(
        "".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in QUIET.items())
    )
    command = [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    with (folder / "firefox.log").open("w+") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, start_new_session=True, env=os.environ | {"HOME": str(folder)}
        )
        try:
            address = wait_until(lambda: _address(log), what="Firefox to listen", timeout_s=READY_WITHIN_S)
            socket = create_connection(f"{address}/session", timeout=ANSWER_WITHIN_S, suppress_origin=True)
            yield Firefox(socket)
            socket.close()
        finally:
            os.killpg(process.pid, 9)
            process.wait()


def _address(log: IO[str]) -> str | None:
    log.seek(0)
    found = LISTENING.search(log.read())
    return found["address"] if found else None
