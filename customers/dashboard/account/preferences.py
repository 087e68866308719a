"""The user's own language, time zone, columns and rows per page."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language

from customers.dashboard.posting import returns_to
from customers.dashboard.site import StaffRequest
from customers.services.accounts.language_and_zone import (
    choose_language_and_zone,
    chosen_by,
    time_zones,
)
from customers.services.lists.columns import COLUMNS
from customers.services.lists.preferences import PAGE_SIZES, preferences_of, save_preferences

_LANGUAGE_FIELD = "language"
Choices = list[tuple[str, Any]]


def language_choices() -> Choices:
    return [("", gettext_lazy("Browser default")), *settings.LANGUAGES]


def time_zone_choices() -> Choices:
    found: dict[str, list[tuple[str, str]]] = {}
    for name in time_zones():
        region, _slash, place = name.partition("/")
        found.setdefault(region if place else "", []).append(
            (name, (place or name).replace("_", " "))
        )
    as_portal = _("Portal default (%(zone)s)") % {"zone": settings.TIME_ZONE}
    return [("", as_portal), *found.pop("", []), *found.items()]


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=language_choices,
        required=False,
        help_text=gettext_lazy("Used on pages and in e-mails from the portal."),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=time_zone_choices,
        required=False,
        help_text=gettext_lazy(
            "Used for all times on pages and in e-mails. Days on which cards expire and "
            "subscriptions renew stay in the portal’s time zone, so that everybody sees the same."
        ),
    )
    columns = forms.MultipleChoiceField(
        label=gettext_lazy("Columns of lists"),
        choices=[(column.name, column.label) for column in COLUMNS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    page_size = forms.TypedChoiceField(
        label=gettext_lazy("Rows per page"),
        choices=[(size, size) for size in PAGE_SIZES],
        coerce=int,
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@returns_to("preferences")
@admin.site.admin_view
def preferences(request: StaffRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, initial=_present(request))
    if not form.is_valid():
        return render(request, "preferences/preferences.html", {"form": form})
    chosen = form.cleaned_data
    save_preferences(request.user, chosen["columns"], chosen["page_size"])
    choose_language_and_zone(
        request.user, language=chosen["language"], time_zone=chosen["time_zone"]
    )
    with override(chosen["language"] or get_language()):
        messages.success(request, _("Preferences saved."))
    return redirect("preferences")


def choose_language(request: HttpRequest) -> HttpResponseBase:
    """A cookie for the browser, and for whoever is signed in, their own choice."""
    language = request.POST.get(_LANGUAGE_FIELD, "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        choose_language_and_zone(request.user, language=language)
    return set_language(request)


def _present(request: StaffRequest) -> dict[str, Any]:
    row, lists = chosen_by(request.user), preferences_of(request.user)
    return {
        "language": row.language if row else "",
        "time_zone": row.time_zone if row else "",
        "columns": lists.columns,
        "page_size": lists.page_size,
    }
