"""When a user last used the portal, and when the session before the present one ended."""

from django.conf import settings
from django.db import models


class LastVisit(models.Model):
    """One row per user who signed in. See services/accounts/last_visit.py."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True)
    # Of the user's latest session. An older one, still open elsewhere, begins no visit.
    session_began_at = models.DateTimeField()
    # Of any session of the user, to the minute.
    last_request_at = models.DateTimeField()
    # The last request before the latest session began; null in a user's first session.
    previous_request_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"last visit of {self.user}"
