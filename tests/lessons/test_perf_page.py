"""The first page: Redis as a message broker, in Perf mode."""

import gzip
import re
import time
from html.parser import HTMLParser

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import Resolver404, include, path, resolve
from pytest_django import Settings

from labs.bench.claims.registry import all_claims
from lessons.catalog import CONTENT, catalog
from lessons.modes import MODES

ADDRESS = "/lessons/redis-as-a-message-broker/perf/"
SLUG = "redis-as-a-message-broker"


class Outline(HTMLParser):
    """Ids, links, tags and inline attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes |= values.keys()
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if tag == "a" else []


@pytest.fixture
def page() -> str:
    """The page as Ada gets it."""
    return Client().get(ADDRESS).content.decode()


def test_the_rows_stand_in_their_order_the_true_part_first(page: str):
    rows = ["gain", "pair", "comparison", "pipeline", "vital", "tips", "quiz", "devtools", "measured"]
    assert [name for name in Outline(page).ids if name in rows] == rows
    assert page.index('id="claim-answer-sooner"') < page.index('id="claim-inp-said"') < page.index('id="claim-inp"')


def test_nine_modes_are_shown_and_only_the_written_ones_are_links(page: str):
    switch = page[page.index('<ul class="modes">') : page.index("</ul></nav>")]
    assert re.findall(r"<(?:span|a [^>]*)>(\w+) <small>", switch) == [mode.label for mode in MODES]
    assert len(MODES) == 9
    written = catalog().lessons[SLUG].texts
    assert re.findall(r'href="([^"]+)"', switch) == [f"/lessons/{SLUG}/{mode}/" for mode in written]
    assert switch.count("not yet written") == 9 - len(written)


def test_reading_time_impact_and_what_it_affects_are_said(page: str):
    (minutes,) = {int(found) for found in re.findall(r"(\d+) minutes", page[: page.index("Impact:")])}
    assert 5 <= minutes <= 15
    assert "Impact: <strong>large</strong>" in page
    assert "None on how soon a click is painted." in page


def test_what_can_be_done_afterwards_stands_at_the_top_with_the_question_that_shows_it(page: str):
    outcome = page.index('<p class="outcome">Afterwards you can say')
    assert outcome < page.index("<h2")
    assert f'<a href="/quizzes/{SLUG}/responsiveness/">The question that shows it</a>' in page[outcome : outcome + 400]


def test_the_good_and_the_bad_way_have_their_gain_and_cost(page: str):
    good, bad = (
        page.index("<strong>Good: through the queue.</strong>"),
        page.index("<strong>Bad: inside the request.</strong>"),
    )
    assert good < page.index("<strong>Gain:</strong>") < bad < page.index("<strong>Cost:</strong>")
    assert "transaction.on_commit(" in page
    assert "@shared_task(ignore_result=" in page


def test_the_comparison_has_the_usual_columns_and_those_that_matter(page: str):
    start = page.index('id="comparison"')
    head = page[start : page.index("</thead>", start)]
    columns = re.findall(r'scope="col"[^>]*>([^<]+)<', head)
    assert columns[1:4] == ["DOM operations", "Reflows", "Paint cost"]
    assert columns[-1] == "Verdict"
    for column in (
        "Response time",
        "TTFB of the next page",
        "LCP of the next page",
        "Requests/s, 8 threads",
        "Mail arrived after",
    ):
        assert column in columns
    assert "first three columns cannot tell the two apart" in page


def test_the_three_steps_lie_on_the_lanes_and_the_bottleneck_is_marked(page: str):
    for step in ("Event handling", "Network request", "Task scheduling"):
        assert f"<strong>{step}</strong>" in page
    assert ">bottleneck here</text>" in page
    assert '<rect class="guess"' in page


def test_five_client_styles_are_compared(page: str):
    rows = re.findall(r'<th scope="row">(.*?)</th>((?:<td class="n">.*?</td>){6})</tr>', page)
    names = [re.sub(r"<[^>]+>", "", name) for name, _ in rows]
    assert names == [
        "Form post and redirect",
        "fetch, then update",
        "fetch, text shown at once",
        "Synchronous XHR",
        "htmx 4",
    ]


def test_three_tips_say_what_is_right_in_them_and_when_they_fail(page: str):
    tips = page[page.index('id="tips"') : page.index('id="quiz"')]
    for row in ("Often said", "Right in it", "Fails when"):
        assert tips.count(f"<dt>{row}</dt>") == 3


def test_the_question_and_the_devtools_check_are_there(page: str):
    assert f'href="/quizzes/{SLUG}/' in page[page.index('id="quiz"') :]
    check = page[page.index('id="devtools"') :]
    for name in (
        "Performance",
        "Main",
        "Network",
        "Preserve log",
        "Timing",
        "Waiting for server response",
        "Server Timing",
    ):
        assert f"<kbd>{name}</kbd>" in check
    assert (
        check.index("what will differ?")
        < check.index("Nothing differs.")
        < check.index("One long bar, one short: here")
    )


@pytest.mark.django_db
def test_everybody_gets_the_same_bytes_without_a_query(django_assert_num_queries, ada_who_wrote: Client):
    with django_assert_num_queries(0):
        hers, newcomers = ada_who_wrote.get(ADDRESS), Client().get(ADDRESS)
    assert hers.content == newcomers.content
    assert newcomers.cookies == {}
    assert "Cookie" not in newcomers.headers.get("Vary", "")


@pytest.fixture
def ada_who_wrote() -> Client:
    """Ada has noted a guess before, so her browser has a cookie."""
    ada = Client()
    ada.post("/guesses/", {"slug": f"lessons/{SLUG}/perf/inp", "choice": "rises"})
    assert ada.cookies
    return ada


def test_the_page_holds_no_form_no_token_and_nothing_inline(page: str):
    outline = Outline(page)
    assert not {"form", "style", "input"} & set(outline.tags)
    assert "csrf" not in page
    assert not [name for name in outline.attributes if name == "style" or name.startswith("on")]
    assert len(outline.ids) == len(set(outline.ids))


def test_every_link_leads_somewhere(page: str):
    outline = Outline(page)
    for link in outline.links:
        if link.startswith("#"):
            assert link[1:] in outline.ids
        elif not link.startswith("https://"):
            try:
                resolve(re.split(r"[?#]", link)[0])
            except Resolver404:
                pytest.fail(f"{link} leads nowhere")


def test_a_browser_that_takes_gzip_gets_the_same_page_smaller():
    plain, packed = Client().get(ADDRESS), Client().get(ADDRESS, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < 12_000
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_page_seen_before_is_not_sent_again():
    for encoding in ("identity", "gzip"):
        headers = {"Accept-Encoding": encoding}
        etag = Client().get(ADDRESS, headers=headers).headers["ETag"]
        again = Client().get(ADDRESS, headers={**headers, "If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_a_lesson_leads_to_its_first_written_mode():
    first = catalog().lessons[SLUG].first_mode
    assert Client().get(f"/lessons/{SLUG}/").headers["Location"] == f"/lessons/{SLUG}/{first}/"
    assert Client().get("/lessons/").headers["Location"] == "/"


@pytest.mark.parametrize("address", [f"/lessons/{SLUG}/fast/", "/lessons/nowhere/", "/lessons/nowhere/perf/"])
def test_what_is_not_written_is_not_found(address: str):
    request = RequestFactory().get(address)
    match = resolve(address)
    with pytest.raises(Http404):
        match.func(request, **match.kwargs)


def test_no_problem_is_left_in_the_texts():
    call_command("check", "--tag", "content", "--fail-level", "WARNING")


def test_no_measured_number_is_typed_and_every_figure_has_its_source(page: str):
    for script in ("benchmarks/client_styles.py", "benchmarks/pool.py"):
        assert f"<code>{script}</code>" in page
    assert catalog().problems == ()


def fixed(request: HttpRequest) -> HttpResponse:
    """A view that does nothing but answer with as many bytes as the page has."""
    return HttpResponse(FIXED_BYTES)


FIXED_BYTES = b"x" * 9_000
urlpatterns = [path("fixed/", fixed), path("", include("course.urls"))]


@pytest.mark.django_db
def test_serving_it_costs_at_most_twice_as_much_as_serving_fixed_bytes(settings: Settings):
    settings.ROOT_URLCONF = __name__
    serve = WSGIHandler()
    pairs = [(_cpu_s(serve, ADDRESS), _cpu_s(serve, "/fixed/")) for _ in range(7)]
    assert min(ours for ours, _ in pairs) < 2 * min(theirs for _, theirs in pairs)


def _cpu_s(serve: WSGIHandler, address: str) -> float:
    begun = time.process_time()
    for _ in range(20):
        environ = RequestFactory().get(address, headers={"Accept-Encoding": "gzip"}).environ
        assert serve(environ, lambda *head: lambda body: None).status_code == 200
    return time.process_time() - begun


# What is not compared: settings, counts of clicks, and the drawing of single runs.
SET_OR_DRAWN = re.compile(r"mail_ms|pool\.(users|threads|mail_ms)|.+\.clicks|.+\.n|journey\..+")


def test_every_number_that_the_page_compares_is_in_a_claim():
    claimed = {arm.figure_name for claim in all_claims().values() for arm in claim.arms}
    text = (CONTENT / SLUG / "perf.md").read_text()
    printed = {name for names in re.findall(r"\{\{ (.+?) \}\}", text) for name in re.split(r" [-/] ", names)}
    bare = {re.sub(r"\.(bare|spread|low|high)$", "", name) for name in printed}
    assert {name for name in bare if not SET_OR_DRAWN.fullmatch(name)} <= claimed
