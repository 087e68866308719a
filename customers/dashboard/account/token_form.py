from datetime import timedelta
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.dashboard.text_fields import LineField
from customers.services.tokens.networks import (
    MOST_NETWORKS,
    BadNetwork,
    TooManyNetworks,
    read_networks,
)
from customers.services.tokens.scopes import Scope
from customers.services.wording.durations import duration_words
from customers.services.wording.isolation import isolated

_USUAL_DAYS = (1, 7, 30, 90, 180, 365)
_USUAL_LIFETIME = timedelta(days=30)
_SCOPES = [
    (Scope.READ.value, gettext_lazy("Read: present billing, lists, search and changes")),
    (Scope.HISTORY.value, gettext_lazy("History: what was on file before")),
    (Scope.CHECK.value, gettext_lazy("Check: ask Catalyze again with your credentials")),
]


def _lifetimes() -> list[tuple[str, str]]:
    longest: timedelta = settings.API_TOKEN_MAX_AGE
    usual = [span for days in _USUAL_DAYS if (span := timedelta(days=days)) < longest]
    return [(_seconds(span), duration_words(span)) for span in (*usual, longest)]


def _usual_lifetime() -> str:
    return _seconds(min(_USUAL_LIFETIME, settings.API_TOKEN_MAX_AGE))


def _seconds(span: timedelta) -> str:
    return str(int(span.total_seconds()))


def _lifetime(seconds: str) -> timedelta:
    return timedelta(seconds=int(seconds))


class TokenForm(forms.Form):
    # A form that is sent twice makes one token.
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    name = LineField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy(
            "The name of your program. The disclosure log shows it with everything the token reads."
        ),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        choices=_SCOPES,
        initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
    )
    lasts = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        choices=_lifetimes,
        initial=_usual_lifetime,
        coerce=_lifetime,
    )
    addresses = forms.CharField(
        label=gettext_lazy("Only from these addresses"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "IP addresses or networks, such as 192.0.2.7 or 10.0.0.0/8. Empty: from anywhere."
        ),
    )

    def clean_addresses(self) -> list[str]:
        try:
            return read_networks(self.cleaned_data["addresses"])
        except BadNetwork as exc:
            wrong = _("“%(text)s” is not an IP address or network.") % {"text": isolated(str(exc))}
        except TooManyNetworks:
            wrong = _("Enter at most %(most)s networks.") % {"most": MOST_NETWORKS}
        raise forms.ValidationError(wrong)
