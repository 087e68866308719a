"""A colleague named in a note, until they open the organization."""

from django.conf import settings
from django.db import models

from customers.models.note import Note
from customers.models.organization import Organization


class Mention(models.Model):
    note = models.ForeignKey(Note, models.CASCADE, db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    # A copy of the note's, so that a worklist finds it by one index.
    organization = models.ForeignKey(Organization, models.CASCADE)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("note", "user"), name="mention_once_in_a_note"),
        )
        indexes = (
            models.Index(
                fields=("user", "organization"),
                name="mention_unseen",
                condition=models.Q(seen_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"mention of {self.user}"
