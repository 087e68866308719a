"""Who signs in at the provider, and what its groups give them."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, User

from customers.models import OidcIdentity, SecurityEvent
from tests.conftest import make_staff
from tests.helpers.accounts.codes import is_in
from tests.helpers.single_sign_on.provider import Said

GROUPS = (("billing", "staff"), ("billing", "Support"), ("leads", "Leads"))


@pytest.fixture
def grouped(provider, settings, db):
    """The provider's groups decide about staff, Support and Leads."""
    Group.objects.create(name="Leads")
    Group.objects.create(name="Auditors")
    settings.OIDC = provider.settings(groups=GROUPS)
    return provider


def codes(user=None):
    found = SecurityEvent.objects.order_by("pk")
    return [event.code for event in (found.filter(user_id=user.pk) if user else found)]


def groups_of(user):
    return set(user.groups.values_list("name", flat=True))


def in_groups(*groups, **claims):
    return Said({"groups": list(groups), **claims})


def test_the_sign_in_page_leads_to_the_provider_and_on_to_the_page_wanted(
    connected, provider, browser, sign_in
):
    page = browser.get("/admin/login/", {"next": "/orgs/?sort=name"}).content.decode()

    assert f"Sign in with {provider.issuer.split('/')[2]}" in page
    assert 'href="/sign-in/?next=%2Forgs%2F%3Fsort%3Dname"' in page
    assert sign_in(browser, way="/orgs/?sort=name").headers["Location"] == "/orgs/?sort=name"
    assert is_in(browser)


def test_the_way_back_leads_to_this_portal_alone(connected, browser, sign_in):
    assert sign_in(browser, way="https://example.com/").headers["Location"] == "/"


def test_the_portal_asks_with_pkce_a_nonce_and_a_state(provider, browser):
    url = browser.get("/sign-in/").headers["Location"]

    for part in ("code_challenge_method=S256", "code_challenge=", "nonce=", "state="):
        assert part in url
    assert "response_type=code" in url


def test_a_sign_in_is_recorded_as_one_at_the_provider(connected, ana, browser, sign_in):
    sign_in(browser)

    event = SecurityEvent.objects.get(code="signin.succeeded")
    assert (event.user_id, event.detail) == (ana.pk, {"provider": True})
    assert OidcIdentity.objects.get().last_signed_in_at is not None


def test_nothing_of_an_earlier_session_is_kept(connected, ben, browser, sign_in):
    browser.force_login(ben)
    session = browser.session
    session["purpose"] = "ben's reason"
    session.save()

    sign_in(browser)

    assert browser.session["_auth_user_id"] == str(connected.user_id)
    assert "purpose" not in browser.session


def test_a_group_makes_an_account(grouped, browser, sign_in):
    said = in_groups(
        *("billing", "other"),
        preferred_username="carla",
        email="carla@example.com",
        email_verified=True,
        given_name="Carla",
    )

    sign_in(browser, "s-carla", said)

    carla = User.objects.get(username="carla")
    assert (carla.email, carla.first_name) == ("carla@example.com", "Carla")
    assert carla.is_staff
    assert not carla.is_superuser
    assert not carla.has_usable_password()
    assert groups_of(carla) == {"Support"}
    assert is_in(browser)
    assert codes(carla)[:2] == ["permissions.changed", "account.created"]


@pytest.mark.parametrize("groups", [[], ["leads"], ["Billing"], [["billing"]], "no list"])
def test_no_group_that_gives_staff_makes_no_account(grouped, browser, sign_in, groups):
    sign_in(browser, "s-carla", Said({"groups": groups, "preferred_username": "carla"}))

    assert not is_in(browser)
    assert not User.objects.exists()


def test_an_address_that_the_provider_has_not_verified_is_not_taken(grouped, browser, sign_in):
    sign_in(
        browser,
        "s-carla",
        in_groups("billing", preferred_username="carla", email="ana@example.com"),
    )

    assert User.objects.get(username="carla").email == ""


def test_a_name_that_no_user_can_have_is_replaced(grouped, browser, sign_in):
    sign_in(browser, "s-carla", in_groups("billing", preferred_username="<b>carla"))

    assert User.objects.get().username.startswith("user-")


@pytest.mark.parametrize("name", ["ana", "ANA"])
def test_an_account_is_never_matched_by_name_or_address(grouped, ana, browser, sign_in, name):
    User.objects.filter(pk=ana.pk).update(email="ana@example.com")
    claims = {"email": "ana@example.com", "email_verified": True, "preferred_username": name}

    answer = sign_in(browser, "s-mallory", in_groups("billing", **claims))

    assert not is_in(browser)
    assert "already exists" in browser.get(answer.headers["Location"]).content.decode()
    assert not OidcIdentity.objects.exists()


def test_groups_are_given_and_taken_at_each_sign_in(grouped, connected, ana, browser, sign_in):
    ana.groups.set(Group.objects.filter(name__in=["Leads", "Auditors"]))

    sign_in(browser, said=in_groups("billing"))

    assert groups_of(ana) == {"Support", "Auditors"}
    change = SecurityEvent.objects.get(code="permissions.changed")
    assert change.detail == {"added": ["group Support"], "removed": ["group Leads"]}


def test_without_the_group_a_user_is_staff_no_longer(grouped, connected, ana, browser, sign_in):
    sign_in(browser, said=in_groups("leads"))

    ana.refresh_from_db()
    assert not ana.is_staff
    assert not is_in(browser)
    assert SecurityEvent.objects.get(code="signin.refused").detail == {"reason": "not_staff"}


def test_groups_change_nothing_where_none_are_set(connected, ana, browser, sign_in):
    before = groups_of(ana)

    sign_in(browser, said=in_groups())

    assert groups_of(ana) == before
    assert is_in(browser)


def test_a_group_that_is_not_here_is_logged(grouped, settings, connected, browser, sign_in, caplog):
    settings.OIDC = replace(settings.OIDC, groups=(*GROUPS, ("billing", "Nobody")))

    sign_in(browser, said=in_groups("billing"))

    assert is_in(browser)
    assert "groups that do not exist: Nobody" in caplog.text


def test_a_deactivated_user_stays_out(connected, ana, browser, sign_in):
    User.objects.filter(pk=ana.pk).update(is_active=False)

    sign_in(browser)

    assert not is_in(browser)
    assert SecurityEvent.objects.get().detail == {"reason": "not_staff"}


def test_without_an_issuer_there_is_no_such_page(browser):
    assert browser.get("/sign-in/").status_code == 404
    assert browser.get("/sign-in/callback/").status_code == 404
    assert "Sign in with" not in browser.get("/admin/login/").content.decode()


def test_two_tabs_sign_in_at_once(connected, provider, browser):
    first, second = (browser.get("/sign-in/").headers["Location"] for _ in range(2))
    make_staff("ben")

    browser.get(provider.approve(first))

    assert is_in(browser)
    assert browser.get(provider.approve(second)).status_code == 302
    assert is_in(browser)
