"""Otto's whole text: everything that is wrong with it is told at once, by line, and the rest is shown."""

from pathlib import Path

import pytest
from django.utils.html import format_html

from authoring.blocks import BlockType
from authoring.measured import Figure, Figures
from authoring.page import Rendered, render_page
from tests.authoring.conftest import PATH, box, told

FIGURES = Figures({"mail_ms": Figure(300, 280, 310, 7)})


def rendered(text: str, first_line: int = 1) -> Rendered:
    return render_page(text, PATH, first_line, FIGURES)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("## A\n\n#### C\n", 3, "This heading skips a level."),
        ("# A\n", 1, "This heading skips a level."),
        ("## A\n\n## A\n", 3, "The id a is taken by another heading."),
        ("## A {#x}\n\n### B {#x}\n", 3, "The id x is taken by another heading."),
        ("Text\n[x](javascript:y)\n", 2, "A link may not go to javascript:y."),
        ("Text <em>x</em>\n", 1, "Raw HTML is shown as text: <em>"),
        ("Text\n\n{{ male_ms }}\n", 3, "There is no figure male_ms."),
        ("::: box\n\n{{ male_ms }}\n:::\n", 3, "There is no figure male_ms."),
        (":::: box\n::: box\n\n#### D\n:::\n::::\n", 4, "This heading skips a level."),
        ("The mail takes\n300 ms here.\n", 2, "“300 ms” is typed."),
        ("::: box\nIt falls by 40 %.\n:::\n", 2, "“40 %” is typed."),
    ],
)
def test_each_mistake_is_told_with_its_line(text: str, line: int, message: str):
    assert (line, message) in told(rendered(text).problems)
    assert (line + 20, message) in told(rendered(text, first_line=21).problems)


def test_a_text_without_mistakes_has_no_problems():
    text = (
        "## One {#first}\n\nThe mail takes {{ mail_ms }}, or `{{ mail_ms }}` <https://example.org/>.\n\n"
        "```\n<b>100 ms</b>\n# not a heading\n```\n\n### Two\n\n## Three\n\n::: box\n### Four\n:::\n"
    )
    page = rendered(text)
    assert page.problems == ()
    assert '<h2 id="first">One</h2>' in page.html
    assert "takes 300\N{NO-BREAK SPACE}ms, or <code>{{ mail_ms }}</code>" in page.html
    assert '<div class="box"><h3 id="four">Four</h3></div>' in page.html


@pytest.mark.parametrize(
    "text",
    [
        "Good is up to 200 ms ([web.dev](https://web.dev/articles/inp)).",
        "Some say “it gains 100 to 500 ms”.",
        "Set `timeout=5 s` and see {{ mail_ms }}.",
        "Redis 7.0.15 keeps 3 messages, and HTTP 202 is an answer.",
    ],
)
def test_cited_quoted_and_measured_numbers_may_stand(text: str):
    assert rendered(text).problems == ()


def test_a_source_counts_for_its_own_sentence_only():
    text = "Good is 200 ms ([web.dev](https://web.dev/articles/inp)). Ours took 24 ms."
    assert told(rendered(text).problems) == [(1, "“24 ms” is typed.")]


def test_problems_print_as_file_line_and_remedy():
    (problem,) = render_page("[x](ftp://y)", Path("a.md"), 7).problems
    assert str(problem) == "a.md:7: A link may not go to ftp://y. Use http, https, mailto or an address of this site."


def test_a_text_that_is_nested_too_deeply_is_told_and_the_next_one_is_shown():
    deep = rendered("".join("    " * depth + "- a\n" for depth in range(300)))
    assert told(deep.problems) == [(1, "This text is nested too deeply to be shown.")]
    assert "<pre" in deep.html
    assert rendered("- a\n- b\n").html == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"


def test_blocks_are_counted_by_their_name(monkeypatch: pytest.MonkeyPatch):
    numbered = BlockType("nr", lambda block, markdown: format_html("<i>{}</i>", block.number), has_body=False)
    for reader in ("authoring.scanner", "authoring.page"):
        monkeypatch.setattr(f"{reader}.BLOCK_TYPES", {"box": BlockType("box", box), "nr": numbered})
    html = rendered("::: nr\n:::\n\n:::: box\n::: nr\n:::\n::::\n").html
    assert "<i>1</i>" in html
    assert "<i>2</i>" in html
