"""Every URL of the portal against every kind of user, walked from the URL configuration."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from customers.models import Organization, View
from tests.conftest import browser_of, sign_in_upstream

ORG = "walked-org"
CARD = {"object": "card", "last4": "9876", "brand": "Visa", "exp_month": 5, "exp_year": 2031}

# What a page may answer to those who may open it: shown, moved on, or only by POST.
STAFF_PAGES = {
    "overview": "/",
    "search": "/search/",
    "organizations": "/orgs/",
    "check_selected": "/check-selected/",
    "export": "/export/",
    "organization": f"/orgs/{ORG}/",
    "check_now": f"/orgs/{ORG}/check/",
    "write_note": f"/orgs/{ORG}/notes/",
    "credentials": "/credentials/",
    "credentials_sign_in": "/credentials/sign-in/",
    "credentials_paste": "/credentials/paste/",
    "credentials_test": "/credentials/test/",
    "credentials_forget": "/credentials/forget/",
}


def staff_patterns():
    return get_resolver().url_patterns[1].url_patterns


def back_office_urls():
    """The back office's own pages that need no key of a row."""
    resolver = get_resolver().url_patterns[0]
    return [
        f"/admin/{pattern.pattern}"
        for pattern in flat(resolver)
        if "<" not in str(pattern.pattern) and "(" not in str(pattern.pattern)
    ]


def flat(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            for inner in flat(pattern):
                yield URLPatternAt(f"{pattern.pattern}{inner.pattern}", inner.name)
        elif isinstance(pattern, URLPattern):
            yield URLPatternAt(str(pattern.pattern), pattern.name)


class URLPatternAt:
    def __init__(self, pattern, name):
        self.pattern, self.name = pattern, name


@pytest.fixture
def shown_to_ana(as_ana, sandbox):
    """An organization whose billing Ana has just been sent."""
    sandbox.put_org(ORG, name="Walked Organization", payment=["ana"])
    sandbox.put_customer(ORG, {"object": "customer", "id": "cus_walked", "active_card": CARD})
    assert "9876" in as_ana.get(f"/orgs/{ORG}/").content.decode()
    return ORG


def every_answer(client):
    for url in STAFF_PAGES.values():
        for response in (client.get(url), client.post(url)):
            yield url, response


def test_every_staff_page_stands_in_the_table():
    assert {pattern.name for pattern in staff_patterns()} == set(STAFF_PAGES)


def test_anonymous_visitors_are_sent_to_sign_in(db, shown_to_ana):
    for url, response in every_answer(Client()):
        if response.status_code == 405:
            continue
        assert response.status_code == 302, url
        assert response.url.startswith("/admin/login/"), url


def test_users_who_are_not_staff_are_sent_to_sign_in(db, shown_to_ana):
    outsider = User.objects.create_user("olga")

    for url, response in every_answer(browser_of(outsider)):
        if response.status_code == 405:
            continue
        assert response.status_code == 302, url
        assert response.url.startswith("/admin/login/"), url


def test_staff_without_the_permission_are_told_no(db, shown_to_ana):
    newcomer = User.objects.create_user("nora", is_staff=True)

    for url, response in every_answer(browser_of(newcomer)):
        assert response.status_code in {403, 405}, url


def test_exports_and_notes_need_their_own_permission(shown_to_ana, signed_in_ana):
    signed_in_ana.groups.clear()
    signed_in_ana.user_permissions.add(permission("view_customer"))
    client = browser_of(signed_in_ana)

    assert client.get("/export/").status_code == 403
    assert client.post(f"/orgs/{ORG}/notes/", {"text": "x"}).status_code == 403


@pytest.mark.parametrize("kind", ["no credentials", "denied", "superuser", "superuser signed in"])
def test_nobody_without_their_own_proof_sees_a_trace_of_it(shown_to_ana, sandbox, ben, kind):
    client = browser_of(someone(kind, ben, sandbox))

    for url, response in every_answer(client):
        text = body(response)
        assert "9876" not in text, url
        assert "cus_walked" not in text, url
        assert "Walked Organization" not in text, url


def test_superusers_find_no_billing_in_the_back_office(shown_to_ana, db):
    client = browser_of(User.objects.create_superuser("root"))
    urls = back_office_urls()

    for url in [*urls, f"/admin/customers/view/?q={ORG}", "/admin/customers/syncrun/"]:
        text = body(client.get(url))
        assert "9876" not in text, url
        assert "cus_walked" not in text, url
    assert len(urls) > 10


def test_support_staff_find_nothing_in_the_back_office(as_ana, shown_to_ana):
    for url in back_office_urls():
        if url.endswith(("login/", "logout/", "jsi18n/", "/admin/", "password_change/", "done/")):
            continue
        assert as_ana.get(url).status_code in {302, 403, 404}, url


def test_deleting_in_the_back_office_lists_no_billing(shown_to_ana, db, signed_in_ana):
    Organization.objects.filter(org_id=ORG).update(name="X")
    View.objects.all().delete()
    client = browser_of(User.objects.create_superuser("root"))
    key = Organization.objects.get(org_id=ORG).pk

    for url in (
        f"/admin/customers/organization/{key}/delete/",
        f"/admin/auth/user/{signed_in_ana.pk}/delete/",
    ):
        text = body(client.get(url))
        assert "Are you sure" in text
        for telling in ("card", "granted", "Customer", "Payload", "Change:"):
            assert telling not in text.split("Are you sure")[1], telling


@pytest.mark.parametrize("lookup", ["change__isnull", "note__isnull", "view__isnull"])
def test_the_back_office_does_not_filter_organizations_by_their_billing(db, lookup):
    client = browser_of(User.objects.create_superuser("root"))

    assert client.get(f"/admin/customers/organization/?{lookup}=0").status_code == 400


def permission(codename):
    return Permission.objects.get(codename=codename, content_type__app_label="customers")


def someone(kind, ben, sandbox):
    if kind == "no credentials":
        return ben
    if kind == "denied":
        sign_in_upstream(ben, sandbox)
        return ben
    root = User.objects.create_superuser("carla")
    if kind == "superuser signed in":
        sign_in_upstream(root, sandbox)
    return root


def body(response):
    return (response.getvalue() if response.streaming else response.content).decode()
