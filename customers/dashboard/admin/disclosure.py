"""The disclosure log in the back office, with users who were shown unusually much."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from customers.dashboard.admin.read_only import ReadOnlyAdmin
from customers.dashboard.text_fields import LineField
from customers.models import Disclosure, HourlyDisclosures
from customers.services.disclosures.log_pages import LogFilter, log_page

# What Django's own lists send besides; they change nothing here.
_IGNORED = {"o", "e", "q", "_facets", "_popup"}
_MOST_NAMES = 500


class LogForm(forms.Form):
    user = LineField(label=_("User"), max_length=150, required=False)
    organization = LineField(label=_("Org id or name"), max_length=255, required=False)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    where = forms.ChoiceField(
        label=_("Where"), choices=[("", _("All")), *Disclosure.Where.choices], required=False
    )
    purpose = LineField(label=_("Purpose or ticket"), max_length=200, required=False)
    together = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def wanted(self) -> LogFilter:
        """Invalid values narrow nothing, and are named beside their field."""
        self.is_valid()
        values = self.cleaned_data
        return LogFilter(
            username=values.get("user", ""),
            organization=values.get("organization", ""),
            day=values.get("day"),
            where=values.get("where", ""),
            purpose=values.get("purpose", ""),
            together=values.get("together", ""),
        )


@admin.register(Disclosure)
class DisclosureAdmin(ReadOnlyAdmin):
    fields = (
        *("seen_at", "username", "org_id", "organization_name", "where", "ip_address", "purpose"),
        *("checked_at", "checked_with_name", "token_name", "proof", "shown_together"),
    )
    readonly_fields = ("organization_name",)

    @admin.display(description=_("present name"))
    def organization_name(self, entry: Disclosure) -> str:
        """Entries outlive their organization."""
        return entry.organization.name if entry.organization else ""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        _refuse_others(request)
        form = LogForm(request.GET)
        wanted = form.wanted()
        page = log_page(wanted, form.cleaned_data.get("before"))
        query = request.GET.copy()
        query.pop("before", None)
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(self.opts.verbose_name_plural),
            "opts": self.opts,
            "form": form,
            "wanted": wanted,
            "page": page,
            "query": query.urlencode(),
            "users": User.objects.order_by("username").values_list("username", flat=True)[
                :_MOST_NAMES
            ],
        }
        return render(request, "admin/customers/disclosure/log.html", context)


def _refuse_others(request: HttpRequest) -> None:
    """As Django's own lists do: a misspelt filter would show what it was to leave out."""
    known = {*LogForm.base_fields, *_IGNORED}
    others = set(request.GET) - known - {"_to_field"}
    if others or request.GET.get("_to_field", "id") != "id":
        raise BadRequest(f"The disclosure log has no filter of this name: {sorted(others)}.")


@admin.register(HourlyDisclosures)
class HourlyDisclosuresAdmin(ReadOnlyAdmin):
    list_display = ("hour", "user", "organizations", "is_unusual")
    list_filter = ("is_unusual",)
    list_select_related = ("user",)
    search_fields = ("user__username",)
    date_hierarchy = "hour"
