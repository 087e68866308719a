"""Import organizations in the back office: upload, see what each line does, confirm."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.dashboard.permissions import PermissionMissing
from customers.dashboard.site import StaffRequest
from customers.models import PendingImport
from customers.services.organizations.csv_import import ChangedMeanwhile, ImportReport
from customers.services.organizations.csv_rows import BadFile
from customers.services.organizations.import_uploads import (
    MOST_LISTED,
    confirm_upload,
    drop_upload,
    find_upload,
    keep_upload,
    plan_of,
)
from customers.services.wording.formats import count_words
from customers.services.wording.messages import said

_LIST = "admin:customers_organization_changelist"
_IMPORT = "admin:customers_organization_import"
_PREVIEW = "admin:customers_organization_import_preview"
_PAGES = "admin/customers/organization"


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("UTF-8, with org_id,name,description as the first line."),
    )


class ImportingAdmin(admin.ModelAdmin):
    def get_urls(self) -> list[URLPattern]:
        upload = self.admin_site.admin_view(self.import_view)
        preview = self.admin_site.admin_view(self.preview_view)
        return [
            path("import/", upload, name="customers_organization_import"),
            path("import/<uuid:key>/", preview, name="customers_organization_import_preview"),
            *super().get_urls(),
        ]

    def import_view(self, request: StaffRequest) -> HttpResponse:
        self._require_may_import(request)
        form = ImportForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                return redirect(_PREVIEW, keep_upload(request.user, file.name, file.read()).key)
            except BadFile as exc:
                form.add_error("file", said(exc.message) + " " + _("Nothing was imported."))
        return self._page(request, "import", {"form": form})

    def preview_view(self, request: StaffRequest, key: UUID) -> HttpResponse:
        self._require_may_import(request)
        upload = find_upload(request.user, key)
        if upload is None:
            words = _(
                "This file was already imported, was replaced by another, or is more than an hour "
                "old."
            )
            messages.warning(request, words)
            return redirect(_IMPORT)
        if request.method == "POST":
            return self._sent(request, upload)
        parts = {"upload": upload, "plan": plan_of(upload), "most": MOST_LISTED}
        return self._page(request, "import_preview", parts)

    def _sent(self, request: StaffRequest, upload: PendingImport) -> HttpResponse:
        if "cancel" in request.POST:
            drop_upload(upload)
            messages.info(request, _("Nothing was imported."))
            return redirect(_LIST)
        try:
            report = confirm_upload(upload, request.POST.get("digest", ""))
        except ChangedMeanwhile as exc:
            words = _("Organizations have changed since this was shown. Here it is again.")
            messages.warning(request, f"{words} {_counted(exc.report)}")
            return redirect(_PREVIEW, upload.key)
        messages.success(request, _counted(report))
        return redirect(_LIST)

    def _require_may_import(self, request: HttpRequest) -> None:
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionMissing("customers.add_organization", "customers.change_organization")

    def _page(self, request: HttpRequest, name: str, parts: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **parts}
        return render(request, f"{_PAGES}/{name}.html", context)


def _counted(report: ImportReport) -> str:
    words = _("%(added)s added, %(updated)s updated, %(unchanged)s unchanged, %(refused)s refused.")
    return words % {
        "added": count_words(report.added),
        "updated": count_words(report.updated),
        "unchanged": count_words(report.unchanged),
        "refused": count_words(len(report.refused)),
    }
