"""What learners did in quizzes. The quizzes themselves are text, not rows."""

import uuid

from django.db import models

from learners.models import Learner


class Attempt(models.Model):
    """One go at a quiz, begun by its first answer. Round 1 is the whole quiz, each later one only what was missed.

    `questions` lists the ids a round asks for; empty means all, so that a question added later is asked too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.CharField(max_length=50)
    round = models.PositiveSmallIntegerField(default=1)
    questions = models.JSONField(default=list)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, default=None)

    class Meta:
        """Two tabs that begin at the same moment begin the same attempt."""

        constraints = [models.UniqueConstraint(fields=["learner", "quiz", "round"], name="one_attempt_a_round")]

    def __str__(self) -> str:
        return f"{self.quiz}, round {self.round}"


class Answer(models.Model):
    """One counted try. `version` is the hash of the question as it was asked, `given` the option id that was chosen."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=50)
    version = models.CharField(max_length=16)
    given = models.CharField(max_length=200)
    correct = models.BooleanField()
    try_number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """A double click, or a second tab, cannot count one try twice."""

        constraints = [models.UniqueConstraint(fields=["attempt", "question", "try_number"], name="a_try_counts_once")]
        indexes = [models.Index(fields=["question", "version", "given"], name="answers_by_version")]

    def __str__(self) -> str:
        return f"{self.question}: {self.given} (try {self.try_number})"
