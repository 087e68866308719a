"""What the back office keeps to itself beside its pages: deletions, filters, links to the site."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse

from customers.dashboard.admin.disclosure import LogForm
from customers.models import Organization
from customers.services.disclosures.log import record
from customers.services.disclosures.request_origin import Origin, asked_from
from tests.conftest import browser_of
from tests.helpers.access.people import make_world
from tests.helpers.rows import make_customer


@pytest.fixture
def root(db):
    make_world()
    return browser_of(User.objects.create_superuser("root"))


def test_a_deletion_lists_no_billing(root):
    organization = Organization.objects.get(org_id="walked-org")
    other = User.objects.get(username="other")

    for url in (
        f"/admin/customers/organization/{organization.pk}/delete/",
        f"/admin/auth/user/{other.pk}/delete/",
    ):
        text = root.get(url).content.decode()
        for telling in ("card", "granted", "Customer", "Payload", "Change:"):
            assert telling not in text.split("Are you sure")[1], telling


# What the filters beside each list send, and the dates above it.
DECLARED = {
    "auth.user": {
        *("is_staff__exact", "is_superuser__exact", "is_active__exact", "groups__id__exact"),
        *("is_staff__isnull", "is_superuser__isnull", "is_active__isnull", "groups__isnull"),
    },
    "auth.group": set(),
    "customers.apitoken": {"created_at__year"},
    "customers.organization": set(),
    "customers.syncrun": {"ending__exact", "ending__isnull", "started_at__year"},
    "customers.securityevent": {"code", "happened_at__year"},
    "customers.disclosure": set(LogForm.base_fields),
    "customers.hourlydisclosures": {"is_unusual__exact", "is_unusual__isnull", "hour__year"},
}
LOOKUPS = ("", "__exact", "__isnull", "__in", "__startswith", "__regex", "__gte", "__lt", "__year")


@pytest.fixture(params=list(admin.site._registry), ids=lambda model: model._meta.label_lower)
def model(request) -> type[Model]:
    return request.param


def lookups(model: type[Model], depth: int = 2) -> Iterator[str]:
    """By every column and every relation there and back, and by all columns behind these."""
    for field in model._meta.get_fields(include_hidden=True):
        names = {field.name, getattr(field, "attname", field.name)}
        yield from (f"{name}{lookup}" for name in names for lookup in LOOKUPS)
        yield f"{field.name}__pk"
        if field.is_relation and field.related_model and depth > 1:
            behind = lookups(field.related_model, depth - 1)
            yield from (f"{field.name}__{lookup}" for lookup in behind)


def declared(model: type[Model]) -> set[str]:
    """An exact lookup and a date may be spelt in more than one way."""
    names = DECLARED[model._meta.label_lower]
    dates = {name.removesuffix("__year") for name in names if name.endswith("__year")}
    short = {name.removesuffix("__exact") for name in names}
    return names | short | {f"{name}__{part}" for name in dates for part in ("month", "day")}


def test_lists_are_filtered_by_declared_lookups_alone(rf, admin_user, model):
    request = rf.get("/")
    request.user = admin_user
    site_admin = admin.site._registry[model]

    allowed = {
        lookup
        for lookup in {*lookups(model), "no_such_column", "pk", "pk__in", "id__gt"}
        if site_admin.lookup_allowed(lookup, "1", request)
    }

    assert allowed <= declared(model)


def test_filters_beside_a_list_work_and_others_are_refused(root, model):
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    wrong = []
    for lookup in DECLARED[model._meta.label_lower]:
        value = "2026" if lookup.endswith("year") else "1"
        for more in ({}, {"_facets": "True"}, {"o": "1"}, {"_popup": "1"}):
            if root.get(url, {lookup: value, **more}).status_code != 200:
                wrong.append(f"{lookup} with {more} is refused")
    for field in model._meta.get_fields():
        for lookup in {f"{field.name}__isnull", field.name} - declared(model):
            for more in ({}, {"_facets": "True"}, {"_popup": "1"}, {"q": "x"}, {"o": "1"}):
                if root.get(url, {lookup: "1", **more}).status_code != 400:
                    wrong.append(f"{lookup} with {more} is taken")
        to_field = root.get(url, {"_to_field": field.name})
        if to_field.status_code != (200 if field.name == "id" else 400):
            wrong.append(f"_to_field={field.name} answers {to_field.status_code}")

    assert wrong == []


def test_lists_are_searched_by_what_they_show(rf, admin_user, model):
    request = rf.get("/")
    request.user = admin_user
    site_admin = admin.site._registry[model]

    searched = {name.partition("__")[0] for name in site_admin.get_search_fields(request)}

    columns = site_admin.get_list_display(request)
    shown = {getattr(column, "__name__", column) for column in columns}
    shown |= set(site_admin.get_fields(request))
    # A list without columns of its own shows what a row is called.
    shown |= {"name"} if columns == ("__str__",) else set()
    assert {name.removeprefix("folded_") for name in searched} <= shown


def test_names_in_lists_turn_nothing_around_them(root):
    name = "מרפאה"
    Organization.objects.update(name=name, description=f"{name} <b>")
    User.objects.filter(username="other").update(first_name=name)

    listed = root.get("/admin/customers/organization/?o=1.2").content.decode()
    people = root.get("/admin/auth/user/").content.decode()

    row = Organization.objects.get(org_id="walked-org")
    change = f"/admin/customers/organization/{row.pk}/change/"
    assert f'field-shown_name"><a href="{change}' in listed
    assert f"<bdi>{name}</bdi></a>" in listed
    assert f"<bdi>{name} &lt;b&gt;</bdi>" in listed
    assert "<bdi>walked-org</bdi>" in listed
    assert f"<bdi>{name}</bdi>" in people
    assert "<bdi>root</bdi>" in people
    deletion = root.get(f"/admin/customers/organization/{row.pk}/delete/").content.decode()
    assert f"<bdi>{name}</bdi>" in deletion


def test_a_wrong_org_id_is_refused_in_the_readers_language(root):
    fields = {"org_id": "a/b", "name": "", "description": ""}
    address = reverse("admin:customers_organization_add")

    page = root.post(address, fields, HTTP_ACCEPT_LANGUAGE="de").content.decode()

    assert "„a/b“" in page
    assert not Organization.objects.filter(org_id="a/b").exists()


def test_a_new_name_is_found_and_sorted_by_at_once(root):
    organization = Organization.objects.get(org_id="walked-org")
    address = reverse("admin:customers_organization_change", args=[organization.pk])

    assert root.post(address, {"name": "ZÜRICH Clinic", "description": ""}).status_code == 302

    organization.refresh_from_db()
    assert organization.folded_name == organization.customer.folded_name == "zurich clinic"


def test_no_link_leads_from_the_key_of_a_row_to_its_organization(db, ana):
    make_world()
    organization = Organization.objects.get(org_id="walked-org")

    for kind in range(1, 40):
        answer = browser_of(ana).get(f"/admin/r/{kind}/{organization.pk}/")
        assert answer.status_code == 404


def test_neither_do_those_of_the_disclosure_log(root, ana):
    northwind = Organization.objects.create(org_id="מרפאה")
    with asked_from(Origin(purpose="כרטיס 7")):
        record(ana, [make_customer(northwind)], "page")

    log = root.get("/admin/customers/disclosure/").content.decode()

    for text in ("ana", "מרפאה", "כרטיס 7"):
        assert f"<bdi>{text}</bdi>" in log
