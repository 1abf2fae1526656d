"""Otto begins a file with keys and values."""

import pytest

from authoring.front_matter import read_front_matter
from tests.authoring.conftest import PATH, told


def test_keys_and_body_come_apart_and_the_body_knows_its_line():
    read = read_front_matter(
        "---\ntitle: Snow: why white\nlab: sun\n---\n\n## Text\n", PATH, ["title"], ["lab", "quiz"]
    )
    assert read.values == {"title": "Snow: why white", "lab": "sun", "quiz": ""}
    assert read.lines == {"title": 2, "lab": 3}
    assert (read.body, read.body_line, read.problems) == ("\n## Text\n", 5, ())


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("---\ntitel: Snow\ntitle: x\n---\n", 2, "Unknown key titel.", "Did you mean title?"),
        ("---\ntitle: a\ntitle: b\n---\n", 3, "The key title stands here a second time.", "Keep one"),
        ("---\nlab: sun\n---\n", 3, "The front matter has no title.", "`title: ...`"),
        ("---\ntitle:\n---\n", 3, "The front matter has no title.", "`title: ...`"),
        ("---\ntitle: x\njust words\n---\n", 3, "“just words” is not a key with a value.", "`key: value`"),
        ("---\ntitle: x\n", 1, "The front matter is not closed.", "---"),
        ("## Text\n", 1, "There is no front matter.", "Begin the file with ---"),
    ],
)
def test_each_mistake_is_told_with_its_line_and_remedy(text: str, line: int, message: str, hint: str):
    problems = read_front_matter(text, PATH, ["title"], ["lab"]).problems
    assert told(problems) == [(line, message)]
    assert hint in problems[0].hint


def test_all_mistakes_are_told_at_once_and_the_rest_is_read():
    read = read_front_matter("---\nlap: sun\n???\nlab: sun\n---\nBody", PATH, ["title"], ["lab"])
    assert [line for line, _ in told(read.problems)] == [2, 3, 5]
    assert (read.values["lab"], read.body) == ("sun", "Body")
