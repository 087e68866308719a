from django.db import models


class CommandRun(models.Model):
    """A run of a command that the schedule names. One that was killed never ends."""

    command = models.CharField(max_length=255)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    exit_code = models.SmallIntegerField(null=True)

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("command", "ended_at"), name="command_run_ends"),)

    def __str__(self) -> str:
        return f"{self.command} of {self.began_at:%Y-%m-%d %H:%M}"
