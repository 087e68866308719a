"""How each kind of page is visited, and what it answers."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse

from customers.models import SyncRun
from customers.services.disclosures.log import record
from customers.services.organizations.import_uploads import keep_upload
from tests.helpers.access.access_table import Page
from tests.helpers.access.people import EMPTIED_ORG, WALKED_ORG
from tests.helpers.pages.of_one_moment import without_moments


def visits(client: Client, page: Page) -> Iterator[HttpResponseBase]:
    """The page read and its form sent, for both organizations; nothing of it stays."""
    for org in (WALKED_ORG, EMPTIED_ORG):
        url = page.url.format(org=org)
        sent = filled(page.post, org)
        asked = [(client.get, filled(query, org)) for query in page.queries]
        for method, data in (*asked, (client.post, sent)):
            with transaction.atomic():
                answer = method(url, data)
                body(answer)
                transaction.set_rollback(True)
            yield answer


def filled(fields: dict[str, str], org: str) -> dict[str, str]:
    return {name: value.format(org=org) for name, value in fields.items()}


def is_catch_all(pattern: URLPattern) -> bool:
    """The back office's last patterns: they only add a slash, or say 404."""
    return (
        pattern.name is None
        and "(?P<url>.*)$" in str(pattern.pattern)
        or (pattern.name is None and str(pattern.pattern) == "<path:object_id>/")
    )


def back_office_urls() -> Iterator[str]:
    """Every page of every model, for a row of it where a page is about one."""
    other = apps.get_model("auth", "User").objects.get(username="other")
    organization = apps.get_model("customers", "Customer").objects.get(last4="9876")
    record(other, [organization], "page")
    SyncRun.objects.create(started_at=organization.checked_at, started_by="other")
    yield from ("/admin/", f"/admin/customers/disclosure/?q={WALKED_ORG}")
    for model in admin.site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        for page in ("changelist", "add", "history", "delete", "change"):
            row = model._default_manager.first()
            if page in {"changelist", "add"}:
                yield reverse(f"admin:{label}_{page}")
            elif row:
                yield reverse(f"admin:{label}_{page}", args=[row.pk])
    yield reverse("admin:customers_organization_import")
    content = f'org_id,name,description\n{WALKED_ORG},Renamed,\nnew,New,\n"a/b",Bad,\n'
    walker = apps.get_model("auth", "User").objects.filter(username="walker").first()
    if walker:
        upload = keep_upload(walker, "organizations.csv", content.encode())
        yield reverse("admin:customers_organization_import_preview", args=[upload.key])
    yield reverse("admin:auth_user_invite")
    invited = apps.get_model("auth", "User").objects.create(username="invited", is_staff=True)
    invited.set_unusable_password()
    invited.save()
    yield reverse("admin:auth_user_invite_again", args=[invited.pk])
    yield reverse("admin:auth_user_password_change", args=[other.pk])


def body(response: HttpResponseBase) -> str:
    """All of it but what is of one moment, where any digits may stand; a streamed answer is read
    once and kept."""
    if response.streaming and not hasattr(response, "read_once"):
        response.read_once = response.getvalue()
    whole = response.read_once if response.streaming else response.content
    return without_moments(whole.decode())
