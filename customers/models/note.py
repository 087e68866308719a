from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models.organization import Organization


class Note(models.Model):
    organization = models.ForeignKey(Organization, models.CASCADE)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    text = models.TextField(max_length=4000)
    ticket_url = models.URLField(
        _("ticket link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    is_pinned = models.BooleanField(_("pinned"), default=False, db_default=False)

    class Meta:
        ordering = ("-is_pinned", "-written_at", "-pk")
        indexes = (
            models.Index(fields=("organization", "-written_at"), name="note_of_organization"),
        )

    def __str__(self) -> str:
        return f"note on {self.organization}"
