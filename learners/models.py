"""Who is learning, and the record of what they did. Nobody is asked for a name."""

import uuid

from django.db import models


class Learner(models.Model):
    """A browser that has written something at least once. The signed cookie in that browser is the only key to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.id)


class Entry(models.Model):
    """One thing a learner did. Features write entries; review, notebook and progress read them.

    `slug` names what it belongs to, as its address without slashes at the ends (`labs/email-in-request`).
    """

    class Kind(models.TextChoices):
        """What was done."""

        PREDICTED = "predicted"
        SKIPPED = "skipped"
        RAN = "ran"
        ANSWERED = "answered"
        EXPLAINED = "explained"
        READ = "read"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind)
    slug = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Read newest first, by learner."""

        indexes = [models.Index(fields=["learner", "slug", "-at"], name="entry_by_learner")]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
