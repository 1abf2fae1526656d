"""What people do on these pages, by the names they see."""

from playwright.sync_api import Page, expect

LAB = "/labs/email-in-request/"
LESSON = "/lessons/redis-as-a-message-broker/perf/"
QUIZ = "/quizzes/redis-as-a-message-broker/"
INSIDE, QUEUED = "Send the mail inside the request", "Hand it to the queue"
RUN_WITHIN_MS = 20_000


def predict(page: Page, inside_ms: int = 250, queued_ms: int = 10) -> None:
    """Write down a prediction on the lab page."""
    page.get_by_role("spinbutton", name="Inside the request").fill(str(inside_ms))
    page.get_by_role("spinbutton", name="Through Redis").fill(str(queued_ms))
    page.get_by_role("button", name="Write it down").click()
    page.wait_for_selector("[data-ready]")


def run(page: Page, button: str) -> dict:
    """Click one of the two buttons and wait until the run is over. Returns its state as the page was told."""
    page.wait_for_selector("[data-ready]", state="attached")
    page.evaluate(
        "window.ran = new Promise(done => document.querySelector('[data-module]')"
        ".addEventListener('brokered:ran', event => done(event.detail), { once: true })), 0"
    )
    page.get_by_role("button", name=button).click()
    state = page.evaluate(f"Promise.race([window.ran, new Promise(done => setTimeout(done, {RUN_WITHIN_MS}, null))])")
    assert state, f"no run within {RUN_WITHIN_MS} ms; the page says: {page.locator('[data-status]').inner_text()}"
    expect(page.locator("[data-run-form]")).not_to_have_attribute("data-busy", "", timeout=RUN_WITHIN_MS)
    return state


def span_ms(state: dict, lane: str) -> float:
    """How long a lane's bar is."""
    return next(span["end_ms"] - span["start_ms"] for span in state["spans"] if span["lane"] == lane)


def moment_ms(state: dict, what: str) -> float:
    """When something happened, counted from the request."""
    return next(moment["at_ms"] for moment in state["moments"] if moment["what"] == what)
