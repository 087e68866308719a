"""A denied organization: its imported name, and a text that asks for access; nothing else."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command

from customers.models import Credentials, Organization
from tests.helpers.pages.organization import CARD, text_of


@pytest.fixture
def denied(as_ana, as_ben, sandbox, tmp_path):
    """What Ana's page says of an organization that Ben alone may see, after an import."""
    sandbox.put_org("bens", name="Bens Own", description="told by Catalyze", payment=["ben"])
    sandbox.put_customer("bens", {"object": "customer", "id": "cus_1", "active_card": CARD})
    as_ben.get("/orgs/bens/")

    def get(name):
        if name is not None:
            file = tmp_path / "organizations.csv"
            file.write_text(f"org_id,name,description\nbens,{name},from the register\n")
            call_command("import_organizations", str(file), stdout=StringIO())
        return text_of(as_ana.get("/orgs/bens/"))

    return get


def test_an_imported_name_is_said(denied):
    text = denied("Register Clinic")

    assert "<bdi>Register Clinic</bdi></h1>" in text
    assert "no payment permission here" in text


def test_a_name_that_others_credentials_brought_is_not_said(denied):
    text = denied(None)

    assert Organization.objects.get().name == "Bens Own"
    assert "Bens Own" not in text
    assert "<bdi>bens</bdi></h1>" in text


def test_no_billing_is_said(denied):
    text = denied("Register Clinic")

    for told in ("4242", "cus_1", "told by Catalyze", "ben</bdi>", 'data-copy-part="reply"'):
        assert told not in text


def test_the_request_says_who_asks_whom_for_what(denied, ana):
    text = denied("Register Clinic")

    request = text.split('data-part="request">')[1].split("</p>")[0]
    assert "payment list of Register Clinic (bens) in Catalyze" in request
    assert "payment permission" in request
    assert "Any admin of the organization" in request
    assert Credentials.objects.get(user=ana).users_id in request
    assert 'data-copy-part="request"' in text


def test_what_catalyze_does_not_know_gets_no_name_and_no_request(as_ana):
    Organization.objects.create(org_id="gone", name="Gone", imported_name="Gone Clinic")

    text = text_of(as_ana.get("/orgs/gone/"))

    assert "Catalyze knows no such organization" in text
    assert "Gone Clinic" not in text
    assert 'data-part="request"' not in text


def test_the_name_of_an_organization_that_is_added_by_hand_is_an_imported_one(as_ana, ana):
    ana.user_permissions.add(
        *Permission.objects.filter(codename__in=("add_organization", "change_organization")),
        Permission.objects.get(codename="view_organization"),
    )
    as_ana.post(
        "/admin/customers/organization/add/",
        {"org_id": "added", "name": "By hand", "description": ""},
    )
    learned = Organization.objects.create(org_id="learned", name="Learned")
    as_ana.post(
        f"/admin/customers/organization/{learned.pk}/change/",
        {"name": "Learned", "description": "edited"},
    )

    assert Organization.objects.get(org_id="added").imported_name == "By hand"
    assert Organization.objects.get(org_id="learned").imported_name == ""
