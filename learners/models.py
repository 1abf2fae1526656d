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


class Progress(models.Model):
    """How far a learner is with one mode of a lesson. `slug` is its address without slashes at the ends.

    It is begun while `done_at` is null. What follows from answers and guesses has no row: see learners.progress.
    """

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="progress")
    slug = models.CharField(max_length=120)
    begun_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, default=None)

    class Meta:
        """Two tabs that open the same mode begin the same one."""

        constraints = [models.UniqueConstraint(fields=["learner", "slug"], name="one_progress_a_mode")]
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"{self.slug}: {'done' if self.done_at else 'begun'}"


class ResumeCode(models.Model):
    """The one code that carries a learner to another browser. Only a keyed digest of its words is kept."""

    learner = models.OneToOneField(Learner, on_delete=models.CASCADE, primary_key=True, related_name="resume_code")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.expires_at}"


class Feedback(models.Model):
    """What somebody says about a page: whether it helped, what is wrong with it, or both.

    `about` is the page's address; `lesson`, `mode` and `version` (a hash of the text) are empty where it has none.
    """

    class Verdict(models.TextChoices):
        """Whether the page helped; empty when it was not said."""

        HELPFUL = "helpful", "Helpful"
        NOT_HELPFUL = "not-helpful", "Not helpful"

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="feedback")
    about = models.CharField(max_length=200)
    lesson = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=12, blank=True)
    version = models.CharField(max_length=16, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, default=None)

    class Meta:
        """Listed newest first, what is unread apart from the rest."""

        indexes = [models.Index(fields=["read_at", "-at"], name="feedback_by_reading")]
        verbose_name_plural = "feedback"

    def __str__(self) -> str:
        return f"{self.about}: {self.verdict or self.text[:40]}"


class Counted(models.Model):
    """One thing that is limited in number. `who` did it, as a keyed hash. Kept for as long as it counts."""

    what = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Counted by what and who, since when."""

        indexes = [models.Index(fields=["what", "who", "at"], name="counted_by_who")]
        verbose_name_plural = "counted"

    def __str__(self) -> str:
        return f"{self.what} at {self.at}"
