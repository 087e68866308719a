"""Counts over a sync run, made in checking/held_answers.py and judged in sync/mass_change.py."""

from django.db import models

from customers.models.sync_run import SyncRun


class RunTally(models.Model):
    run = models.OneToOneField(SyncRun, models.CASCADE, primary_key=True, related_name="tally")
    # Runs that run at the same time are judged together, as parts of the first of them.
    part_of = models.ForeignKey(SyncRun, models.CASCADE, related_name="+")

    # Answers about organizations that had a payment method, and those that say there is none.
    had_method = models.PositiveIntegerField(default=0)
    lost_method = models.PositiveIntegerField(default=0)
    # Answers about organizations that were not delinquent, and those that say they are.
    was_current = models.PositiveIntegerField(default=0)
    became_delinquent = models.PositiveIntegerField(default=0)

    is_judged = models.BooleanField(default=False)
    # So many became delinquent that mails report them as one event.
    is_mass_delinquency = models.BooleanField(default=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"tally of {self.run}"
