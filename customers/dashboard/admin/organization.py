"""Organizations in the back office: add, rename, import."""

import io
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.dashboard.admin.isolated_column import isolated_column
from customers.dashboard.admin.quiet_deletion import QuietDeletionAdmin
from customers.dashboard.isolates import bdi
from customers.dashboard.permissions import PermissionMissing
from customers.dashboard.text_fields import LineField, LinesField
from customers.models import Organization
from customers.models.folding import fold
from customers.services.access.organization_names import save_edited
from customers.services.organizations.csv_import import BadFile, import_organizations
from customers.services.wording.messages import said
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import clean_org_id

_MOST_REFUSALS_SHOWN = 20


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("UTF-8, with org_id,name,description as the first line."),
    )


class OrganizationForm(forms.ModelForm):
    class Meta:
        model = Organization
        fields = ("org_id", "name", "description")
        field_classes = {"name": LineField, "description": LinesField}

    def clean_org_id(self) -> str:
        try:
            return clean_org_id(self.cleaned_data["org_id"])
        except BadOrgId as exc:
            raise forms.ValidationError(said(exc.message)) from exc


@admin.register(Organization)
class OrganizationAdmin(QuietDeletionAdmin):
    form = OrganizationForm
    list_display = (
        "shown_name",
        isolated_column(Organization, "org_id"),
        isolated_column(Organization, "description"),
    )
    list_display_links = list_display[:2]
    search_fields = ("org_id", "folded_name")
    show_full_result_count = False
    change_list_template = "admin/customers/organization/change_list.html"

    @admin.display(description=gettext_lazy("name"), ordering="folded_name")
    def shown_name(self, obj: Organization) -> str:
        return bdi(obj.name or self.get_empty_value_display())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Organization], search_term: str
    ) -> tuple[QuerySet[Organization], bool]:
        """Search ids literally, and names in folded form."""
        for word in search_term.split():
            queryset = queryset.filter(
                Q(org_id__icontains=word) | Q(folded_name__contains=fold(word))
            )
        return queryset, False

    def view_on_site(self, obj: Organization) -> str:
        return obj.get_absolute_url()

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return ("org_id",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        save_edited(obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.import_view)
        return [
            path("import/", view, name="customers_organization_import"),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionMissing("customers.add_organization", "customers.change_organization")
        form = ImportForm(request.POST or None, request.FILES or None)
        if form.is_valid() and self._import(request, form):
            return redirect(reverse("admin:customers_organization_changelist"))
        context = self.admin_site.each_context(request) | {"form": form, "opts": self.opts}
        return render(request, "admin/customers/organization/import.html", context)

    def _import(self, request: HttpRequest, form: ImportForm) -> bool:
        file = io.TextIOWrapper(
            form.cleaned_data["file"].file,
            encoding="utf-8-sig",
            errors="surrogateescape",
            newline="",
        )
        try:
            report = import_organizations(file)
        except BadFile as exc:
            form.add_error("file", said(exc.message) + " " + _("Nothing was imported."))
            return False
        for line, why in report.refused[:_MOST_REFUSALS_SHOWN]:
            words = _("line %(line)s: %(sentence)s")
            messages.error(request, words % {"line": line, "sentence": said(why)})
        words = _(
            "%(added)s added, %(updated)s updated, %(unchanged)s unchanged, %(refused)s refused."
        )
        counts = {
            "added": report.added,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "refused": len(report.refused),
        }
        messages.info(request, words % counts)
        return True
