"""Otto writes several quizzes: what can be wrong between them. What is wrong within one stands in malformed/."""

from pathlib import Path

from django.core.checks import run_checks

from quizzes.lints import lint_bank
from quizzes.parser import read_quiz_text
from quizzes.quiz import Quiz
from tests.quizzes.conftest import WEATHER
from tests.quizzes.written import HEAD


def quiz(name: str, text: str) -> Quiz:
    """A quiz that was read from this text."""
    read = read_quiz_text(text, Path(f"quizzes/content/{name}.md")).quiz
    assert read
    return read


def told(*quizzes: Quiz) -> list[str]:
    """What is told of them, as file:line: message."""
    return [f"{problem.path.name}:{problem.line}: {problem.message}" for problem in lint_bank(quizzes)]


def command(id: str, accepted: str, believes: str) -> str:
    """A question of short text with one foreseen miss."""
    head = HEAD.replace("## wind", f"## {id}")
    fields = "type: short\ntopic: Commands\nlevel: easy\n\nWhich command is it?\n"
    return f"{head}{fields}\n= {accepted}\n~ HSET\n  believes: {believes}\n  > No.\n\n> It is.\n"


def test_different_quizzes_have_nothing_to_be_told() -> None:
    one, other = command("left", "LPUSH", "a queue is a hash"), command("right", "RPUSH", "a queue is a hash")
    assert told(quiz("weather", WEATHER), quiz("one", one), quiz("other", other)) == []


def test_an_id_is_taken_in_the_whole_course() -> None:
    again = WEATHER.replace("what somebody thinks", "what one thinks").replace("## snow", "## hail")
    again = again.replace("## wind", "## storm")
    assert told(quiz("weather", WEATHER), quiz("again", again)) == [
        "again.md:25: The question id rain is taken by weather.md:25."
    ]


def test_two_questions_that_find_out_the_same_are_told_however_they_are_worded() -> None:
    one, other = command("left", "LPUSH", "A queue is a hash."), command("right", "`lpush`", "a queue is the hash")
    assert told(quiz("one", one), quiz("other", other)) == [
        "other.md:14: one.md:6 has the same key and the same misconception, “a queue is the hash”."
    ]


def test_the_content_check_tells_of_quizzes_and_of_what_is_between_them(weather: Path) -> None:
    weather.with_name("again.md").write_text(WEATHER.replace("level: easy", "level: eazy"), encoding="utf-8")
    found = [str(message.msg) for message in run_checks(tags=["content"]) if message.id == "quizzes.W001"]
    assert "Unknown level eazy." in found
    assert any(message.startswith("The question id rain is taken by again.md") for message in found)
