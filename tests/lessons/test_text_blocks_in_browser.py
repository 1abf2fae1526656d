"""Ada meets what the text format offers, in a real browser: by mouse, by keyboard, on a phone, and without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.lessons.browsing import PHONE, WIDE, new_page
from tests.lessons.conftest import HEAD
from tests.quizzes import test_in_browser
from tests.soundness import assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
chromium = test_in_browser.chromium
ADDRESS = "/lessons/snow/perf/"
GLOSSARY = "## flake\n\nOne crystal of ice, or a few that cling together.\n\n## sleet\n\nRain with flakes in it.\n"
TEXT = """
## Falling

A [[flake]] is cold, and one flake is no winter: it needs other [[flakes]]. Press [[F12]].

::: myth claim="The queue makes INP faster" run="lab:who-freezes-the-page"
Wrong because: the next frame is painted while the request is on its way.
Why it tempts: the answer comes sooner.
What is true: INP stays where it was.
:::

:::: step level="easy" title="A list"
Look at it.

::: predict id="taken" question="Two workers wait. One message comes. Who gets it?"
- both of them
- `one` of them

---

One: taking it out removes it.
:::
::::

:::: step level="hard" title="Two lists"
::: output of="examples/fall.py"
:::
::::

::: card quiz="recall-cards" id="card-gain"
:::
"""


@pytest.fixture
def page_of_blocks(content: Path) -> None:
    """Otto's page with one of each."""
    (content / "glossary.md").write_text(GLOSSARY)
    (content / "snow" / "examples" / "output").mkdir(parents=True)
    (content / "snow" / "examples" / "fall.py").write_text('print("it falls")\n')
    (content / "snow" / "examples" / "output" / "fall.txt").write_text("it falls\n")
    (content / "snow" / "perf.md").write_text(HEAD + TEXT)


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def ada(request: pytest.FixtureRequest, chromium: Browser, live_server, page_of_blocks: None) -> Iterator[Page]:
    """Ada at the page, on her machine and on her phone. No complaint may stand in the console."""
    with new_page(chromium, live_server.url, request.param) as page:
        page.goto(ADDRESS, wait_until="networkidle")
        yield page


def test_axe_finds_nothing_and_nothing_scrolls_sideways(ada: Page) -> None:
    for part in ada.locator("main details > summary:visible").all():
        part.click()
    ada.locator(".term").first.click()
    assert_sound(ada)


def test_a_word_opens_its_meaning_and_escape_closes_it(ada: Page) -> None:
    word, meaning = ada.get_by_role("button", name="flake", exact=True), ada.locator("#term-flake")
    assert word.get_attribute("title") == "One crystal of ice, or a few that cling together."
    expect(meaning).to_be_hidden()
    word.click()
    expect(meaning).to_be_visible()
    of_word, box, screen = word.bounding_box(), meaning.bounding_box(), ada.viewport_size
    assert of_word
    assert box
    assert screen
    assert 0 < box["y"] - of_word["y"] < 60, "it stands at its word"
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= screen["width"]
    ada.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    ada.get_by_role("button", name="flakes", exact=True).focus()
    ada.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    meaning.get_by_role("link", name="All words").click()
    expect(ada.locator("#flake:target")).to_have_text("flake")


def test_a_myth_is_refuted_by_keyboard_and_leads_to_its_experiment(ada: Page) -> None:
    myth = ada.locator(".myth")
    expect(myth.get_by_text("INP stays where it was.")).to_be_hidden()
    myth.locator("summary").focus()
    ada.keyboard.press("Enter")
    expect(myth.get_by_text("INP stays where it was.")).to_be_visible()
    expect(myth.get_by_role("link", name="Run it yourself")).to_have_attribute("href", "/labs/who-freezes-the-page/")


def test_a_prediction_is_kept_and_then_what_is_so_is_shown(ada: Page) -> None:
    asked = ada.locator("[data-slug='lessons/snow/perf/taken']")
    asked.scroll_into_view_if_needed()
    asked.get_by_label("one of them").check()
    expect(asked.get_by_text("taking it out removes it")).to_be_hidden()
    with ada.expect_response("**/guesses/") as kept:
        asked.get_by_role("button", name="Note it and show").click()
    assert kept.value.status == 201
    expect(asked.get_by_text("You guessed: one of them.")).to_be_visible()
    expect(asked.get_by_text("taking it out removes it")).to_be_visible()


def test_steps_are_numbered(ada: Page) -> None:
    expect(ada.get_by_role("heading", level=3)).to_have_text(["Step 1. A list", "Step 2. Two lists"])


def test_a_card_is_turned(ada: Page) -> None:
    ada.get_by_role("link", name="Turn the card").click()
    ada.get_by_role("button", name="Turn the card").click()
    expect(ada.get_by_role("button", name="I knew it")).to_be_visible()


def test_without_a_script_everything_can_be_read(chromium: Browser, live_server, page_of_blocks: None) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(ADDRESS)
    page.get_by_role("button", name="flake", exact=True).click()
    expect(page.locator("#term-flake")).to_be_visible()
    page.keyboard.press("Escape")
    for summary in page.locator("main summary").all():
        summary.click()
    for words in ("taking it out removes it", "INP stays where it was.", "Look at it."):
        expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator("samp")).to_have_text("it falls")
    page.get_by_role("link", name="Turn the card").click()
    assert page.url.endswith("/quizzes/recall-cards/card-gain/")
    context.close()
