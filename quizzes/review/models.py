"""What is kept of reviews. An item that was never reviewed has no row: it follows from answers and entries."""

from django.db import models

from learners.models import Learner
from quizzes.review import memory
from quizzes.review.memory import LEAST_RETENTION_PERCENT, MOST_RETENTION_PERCENT, RETENTION_PERCENT, Memory


class Card(models.Model):
    """One item in one learner's review. `item` is its slug, `version` the hash of its text as last reviewed.

    `memory` is its state as FSRS writes it down, `reviews` how often it was rated.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="review_cards")
    item = models.CharField(max_length=120)
    version = models.CharField(max_length=16)
    memory = models.JSONField()
    reviews = models.PositiveIntegerField(default=0)

    class Meta:
        """Two tabs that begin the same item begin the same card."""

        constraints = [models.UniqueConstraint(fields=["learner", "item"], name="one_card_an_item")]

    def __str__(self) -> str:
        return f"{self.item}, {self.reviews} reviews"

    @property
    def remembered(self) -> Memory:
        """The memory, ready to be rated."""
        return memory.from_json(self.memory)


class ReviewLog(models.Model):
    """One review of a card: its number, what was answered, how it was rated, and the memory before, to go back to.

    `correct` is null where the learner only thought of the answer, `rating` (1 again, 2 hard, 3 good, 4 easy) until
    they have chosen one. `given` is empty for what was only thought.
    """

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="logs")
    number = models.PositiveIntegerField()
    version = models.CharField(max_length=16)
    given = models.TextField(default="", blank=True)
    correct = models.BooleanField(null=True)
    answered_at = models.DateTimeField()
    rating = models.PositiveSmallIntegerField(null=True, default=None)
    rated_at = models.DateTimeField(null=True, default=None)
    before = models.JSONField()

    class Meta:
        """A double click, or a second tab, cannot review the same card twice at once."""

        constraints = [models.UniqueConstraint(fields=["card", "number"], name="a_review_counts_once")]

    def __str__(self) -> str:
        return f"{self.card.item}, review {self.number}: {self.rating or 'not rated yet'}"


class RetentionTarget(models.Model):
    """How much of what comes back a learner wants to remember, in percent. Who never said has no row."""

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, primary_key=True, related_name="retention_target")
    percent = models.PositiveSmallIntegerField(default=RETENTION_PERCENT)

    class Meta:
        """The bounds hold in the database too."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__range=(LEAST_RETENTION_PERCENT, MOST_RETENTION_PERCENT)),
                name="retention_within_bounds",
            )
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"
