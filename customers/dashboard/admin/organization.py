"""Organizations in the back office: add, rename, import."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from customers.dashboard.admin.isolated_column import isolated_column
from customers.dashboard.admin.organization_import import ImportingAdmin
from customers.dashboard.admin.quiet_deletion import QuietDeletionAdmin
from customers.dashboard.isolates import bdi
from customers.dashboard.text_fields import LineField, LinesField
from customers.models import Organization
from customers.models.folding import fold
from customers.services.access.organization_names import save_edited
from customers.services.wording.messages import said
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import clean_org_id


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
class OrganizationAdmin(ImportingAdmin, QuietDeletionAdmin):
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
    view_on_site = False  # the page has a link for those who may see billing

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

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> tuple[str, ...]:
        return ("org_id",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:
        save_edited(obj)
