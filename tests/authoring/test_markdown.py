"""What Otto's Markdown becomes, and what it can never become."""

import pytest

from authoring.markdown import is_safe_link, to_html


def test_raw_html_is_shown_as_text():
    html = to_html("A <b onclick=x>word</b>.\n\n<script>alert(1)</script>\n\n<!-- note -->\n")
    assert "<b" not in html
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("https://example.org/a:b", True),
        ("http://example.org", True),
        ("mailto:otto@example.org", True),
        ("/labs/email-in-request/", True),
        ("#measured", True),
        ("../why/?a=b:c", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
    ],
)
def test_links_go_only_where_they_may(address: str, is_safe: bool):
    assert is_safe_link(address) is is_safe
    assert ("href=" in to_html(f"[there]({address})")) is is_safe


def test_code_is_marked_without_colour_and_without_inline_style():
    html = to_html('```python\ndef wave():  # hello\n    return "<b>"\n```\n')
    assert '<span class="kw">def</span>' in html
    assert '<span class="cm"># hello</span>' in html
    assert "&lt;b&gt;" in html
    assert "style=" not in html


def test_lanes_icons_and_labels_have_a_short_form():
    html = to_html("Press [[Preserve log]]: :redis: is :ok: but `:redis:` and [[x]](/y) are not.")
    assert "<kbd>Preserve log</kbd>" in html
    assert '<span class="lane redis">' in html
    assert '<use href="#i-ok"/>' in html
    assert "<code>:redis:</code>" in html


def test_tables_align_by_class_and_quotes_are_typographic():
    html = to_html("| a | b |\n|---|--:|\n| it's | 2 |\n")
    assert '<td class="n">2</td>' in html
    assert "style=" not in html
    assert "align=" not in html
    assert "it&rsquo;s" in html
