"""Whoever knows the back office finds everything from there, as far as they may open it."""

import re

import pytest
from django.contrib.auth.models import Permission, User

from customers.models import Organization
from tests.conftest import browser_of

DESK = {
    *("/", "/orgs/", "/changes/", "/syncs/"),
    *("/credentials/board/", "/replies/", "/credentials/", "/tokens/"),
}


def links(client, url):
    page = client.get(url).content.decode()
    return set(re.findall(r'href="([^"]+)"', page.partition('<div id="content-main">')[2]))


def test_a_superuser_finds_every_page(db):
    found = links(browser_of(User.objects.create_superuser("root")), "/admin/")

    assert found >= DESK | {"/admin/auth/user/", "/admin/customers/organization/"}


def test_support_finds_what_it_may_open(ana):
    client = browser_of(ana)

    found = links(client, "/admin/") & DESK

    assert found == {"/", "/orgs/", "/changes/", "/syncs/", "/credentials/", "/tokens/"}
    assert {client.get(url).status_code for url in found} == {200}


def test_who_may_do_nothing_is_led_nowhere(db):
    client = browser_of(User.objects.create_user("nobody", is_staff=True))

    assert links(client, "/admin/") & DESK == set()
    assert "You don’t have permission" in client.get("/admin/").content.decode()


@pytest.mark.parametrize("may_see", [True, False])
def test_an_organization_leads_to_its_billing_for_those_who_may_see_it(db, may_see):
    organization = Organization.objects.create(org_id="north 1")
    user = User.objects.create_user("operator", is_staff=True)
    wanted = ["change_organization", *(["view_customer"] if may_see else [])]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))

    url = f"/admin/customers/organization/{organization.pk}/change/"
    found = links(browser_of(user), url)

    assert (organization.get_absolute_url() in found) is may_see
