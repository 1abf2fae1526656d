"""What each mode promises: how often one may answer, when one is told, and what counts."""

from dataclasses import dataclass

from quizzes.models import Attempt

Mode = Attempt.Mode
PRACTICE_LENGTH = 5
TOPIC_LENGTH = 10


@dataclass(frozen=True)
class Rules:
    """The rules of one mode. `tells_at_once`: each answer is explained as soon as it is given, and is final."""

    mode: Mode
    title: str
    begin: str
    promise: str
    tells_at_once: bool = False
    is_scored: bool = False

    @property
    def is_changeable(self) -> bool:
        """Whether an answer may be changed until everything is handed in."""
        return not self.tells_at_once


RULES = {
    rules.mode.value: rules
    for rules in (
        Rules(
            Mode.PRACTICE,
            "Practice",
            "Practise five",
            "Five questions in a new order and, where the question has them, with new values: first those you missed, "
            "then those you have not seen for longest. Two tries each, explained at once, no points.",
            tells_at_once=True,
        ),
        Rules(
            Mode.TEST,
            "Test",
            "Begin the test",
            "One answer to each question; you can change it until you hand in. Then all of it is explained. A right "
            "answer is a point, a hint costs a quarter of one. Saying how sure you are can earn a bonus and never "
            "costs a point.",
            is_scored=True,
        ),
        Rules(
            Mode.PREDICTION,
            "Before you read",
            "Write down what you expect",
            "Nothing is marked and nothing explained yet. Answer the same questions after the lesson, and the two "
            "stand side by side.",
        ),
        Rules(
            Mode.TOPIC,
            "Test this topic",
            "Begin ten questions",
            "Ten questions over three levels, drawn from everything the lesson asks. Afterwards: how firm the topic "
            "is, how sure that estimate is, and what to read next.",
            is_scored=True,
        ),
    )
}
