"""`manage.py quiz`: Otto takes a quiz in, and Ines takes one out."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quizzes import catalog
from quizzes.parser import read_quiz

GIFT = """\
// [id:where-wait] [tag:easy]
::Where it waits::Where does a message wait?{
\t=In a list#A list a queue.
\t~In the page#It is gone.
}

Why?{}

Broken?{=a
"""


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for quizzes, instead of the course's own."""
    folder = tmp_path / "content"
    folder.mkdir()
    monkeypatch.setattr(catalog, "CONTENT", folder)
    return folder


@pytest.fixture
def course(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The course's own quizzes."""
    folder = Path("quizzes/content").resolve()
    monkeypatch.setattr(catalog, "CONTENT", folder)
    return folder


def quiz(*arguments: object) -> tuple[str, str]:
    """What the command says, and what it complains of."""
    out, err = StringIO(), StringIO()
    call_command("quiz", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_an_import_writes_a_text_that_the_reader_understands_and_says_what_is_missing(
    content: Path, tmp_path: Path
) -> None:
    file = tmp_path / "queues.gift"
    file.write_text(GIFT, encoding="utf-8")
    said, complaints = quiz("import", file, "--lesson", "a-lesson")
    target = content / "queues.md"
    assert said == f"Wrote {target}: 1 questions, 2 things to do.\n"
    assert f"{file}:9: left out: The {{ is never closed." in complaints
    assert f"{file}:7: not taken over: left out: an essay" in complaints
    assert f"{target}:4: The front matter has no title." in complaints
    assert "Option in-the-page stands for no misconception." in complaints
    reading = read_quiz(target)
    assert [problem.message for problem in reading.problems] == [
        "The front matter has no title.",
        "Option in-the-page stands for no misconception.",
    ]
    assert reading.quiz
    assert [question.id for question in reading.quiz.questions] == ["where-wait"]


def test_nothing_is_made_up(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "plain.gift"
    file.write_text("What?{=a ~b}", encoding="utf-8")
    _, complaints = quiz("import", file, "--to", "other")
    for missing in ("no title", "no lesson", "topic is empty", "level is empty", "Option a has no explanation"):
        assert missing in complaints
    assert (content / "other.md").exists()


def test_a_quiz_that_is_there_is_never_overwritten(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "plain.gift"
    file.write_text("What?{=a ~b}", encoding="utf-8")
    (content / "plain.md").write_text("mine")
    with pytest.raises(CommandError, match=r"plain\.md exists already"):
        quiz("import", file)
    assert (content / "plain.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.xml", '<!DOCTYPE q [<!ENTITY a "b">]><quiz/>', r"a\.xml:1: A document type or an entity is declared here"),
        ("a.gift", "What?{=a", r"a\.gift: none of its questions can be read"),
        ("a.doc", "What?", r"a\.doc:1: The name of the file \(\.doc\) does not tell its format"),
        ("A File!.gift", "", r"A File!\.gift:1: There is no question in this file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_line(
    content: Path, tmp_path: Path, name: str, text: str, message: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        quiz("import", file)
    assert list(content.iterdir()) == []


def test_bad_names_are_told(content: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="the file cannot be read"):
        quiz("import", tmp_path / "gone.gift")
    with pytest.raises(CommandError, match="cannot be the id of a quiz"):
        quiz("import", tmp_path / "gone.gift", "--to", "../up")
    with pytest.raises(CommandError, match="There is no quiz gone"):
        quiz("export", "gone", "--format", "gift")


def test_an_export_says_line_by_line_what_was_lost(course: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.gift"
    said, complaints = quiz("export", "redis-as-a-message-broker", "--format", "gift", "-o", target)
    assert said == f"Wrote {target}.\n"
    assert f"{course / 'redis-as-a-message-broker.md'}:" in complaints
    assert "not in GIFT (Moodle): responsiveness: the ids of its options" in complaints
    assert "::What the person at the page gets::" in target.read_text(encoding="utf-8")
    with pytest.raises(CommandError, match="exists already"):
        quiz("export", "redis-as-a-message-broker", "--format", "gift", "-o", target)
    with pytest.raises(CommandError, match=r"There is no format gft\. Did you mean gift"):
        quiz("export", "redis-as-a-message-broker", "--format", "gft")


def test_what_was_exported_can_be_taken_in_again(
    content: Path, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out.xml"
    quiz("export", "redis-as-a-message-broker", "--format", "moodle", "-o", file)
    original = catalog.find("redis-as-a-message-broker")
    monkeypatch.setattr(catalog, "CONTENT", content)
    quiz("import", file, "--to", "again", "--lesson", "redis-as-a-message-broker")
    back = read_quiz(content / "again.md").quiz
    assert original
    assert back
    assert [question.id for question in back.questions] == [question.id for question in original.questions]
    assert [question.prompt for question in back.questions] == [question.prompt for question in original.questions]
