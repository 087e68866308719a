"""The forms that act on cases: to whom, and until when."""

from datetime import date, datetime

from django import forms
from django.contrib.auth.models import User

from customers.services.cases.case_choices import (
    case_choices,
    may_snooze_until,
    possible_owners,
)


class OwnerForm(forms.Form):
    """An empty owner releases the case."""

    owner = forms.IntegerField(required=False, min_value=1, max_value=2**31)

    def clean_owner(self) -> User | None:
        key = self.cleaned_data["owner"]
        if key is None:
            return None
        owner = possible_owners().filter(pk=key).first()
        if owner is None:
            raise forms.ValidationError("not a colleague")
        return owner


class SeenForm(forms.Form):
    """When the page was rendered that the user decided on."""

    seen = forms.DateTimeField(required=False)

    @property
    def at(self) -> datetime | None:
        return self.cleaned_data["seen"] if self.is_valid() else None


class SnoozeForm(forms.Form):
    until = forms.ChoiceField(
        choices=[(key, key) for key in ("tomorrow", "next-week", "day")], required=False
    )
    until_day = forms.DateField(required=False)

    @property
    def day(self) -> date | None:
        if not self.is_valid():
            return None
        choices = case_choices()
        days = {"tomorrow": choices.tomorrow, "next-week": choices.next_week}
        day = days.get(self.cleaned_data["until"], self.cleaned_data["until_day"])
        return day if day and may_snooze_until(day) else None
