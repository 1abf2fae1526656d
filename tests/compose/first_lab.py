"""A learner of the containers: does the first lab over HTTP, as a script would. Standard library only:

first_lab.py ADDRESS compare RUNS     run the mail inside and queued, RUNS times each; queued must answer sooner
first_lab.py ADDRESS both             run each once; both mails must arrive
first_lab.py ADDRESS queue            queue one mail and print the address of its data
first_lab.py ADDRESS finish DATA      wait until that run is done and its mail has arrived
first_lab.py ADDRESS health 503 PART  wait until /healthz answers with 503 and calls that part ill
first_lab.py ADDRESS open PATH        the page and its static files must be there
first_lab.py ADDRESS locked ONE OTHER a proxy sends wrong passwords from address ONE until that is locked; OTHER is not
first_lab.py ADDRESS refused          the queued button must say within 3 s that Redis is away
"""

import json
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar
from statistics import median
from typing import Any

LAB = "/labs/email-in-request/"
SIGN_IN = "/staff/sign-in/"
MOST_PASSWORDS = 20
MAIL_WAIT_MS = 300
PATIENCE_S = 40.0
TRUTHS = {"the task is finished", "the mail has arrived"}


class Learner:
    """A browser without JavaScript's comforts: cookies, and the token of the last form it saw."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.browser = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def ask(
        self, path: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, float]:
        """Status, body and milliseconds of one request; a POST when there is a form."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        accepted = {"Accept": "application/json"} if form else {}
        request = urllib.request.Request(self.address + path, data, accepted | (headers or {}))
        begun = time.perf_counter()
        try:
            with self.browser.open(request, timeout=15) as answer:
                status, body = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                status, body = error.code, error.read().decode()
        return status, body, 1000 * (time.perf_counter() - begun)

    def token(self, path: str) -> dict[str, str]:
        """What the form of this page proves its origin with."""
        _, page, _ = self.ask(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, f"{path} has no form"
        return {"csrfmiddlewaretoken": token[1]}

    def press(self, condition: str) -> tuple[int, Any, float]:
        """Open the lab, press one of its two buttons; the answer's status, JSON and milliseconds."""
        form = self.token(LAB) | {"mail_wait_ms": str(MAIL_WAIT_MS)}
        status, body, took_ms = self.ask(f"{LAB}run/{condition}", form)
        return status, json.loads(body), took_ms

    def sign_in_wrongly(self, forwarded_for: str) -> int:
        """The status of the answer to a wrong password, sent as a proxy sends it on for this address."""
        form = self.token(SIGN_IN) | {"username": "ines", "password": "wrong"}
        return self.ask(SIGN_IN, form, {"X-Forwarded-For": forwarded_for})[0]

    def run(self, condition: str) -> tuple[str, float]:
        """One run that must succeed: the address of its data, and the milliseconds until the answer."""
        status, answer, took_ms = self.press(condition)
        assert status == 201, f"{condition}: {status} {answer}"
        return answer["data"], took_ms


def compare(learner: Learner, runs: str) -> str:
    """Run both ways in turn. Queued must answer at least twice as soon, and its mail must arrive all the same."""
    both(learner)
    waits_ms: dict[str, list[float]] = {"inside": [], "queued": []}
    for _ in range(int(runs)):
        for condition, seen in waits_ms.items():
            data, took_ms = learner.run(condition)
            seen.append(took_ms)
            finish(learner, data)
    inside_ms, queued_ms = (median(seen) for seen in waits_ms.values())
    assert inside_ms >= MAIL_WAIT_MS * 0.9, f"inside took {inside_ms:.0f} ms, the mail alone takes {MAIL_WAIT_MS}"
    assert queued_ms * 2 <= inside_ms, f"queued took {queued_ms:.0f} ms, inside {inside_ms:.0f} ms"
    return f"answer after {inside_ms:.0f} ms inside, {queued_ms:.0f} ms queued; all mails arrived"


def both(learner: Learner) -> str:
    """Run each way once; both mails must arrive."""
    for condition in ("inside", "queued"):
        finish(learner, learner.run(condition)[0])
    return "both mails arrived"


def finish(learner: Learner, data: str) -> str:
    """Wait until a run is final and its mail is there."""

    def done() -> str:
        run = json.loads(learner.ask(data)[1])
        assert run["phase"] != "failed", run
        expected = TRUTHS if run["condition"] == "queued" else TRUTHS - {"the task is finished"}
        happened = {moment["what"] for moment in run["moments"]}
        return "the mail arrived" if run["final"] and expected <= happened else ""

    return wait_for(done, f"the mail of {data}")


def queue(learner: Learner) -> str:
    """Leave one message in Redis and go."""
    return learner.run("queued")[0]


def refused(learner: Learner) -> str:
    """Without Redis the queued button says so within 3 s; the other one still sends its mail."""
    status, answer, took_ms = learner.press("queued")
    assert (status, answer.get("lane")) == (503, "redis"), (status, answer)
    assert took_ms < 3000, f"it took {took_ms:.0f} ms to say so"
    finish(learner, learner.run("inside")[0])
    return f"queued says after {took_ms:.0f} ms that Redis {answer['trouble']}; inside still sends"


def locked(learner: Learner, one: str, other: str) -> str:
    """Wrong passwords are counted for the address that the proxy names, so its visitors do not lock each other out."""
    tried = next((n for n in range(1, MOST_PASSWORDS + 1) if learner.sign_in_wrongly(one) == 429), None)
    assert tried, f"{one} is not locked after {MOST_PASSWORDS} wrong passwords"
    status = learner.sign_in_wrongly(other)
    assert status == 200, f"{other} gets {status} after the wrong passwords of {one}"
    return f"{one} is locked at its wrong password {tried}, {other} is not"


def health(learner: Learner, status: str, *parts: str) -> str:
    """Wait until /healthz has this status and calls every one of these parts ill."""

    def so() -> str:
        found, body, _ = learner.ask("/healthz")
        ill = [name for name, part in json.loads(body).items() if not part["ok"]]
        return f"{found} {body}" if found == int(status) and set(parts) <= set(ill) else ""

    return wait_for(so, f"/healthz with {status} {' '.join(parts)}")


def open_page(learner: Learner, path: str) -> str:
    """The page must be there, and every file that it names."""
    status, page, took_ms = learner.ask(path)
    assert status == 200, f"{path} answers with {status}"
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert files, f"{path} names no static file"
    for file in files:
        assert learner.ask(file)[0] == 200, f"{path} names {file}, which is not there"
    return f"{path} answers in {took_ms:.0f} ms, its {len(files)} static files are there"


def wait_for(condition: Callable[[], str], what: str) -> str:
    """The condition's first answer that says something; a site that is just starting again may refuse connections."""
    deadline, last = time.monotonic() + PATIENCE_S, ""
    while time.monotonic() < deadline:
        try:
            if said := condition():
                return said
        except (OSError, ValueError) as error:
            last = f" ({error})"
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come within {PATIENCE_S:g} s{last}")


if __name__ == "__main__":
    commands: dict[str, Callable[..., str]] = {
        "compare": compare,
        "both": both,
        "queue": queue,
        "finish": finish,
        "locked": locked,
        "refused": refused,
        "health": health,
        "open": open_page,
    }
    print(commands[sys.argv[2]](Learner(sys.argv[1]), *sys.argv[3:]))
