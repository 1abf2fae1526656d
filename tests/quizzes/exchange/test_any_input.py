"""Whatever is uploaded as a quiz, it is read or refused in words; nothing raises anything else, and nothing hangs."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.exchange.files import as_text
from quizzes.exchange.format import Format
from quizzes.exchange.formats import gift, mdbook_quiz, moodle_xml
from quizzes.exchange.importing import import_text
from quizzes.exchange.items import Refused
from quizzes.exchange.rich_text import from_html, from_plain, plain_text
from tests.quizzes.exchange.samples import BANK, FAST, SIGNS

FORMATS = [gift.FORMAT, moodle_xml.FORMAT, mdbook_quiz.FORMAT]
VALID = {
    "gift": gift.write_bank(BANK).content.decode(),
    "moodle": moodle_xml.write_bank(BANK).content.decode(),
    "mdbook-quiz": mdbook_quiz.write_bank(BANK).content.decode(),
}
PIECES = [
    *(
        "{",
        "}",
        "{#",
        "{>",
        "{}",
        "=",
        "~",
        "#",
        "####",
        "->",
        "::",
        "//",
        "[html]",
        "[id:a]",
        "%50%",
        "%-1%",
        "\\",
        "\n\n",
    ),
    *(
        "<quiz>",
        "</quiz>",
        '<question type="cloze">',
        "</question>",
        "<text>",
        "</text>",
        "<answer fraction='x'>",
        "]]>",
    ),
    *(
        "[[questions]]",
        'type = "Tracing"',
        "prompt.prompt = 1",
        "answer.answer = []",
        '"""',
        "a.b.c = 1",
        "[",
        "]",
        "nan",
    ),
    *(
        "{1:SHORTANSWER:=a~b}",
        "{1:MC:~}",
        "[[1]]",
        "[[99999]]",
        "1e999",
        "<b>",
        "&amp;",
        "&#0;",
        "# a",
        "## b",
        "- [ ] a: b",
    ),
]


def read_any(form: Format, text: str) -> None:
    """Import the text as this format: it works, or it is refused with a line, a message and a remedy."""
    refused: Refused | None = None
    try:
        imported = import_text(as_text(text.encode(errors="replace")), form, "a-quiz", "")
    except Refused as refusal:
        refused = refusal
    if refused:
        assert (refused.line >= 1, bool(refused.message), bool(refused.hint)) == (True, True, True)
    else:
        assert imported.text.startswith("---\n")
        assert all(problem.line >= 1 for problem in imported.problems)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@FAST
@given(text=st.one_of(st.text(max_size=200), st.text(SIGNS, max_size=200)))
def test_any_text_is_read_or_refused(form: Format, text: str) -> None:
    read_any(form, text)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@FAST
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_row_of_signs_is_read_or_refused(form: Format, pieces: list[str]) -> None:
    read_any(form, " ".join(pieces))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@FAST
@given(seed=st.integers(0, 2**32))
def test_a_valid_file_with_mistakes_is_read_or_refused(form: Format, seed: int) -> None:
    random, text = Random(seed), VALID[form.name]
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(text))
        text = text[:start] + random.choice(["", *PIECES]) + text[start + random.choice([0, 1, 5, 40]) :]
    read_any(form, text)


@FAST
@given(
    st.one_of(
        st.text(SIGNS, max_size=200),
        st.lists(st.sampled_from(["<p>", "<b>", "</", "<li>", "<pre>", "a", "<a href='", "<!--", "&"])).map("".join),
    )
)
def test_any_html_becomes_text(html: str) -> None:
    assert isinstance(from_html(html).text, str)
    assert isinstance(plain_text(html), str)
    assert isinstance(from_plain(html), str)


def test_the_samples_use_what_files_use() -> None:
    """The mutated files above hold questions: without that the properties would prove little."""
    assert [len(form.read(VALID[form.name]).bank.items) for form in FORMATS if form.read] == [4, 6, 4]
