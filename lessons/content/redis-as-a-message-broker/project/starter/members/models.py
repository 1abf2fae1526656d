"""Who sings in the choir."""

from django.db import models


class Member(models.Model):
    """A singer. `welcomed_at` stays empty for as long as the welcome mail is owed."""

    name = models.CharField(max_length=80)
    email = models.EmailField()
    joined_at = models.DateTimeField(auto_now_add=True)
    welcomed_at = models.DateTimeField(null=True, editable=False)

    def __str__(self):
        return self.name
