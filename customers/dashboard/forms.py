"""The forms of the staff pages. They never render a secret again."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.dashboard.text_fields import LineField, LinesField
from customers.models import Note
from customers.services.accounts.recovery_codes import LENGTH as RECOVERY_CODE_LENGTH
from customers.services.cases.standing import STANDINGS
from customers.services.lists.listing import FILTERS, SORTS, Listed, usual_sort
from customers.services.lists.worklists import BY_KEY
from customers.services.organizations.reply_texts import problems
from customers.services.wording.expiry import end_of_month
from customers.upstream.clean_text import clean_line
from customers.upstream.org_id import MAX_LENGTH

_SECRET = {"autocomplete": "off", "spellcheck": "false"}


class SignInForm(forms.Form):
    prefix = "sign_in"
    username = forms.CharField(
        label=_("Catalyze username"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Used once to sign in. Stored only if you choose below."),
    )
    api_key = forms.CharField(
        label=_("API key"),
        required=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs=_SECRET),
    )
    keep = forms.BooleanField(
        label=_(
            "Keep me signed in: store my username and password, encrypted, to renew the session"
        ),
        required=False,
    )

    def __init__(self, *args: Any, has_api_key: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["api_key"].required = not has_api_key
        self.fields["api_key"].help_text = (
            _("Leave empty to use the stored key.")
            if has_api_key
            else _("Usually three words, such as “browser api.catalyze.io 0123456789abcdef”.")
        )


class RenewalForm(SignInForm):
    """The fields that any page asks for once the session has ended; the stored key is used."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="renewal-%s", has_api_key=True, **kwargs)
        del self.fields["api_key"]


class PasteForm(forms.Form):
    prefix = "paste"
    api_key = forms.CharField(
        label=_("API key"), max_length=8192, widget=forms.PasswordInput(attrs=_SECRET)
    )
    session_token = forms.CharField(
        label=_("Session token"), max_length=8192, widget=forms.PasswordInput(attrs=_SECRET)
    )


class NeverRepeated(forms.TextInput):
    """Does not render the submitted value, so a page with an error does not show it."""

    def format_value(self, value: Any) -> None:
        return None


class CodeForm(forms.Form):
    """Six digits, or a recovery code with any spacing or dashes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=64,
        widget=NeverRepeated(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off"}
        ),
    )

    def clean_code(self) -> str:
        code = re.sub(r"[^0-9a-z]", "", self.cleaned_data["code"].lower())
        if re.fullmatch(r"\d{6}", code) or len(code) == RECOVERY_CODE_LENGTH:
            return code
        raise forms.ValidationError(
            _("Enter the six digits from your authenticator app, or one of your recovery codes.")
        )


class PurposeForm(forms.Form):
    purpose = LineField(label=_("Reason or ticket"), max_length=200, required=False)


class NoteForm(forms.ModelForm):
    ticket_url = forms.URLField(
        label=_("Ticket link"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = Note
        fields = ("text", "ticket_url")
        field_classes = {"text": LinesField}
        labels = {"text": _("Note")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "dir": "auto"})}

    def clean_ticket_url(self) -> str:
        return clean_line(self.cleaned_data["ticket_url"])


class ReplyForm(forms.Form):
    text = LinesField(
        label=_("Text"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"})
    )

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if wrong := problems(self.state, text):
            raise forms.ValidationError(wrong)
        return text


class ListForm(forms.Form):
    """The URL parameters of a list; invalid ones are ignored."""

    worklist = forms.ChoiceField(choices=[(key, key) for key in BY_KEY], required=False)
    q = LineField(required=False)
    mode = forms.ChoiceField(choices=[("live", "Live"), ("test", "Test")], required=False)
    sort = forms.ChoiceField(
        choices=[(sign + key, key) for key in SORTS for sign in ("", "-")], required=False
    )
    expires = forms.RegexField(r"\A[12]\d{3}-(0[1-9]|1[0-2])\Z", required=False)
    card_of = forms.CharField(required=False, max_length=MAX_LENGTH)
    case = forms.ChoiceField(choices=[(key, key) for key in STANDINGS], required=False)
    after = forms.CharField(required=False)
    before = forms.CharField(required=False)
    start = forms.IntegerField(min_value=1, max_value=10**9, required=False)
    left_out = forms.IntegerField(min_value=1, max_value=9_999, required=False)

    def listed(self) -> Listed:
        self.is_valid()
        values = self.cleaned_data
        return Listed(
            worklist=values.get("worklist", ""),
            text=values.get("q", ""),
            filters={
                name: value.replace("\x00", "")
                for name in FILTERS
                if (value := str(self.data.get(name, "")))
            },
            mode=values.get("mode", ""),
            expires=_month(values.get("expires", "")),
            card_of=values.get("card_of", ""),
            case=values.get("case", ""),
            sort=values.get("sort")
            or usual_sort(values.get("worklist", ""), is_search=bool(values.get("q"))),
            after=values.get("after", ""),
            before=values.get("before", ""),
            start=values.get("start") or 0,
            left_out=values.get("left_out") or 0,
        )


def _month(text: str) -> date | None:
    return end_of_month(date.fromisoformat(f"{text}-01")) if text else None
