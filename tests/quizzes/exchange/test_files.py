"""What is refused before any format looks into it, and HTML as Markdown."""

import io
import zipfile
from pathlib import Path

import pytest

from quizzes.exchange.files import LARGEST_BYTES, as_text, read_text
from quizzes.exchange.importing import MOST_QUESTIONS, format_for, import_text
from quizzes.exchange.items import Refused
from quizzes.exchange.rich_text import from_html, from_plain, parted
from quizzes.prose import block


def zipped() -> bytes:
    """An archive with a file outside of itself."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../slip.md", "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"a" * (LARGEST_BYTES + 1), 1, "The file is larger than 2 MB."),
        (zipped(), 1, "This is a zip archive."),
        (b"one\ntw\xe4\n", 2, "This line is not UTF-8."),
        ("What?".encode("utf-16"), 1, "This line is not UTF-8."),
        (b"one\r\ntwo\r\nthr\x00ee", 3, "The control character U+0000 stands here."),
        (b"one\ntwo\x1b[31m", 2, "The control character U+001B stands here."),
    ],
)
def test_what_is_no_text_of_a_quiz_is_refused_with_its_line(content: bytes, line: int, message: str) -> None:
    with pytest.raises(Refused) as refused:
        as_text(content)
    assert (refused.value.line, refused.value.message) == (line, message)
    assert refused.value.hint


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    """It has a gigabyte, and no disk or memory is needed for it."""
    path = tmp_path / "large.gift"
    with path.open("wb") as file:
        file.truncate(10**9)
    with pytest.raises(Refused, match="larger than 2 MB"):
        read_text(path)


def test_a_mark_at_the_beginning_and_line_ends_of_windows_are_no_part_of_the_text() -> None:
    assert as_text("\ufeffWhat?\r\n{=é}".encode()) == "What?\n{=é}"


@pytest.mark.parametrize(
    ("name", "file_name", "found"),
    [("", "a.GIFT", "gift"), ("", "a.xml", "moodle"), ("", "a.toml", "mdbook-quiz"), ("gift", "a.xml", "gift")],
)
def test_the_format_is_named_or_told_by_the_files_name(name: str, file_name: str, found: str) -> None:
    assert format_for(name, file_name).name == found


@pytest.mark.parametrize(("name", "file_name"), [("", "a.docx"), ("", "a"), ("gft", "a.xml"), ("anki", "a.txt")])
def test_an_unknown_format_is_refused_with_those_there_are(name: str, file_name: str) -> None:
    with pytest.raises(Refused) as refused:
        format_for(name, file_name)
    assert "gift" in refused.value.hint


def test_a_quiz_has_an_end() -> None:
    questions = "What?{~a =b}\n\n" * (MOST_QUESTIONS + 1)
    with pytest.raises(Refused, match="more than 1000 questions"):
        import_text(questions, format_for("gift", ""), "a-quiz", "")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One <b>two</b>\n three.</p><p>Four</p>", "One **two** three.\n\nFour"),
        ("a<br>b <em> c </em>d", "a\nb  *c* d"),
        ("<ul><li>a<li>b <code>x*y</code></ul>", "* a\n* b `x*y`"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<pre>if a &lt; b:\n    c</pre>", "```\nif a < b:\n    c\n```"),
        ('<a href="https://example.org/a b">go</a>', "[go](https://example.org/a%20b)"),
        ('<a href="javascript:alert(1)">go</a>', "go"),
        ("<script>alert(1)</script><style>p {}</style>x", "x"),
        ("<h1>Title</h1>", "### Title"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td></tr></table>", "| a | b |\n| --- | --- |\n| 1\\|2 |  |"),
        ("2 * 3 * 4 and [x] &amp;lt;", "2 \\* 3 \\* 4 and \\[x\\] &amp;lt;"),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert from_html(html).text == markdown


def test_tags_without_counterpart_are_named() -> None:
    assert from_html("<p>a <sub>2</sub> <img src='x'> <u>b</u></p>").dropped == ("img", "sub", "u")


@pytest.mark.parametrize(
    "text", ["# no *heading* _here_", "- no list", "1. none", "> no quote", "`a` [[F12]] &amp; <b>", "a\\b"]
)
def test_plain_text_means_what_it_says(text: str) -> None:
    """Rendered, every sign stands where it stood."""
    html = str(block(from_plain(text)))
    for sign, reference in (("&amp;", "\0"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("\0", "&")):
        html = html.replace(sign, reference)
    assert html == f"<p>{text}</p>"


def test_code_is_parted_from_prose() -> None:
    assert parted("a\n\n```python\nb\n```\n\nc") == ("a\n\n\nc", "b")
    assert parted("only prose") == ("only prose", "")
