"""What learners did in quizzes. The quizzes themselves are text, not rows."""

import uuid

from django.db import models

from learners.models import Learner
from quizzes.review.models import Card, RetentionTarget, ReviewLog  # noqa: F401  (Django looks for models here)


class Attempt(models.Model):
    """One go at a quiz in one mode. Of the mode check, round 1 is the whole quiz, each later one only what was missed.

    `quiz` is its slug; for a test of a whole topic the slug of the lesson. `questions` lists the ids it asks for, in
    order; empty means all, so that a question added later is asked too. `seed` chooses variants and orders. `score` is
    the share of the points that a finished test reached.
    """

    class Mode(models.TextChoices):
        """How a quiz is taken."""

        CHECK = "check"
        PRACTICE = "practice"
        TEST = "test"
        PREDICTION = "prediction"
        TOPIC = "topic"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.CharField(max_length=50)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.CHECK)
    round = models.PositiveSmallIntegerField(default=1)
    questions = models.JSONField(default=list)
    seed = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, default=None)
    score = models.FloatField(null=True, default=None)

    class Meta:
        """Two tabs that begin at the same moment begin the same attempt."""

        constraints = [models.UniqueConstraint(fields=["learner", "quiz", "mode", "round"], name="one_attempt_a_round")]

    def __str__(self) -> str:
        return f"{self.quiz}, {self.mode}, round {self.round}"


class Answer(models.Model):
    """One counted try.

    `version` is the hash of the question as it was asked, `given` the answer's canonical text. `certainty` is 1 to 3,
    0 when it was not said. `took_ms` runs from the page to the answer as the browser tells it, and is null without
    script. What is recorded and not marked counts as correct.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=50)
    version = models.CharField(max_length=16)
    given = models.TextField()
    correct = models.BooleanField()
    certainty = models.PositiveSmallIntegerField(default=0)
    hinted = models.BooleanField(default=False)
    took_ms = models.PositiveIntegerField(null=True, default=None)
    try_number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A double click, or a second tab, cannot count one try twice."""

        constraints = [models.UniqueConstraint(fields=["attempt", "question", "try_number"], name="a_try_counts_once")]

    def __str__(self) -> str:
        return f"{self.question}: {self.given} (try {self.try_number})"


class Star(models.Model):
    """A question a learner wants to return to."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="stars")
    quiz = models.CharField(max_length=50)
    question = models.CharField(max_length=50)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A question is starred or not."""

        constraints = [models.UniqueConstraint(fields=["learner", "question"], name="one_star_a_question")]

    def __str__(self) -> str:
        return self.question


class Count(models.Model):
    """One figure of a question's statistics, added to in the transaction that counts an answer."""

    question = models.CharField(max_length=50)
    version = models.CharField(max_length=16)
    what = models.CharField(max_length=80)
    n = models.FloatField(default=0)

    class Meta:
        """One row a figure."""

        constraints = [models.UniqueConstraint(fields=["question", "version", "what"], name="one_row_a_figure")]

    def __str__(self) -> str:
        return f"{self.question} {self.what}: {self.n:g}"
