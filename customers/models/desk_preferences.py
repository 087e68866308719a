"""How one user likes the desk: language, time zone, and what their lists show."""

from django.conf import settings
from django.db import models


class DeskPreferences(models.Model):
    """One row per user who chose something; what is empty is as the portal has it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True)
    columns = models.JSONField(default=list)  # names of columns
    page_size = models.PositiveSmallIntegerField(default=0, db_default=0)
    language = models.CharField(max_length=10, blank=True, default="", db_default="")
    time_zone = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"preferences of {self.user}"
