"""Otto writes a quiz, and is told of every mistake with its line."""

from pathlib import Path

import pytest

from quizzes.parser import read_quiz, read_quiz_text
from tests.quizzes.conftest import WEATHER

PATH = Path("quizzes/content/weather.md")


def told(text: str, path: Path = PATH) -> list[str]:
    """What Otto is told, as line: message."""
    return [f"{problem.line}: {problem.message}" for problem in read_quiz_text(text, path).problems]


def test_a_good_quiz_is_read_as_written() -> None:
    reading = read_quiz_text(WEATHER, PATH)

    assert reading.problems == ()
    quiz = reading.quiz
    assert quiz
    assert (quiz.slug, quiz.title, quiz.lesson, quiz.lab) == ("weather", "Weather", "first-weather", "open-window")
    assert quiz.intro == "Look out of the *window*."
    assert [question.id for question in quiz.questions] == ["snow", "rain", "wind"]
    snow = quiz.questions[0]
    assert (snow.type, snow.topic, snow.level, snow.line) == ("one", "Why snow is white", "easy", 9)
    assert [(option.id, option.is_key) for option in snow.body.options()] == [
        ("dye", False),
        ("scatter", True),
        ("cold", False),
    ]
    assert quiz.minutes == 2


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        ("title: Weather\n", "", "4: The front matter has no title."),
        ("lab: open-window", "labb: open-window", "4: Unknown key labb."),
        ("lesson: first-weather", "lesson: First Weather", "3: First Weather is not the id of a lesson."),
        ("## rain", "## snow", "25: The question id snow is taken by line 9."),
        ("## rain", "## result", "25: “result” cannot be the id of a question."),
        ("## rain", "## Rain!", "25: “Rain!” cannot be the id of a question."),
        ("type: one\ntopic: Why", "type: on\ntopic: Why", "10: Unknown type on."),
        ("level: medium", "level: middle", "28: Unknown level middle."),
        ("level: hard", "levl: hard", "41: Unknown field levl."),
        ("level: hard\n", "", "38: The question wind has no level."),
        ("topic: Where wind goes", "topic:", "40: The field topic is empty."),
        ("What do you smell after `rain`?\n", "", "25: The question rain has no prompt."),
        ("- [ ] dye", "- [] dye", "16: This answer cannot be read."),
        ("- [ ] dye:", "- [ ] dye", "16: This answer cannot be read."),
        ("- [ ] dye:", "* [ ] dye:", "16: This answer cannot be read."),
        ("- [ ] dye:", "- dye:", "16: This answer cannot be read."),
        ("  > Dust would make it grey: why-not-dye.\n", "", "16: Option dye has no explanation."),
        ("  > Dust would make it grey: why-not-dye.\n", "  >\n", "16: Option dye has no explanation."),
        ("- [x] scatter", "- [ ] scatter", "16: No option is marked as right."),
        ("- [ ] cold", "- [x] cold", "21: A second key: cold, after scatter."),
        ("- [ ] cold", "- [ ] dye", "21: Option id dye is taken by line 16."),
        ("\n## rain", "Afterwards.\n\n## rain", "24: Text stands after the answers."),
        ("dust from the clouds", "all of the above", "16: “It takes all of the above” speaks of other options."),
        ("dust from the clouds", "none of these", "16: “It takes none of these” speaks of other options."),
        ("Why is snow white?", "Which of these is not a reason?", "14: The question is negative: “not”."),
        ("Why is snow white?", "\nIt shines.\nWhy isn't it blue?", "16: The question is negative: “n't”."),
        ("Where does wind go?", "Where?\n```\ncode", "38: The question wind has no answers."),
        ("Where does wind go?", "Where?\n```\ncode", "44: This code fence is never closed."),
    ],
)
def test_each_mistake_is_told_with_its_line(was: str, becomes: str, expected: str) -> None:
    assert was in WEATHER
    assert expected in told(WEATHER.replace(was, becomes, 1))


def test_every_problem_has_a_remedy_and_all_come_at_once() -> None:
    text = WEATHER.replace("level: easy", "level: eazy").replace("[x] soil", "[ ] soil").replace("- [ ] up", "- up")
    reading = read_quiz_text(text, PATH)

    assert len(reading.problems) >= 3
    assert all(problem.hint for problem in reading.problems)
    assert any("Did you mean easy?" in problem.hint for problem in reading.problems)
    assert str(reading.problems[0]).startswith("quizzes/content/weather.md:12: ")


def test_a_question_with_a_mistake_is_not_given_but_the_others_are() -> None:
    quiz = read_quiz_text(WEATHER.replace("[x] scatter", "[ ] scatter"), PATH).quiz
    assert quiz
    assert [question.id for question in quiz.questions] == ["rain", "wind"]


def test_a_key_that_is_always_the_longest_is_told_with_the_lines() -> None:
    text = WEATHER.replace("[x] low: It goes", "[x] low: It goes, as air under pressure always must,")
    text = text.replace("[x] scatter: Its", "[x] scatter: Every one of its very")
    assert "9: In 2 of 3 questions the key is the longest option (lines 9, 38)." in told(text)


def test_a_key_that_is_always_in_one_place_is_told_with_the_lines() -> None:
    text = WEATHER.replace("[ ] dye", "[x] dye").replace("[x] scatter", "[ ] scatter")
    assert "9: In 2 of 3 questions the key is option 1 (lines 9, 25)." in told(text)


def test_options_may_wrap_and_hold_code_and_longer_explanations() -> None:
    text = WEATHER.replace("dust from the clouds\n", "dust from\n  `the.clouds`\n")
    text = text.replace("  > Dust would", "  > First.\n  >\n  > Dust would")
    quiz = read_quiz_text(text, PATH).quiz
    assert quiz
    dye = quiz.questions[0].body.options()[0]
    assert dye.text == "It takes dust from\n`the.clouds`"
    assert dye.explanation == "First.\n\nDust would make it grey: why-not-dye."


def test_code_in_a_prompt_is_no_heading_and_no_option() -> None:
    text = WEATHER.replace("Where does wind go?", "```\n## comment\n- [ ] todo\n```\n\nWhere does wind go?")
    reading = read_quiz_text(text, PATH)
    assert reading.problems == ()
    assert reading.quiz
    assert "- [ ] todo" in reading.quiz.questions[2].prompt


def test_the_version_follows_prompt_options_and_key_and_nothing_else() -> None:
    def version(text: str) -> str:
        quiz = read_quiz_text(text, PATH).quiz
        assert quiz
        return quiz.questions[0].version

    swapped = WEATHER.replace("[ ] dye", "[x] dye").replace("[x] scatter", "[ ] scatter")
    assert len({version(WEATHER), version(swapped), version(WEATHER.replace("white?", "pale?"))}) == 3
    assert version(WEATHER) == version(WEATHER.replace("why-not-dye", "because").replace("level: easy", "level: hard"))


BROKEN = ["", "---", "---\n---\n", "## \n", "## a\n- [", "\0", "---\ntitle: a\n---\n## x\ntype: one\n- [x] a: b"]


@pytest.mark.parametrize("text", BROKEN)
def test_broken_texts_are_told_and_never_raise(text: str) -> None:
    assert read_quiz_text(text, PATH).problems


def test_every_cut_of_a_good_quiz_can_be_read() -> None:
    for end in range(0, len(WEATHER), 7):
        read_quiz_text(WEATHER[:end], PATH)


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bad.md"
    path.write_bytes(b"---\ntitle: \xff\n---\n")
    assert [(problem.line, problem.message) for problem in read_quiz(path).problems] == [(2, "This line is not UTF-8.")]
    assert "cannot be read" in read_quiz(tmp_path / "missing.md").problems[0].message
