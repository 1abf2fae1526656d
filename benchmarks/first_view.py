"""What a browser with an empty cache transfers for the first view of a page, by Chromium's own count."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from benchmarks.client_clicks import LAB, token

SETTLE_MS = 500  # modules that are asked for late


@dataclass(frozen=True)
class FirstView:
    """Requests and bytes on the wire, headers of the answers included; `strangers`: requests to other hosts."""

    requests: int
    bytes: int
    script_bytes: int
    strangers: int
    files: str


def first_view(browser: Browser, url: str, path: str, *, past_predicting: bool = False) -> FirstView:
    """Open `path` in a new browser context; `past_predicting`: as a learner who is at the first lab's second stage."""
    context = browser.new_context(base_url=url)
    if past_predicting:
        context.request.post(f"{LAB}predict/", form={"csrfmiddlewaretoken": token(context), "skip": "1"})
    page = context.new_page()
    found: dict[str, dict[str, Any]] = {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.responseReceived", lambda event: found.setdefault(event["requestId"], {}).update(event))
    session.on("Network.loadingFinished", lambda event: found.setdefault(event["requestId"], {}).update(event))
    page.goto(path, wait_until="networkidle")
    page.wait_for_timeout(SETTLE_MS)
    context.close()
    return _counted([one for one in found.values() if one["response"]["url"].startswith("http")], url)


def _counted(found: list[dict[str, Any]], url: str) -> FirstView:
    sizes = [(one["type"], one["response"]["url"], int(one.get("encodedDataLength", 0))) for one in found]
    host = urlsplit(url).netloc
    return FirstView(
        requests=len(sizes),
        bytes=sum(size for *_, size in sizes),
        script_bytes=sum(size for kind, _, size in sizes if kind == "Script"),
        strangers=sum(urlsplit(address).netloc != host for _, address, _ in sizes),
        files=", ".join(f"{_name(address)} {size / 1000:.1f}" for _, address, size in sizes),
    )


def _name(address: str) -> str:
    path = PurePosixPath(urlsplit(address).path)
    return f"{path.name.split('.')[0]}{path.suffix}" if path.suffix else "page"
