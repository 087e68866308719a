"""What a user is told about an organization depends on Catalyze's answer to them alone.

Never on whether the portal knows it: whole answers are compared, and the calls they cost.
"""

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from customers.models import Change, Credentials, Organization
from customers.services.checking.check import check
from customers.services.credentials import store as credentials
from tests.conftest import browser_of, sign_in_upstream
from tests.helpers.access.access_table import PAGES
from tests.helpers.access.people import make_world
from tests.helpers.commands import run
from tests.helpers.pages.of_one_moment import without_moments
from tests.helpers.pages.visits import body
from tests.helpers.rows import give_credentials, make_change

KNOWN, UNKNOWN = "a-known-org", "unknown-org"  # of one length, so that answers are as long
CARD = {"object": "card", "last4": "9876", "brand": "Visa", "exp_month": 5, "exp_year": 2031}
CUSTOMER = {"object": "customer", "id": "cus_walked", "active_card": CARD, "cards": {"data": []}}

# How each page can be asked about an organization.
ASKED = [
    ("GET", "/orgs/{org}/", {}),
    ("GET", "/orgs/{org}/", {"as_of": "2026-01-31"}),
    ("GET", "/orgs/{org}/", {"from": "worklist=expired"}),
    ("GET", "/changes/", {"org": "{org}"}),
    ("GET", "/changes/export/", {"org": "{org}"}),
    ("POST", "/orgs/{org}/check/", {}),
    ("POST", "/orgs/{org}/notes/", {"text": "a note"}),
    ("GET", "/search/", {"q": "{org}"}),
    ("GET", "/orgs/", {"q": "{org}"}),
    ("GET", "/orgs/", {"card_of": "{org}"}),
    ("POST", "/check-selected/", {"org": "{org}"}),
    ("POST", "/check-selected/", {"all": "q={org}"}),
    ("POST", "/export-selected/", {"org": "{org}"}),
    ("GET", "/export/", {"q": "{org}"}),
    ("GET", "/export/", {"card_of": "{org}"}),
    ("POST", "/orgs/{org}/watch/", {"watch": "on"}),
    ("POST", "/orgs/{org}/watch/", {"watch": "off"}),
    ("POST", "/watch-selected/", {"org": "{org}"}),
]
COMMANDS = [
    ("show_customer", "{org}", "--user", "ben"),
    ("show_customer", "{org}", "--user", "ben", "--refresh", "--json"),
    ("export_customers", "--user", "ben"),
]


@pytest.fixture
def two_organizations(sandbox, signed_in_ana):
    """One that the portal knows all about through Ana, and one that it never heard of."""
    for org in (KNOWN, UNKNOWN):
        sandbox.put_org(org, name="Walked Organization", payment=["ana"])
        sandbox.put_customer(org, CUSTOMER)
    check(signed_in_ana, KNOWN)
    make_change(Organization.objects.get(org_id=KNOWN), last4=["1881", "9876"])
    return sandbox


def with_session(ben, sandbox):
    sign_in_upstream(ben, sandbox)


def deleted_upstream(ben, sandbox):
    sign_in_upstream(ben, sandbox)
    for org in (KNOWN, UNKNOWN):
        sandbox.delete_org(org)


def upstream_answers_nonsense(ben, sandbox):
    sign_in_upstream(ben, sandbox)
    sandbox.set_fault("status", status=204, body="", route="customer")


def session_ended(ben, sandbox):
    sign_in_upstream(ben, sandbox)
    sandbox.expire_sessions("ben")


def no_credentials(ben, sandbox):
    """Ben has never signed in with Catalyze."""


def untested_credentials_get_a_400(ben, sandbox):
    credentials.save_pasted(ben, sandbox.api_key, sandbox.sign_in("ben"))
    sandbox.set_faults(
        {"kind": "status", "status": 400, "body": "{}", "route": "customer"},
        {"kind": "503", "route": "verify"},
    )


@pytest.mark.parametrize(
    "standing",
    [
        with_session,
        deleted_upstream,
        upstream_answers_nonsense,
        session_ended,
        no_credentials,
        untested_credentials_get_a_400,
    ],
)
def test_an_organization_that_is_known_looks_like_one_that_is_not(
    two_organizations, ben, standing, settings
):
    settings.CATALYZE_DEADLINE = 5  # so long that a busy machine changes no answer
    standing(ben, two_organizations)
    client = browser_of(ben)

    for method, url, data in ASKED:
        known = asked(two_organizations, client, method, url, data, KNOWN)
        unknown = asked(two_organizations, client, method, url, data, UNKNOWN)
        assert known == unknown, (method, url, data)

    for arguments in COMMANDS:
        assert told(arguments, KNOWN) == told(arguments, UNKNOWN), arguments


def test_the_way_on_through_a_list_starts_alike_at_what_is_known_and_what_is_not(
    two_organizations, ben
):
    with_session(ben, two_organizations)

    for step in ("next", "previous"):
        known, unknown = (
            browser_of(ben).get(f"/orgs/{org}/{step}/", {"from": ""}, follow=True)
            for org in (KNOWN, UNKNOWN)
        )
        assert comparable(known, KNOWN) == comparable(unknown, UNKNOWN)
        assert known.redirect_chain == [(f"/orgs/{KNOWN}/?from=", 302)]


def test_a_first_answer_costs_as_many_calls_whether_or_not_the_organization_is_known(
    two_organizations, ben
):
    sign_in_upstream(ben, two_organizations)
    for org in (KNOWN, UNKNOWN):
        two_organizations.put_org(org, payment=["ana", "ben"])
    client = browser_of(ben)

    client.get(f"/orgs/{KNOWN}/")
    client.get(f"/orgs/{UNKNOWN}/")

    known, unknown = (two_organizations.counts(org)["calls"] for org in (KNOWN, UNKNOWN))
    known["customer"]["200"] -= 1  # Ana's, and its name
    known["org"]["200"] -= 1
    assert known == unknown == {"customer": {"200": 1}, "org": {"200": 1}}


def test_a_first_answer_after_a_denial_costs_as_many_calls_too(two_organizations, ben):
    sign_in_upstream(ben, two_organizations)
    client = browser_of(ben)
    calls = {}

    for org in (KNOWN, UNKNOWN):
        client.get(f"/orgs/{org}/")
        two_organizations.put_org(org, payment=["ana", "ben"])
        before = two_organizations.counts(org)["calls"]
        client.get(f"/orgs/{org}/")
        calls[org] = grown(before, two_organizations.counts(org)["calls"])

    assert calls[KNOWN] == calls[UNKNOWN] == {("customer", "200"): 1, ("org", "200"): 1}


@pytest.mark.parametrize("has_credentials", [True, False])
def test_pages_are_the_same_whether_or_not_the_portal_knows_anything(db, settings, has_credentials):
    settings.CATALYZE_DEADLINE = 0.05
    walker = User.objects.create_superuser("walker")
    if has_credentials:
        give_credentials(walker)
        long_ago = "2026-01-02T03:04:05Z"  # words for it that do not change while this runs
        Credentials.objects.update(saved_at=long_ago, proves_since=long_ago, proved_at=long_ago)
    client = browser_of(walker)

    before = every_page(client)
    make_world()
    after = every_page(client)

    assert Change.objects.exists()
    for url in before:
        assert before[url] == after[url], url


def every_page(client: Client) -> dict[str, tuple[object, ...]]:
    """What each page says without being asked about an organization by its id."""
    seen = {}
    for page in PAGES.values():
        if page.counts_everything or "{org}" in page.url:
            continue
        for query in (*page.queries, {"q": "Walked"}, {"worklist": "none"}):
            with transaction.atomic():
                seen[f"{page.url}?{query}"] = comparable(client.get(page.url, query), "")
                transaction.set_rollback(True)
    return seen


def asked(sandbox, client, method, url, data, org):
    """The whole answer, with the org id taken out, and what it cost upstream."""
    before = sandbox.counts(org)["calls"]
    fill = {name: value.format(org=org) for name, value in data.items()}
    answer = getattr(client, method.lower())(url.format(org=org), fill)
    return comparable(answer, org), grown(before, sandbox.counts(org)["calls"])


def comparable(answer, org: str) -> tuple[object, ...]:
    own = {"Expires", "X-Request-ID"}  # of one moment, and of one answer
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    text = without_moments(f"{headers} {body(answer)}")
    return answer.status_code, text.replace(org, "ORG") if org else text


def grown(before, after):
    return {
        (route, how): more
        for route, counts in after.items()
        for how, count in counts.items()
        if (more := count - before.get(route, {}).get(how, 0))
    }


def told(arguments, org):
    ran = run(*(text.format(org=org) for text in arguments))
    return ran.code, ran.out.replace(org, "ORG"), ran.err.replace(org, "ORG")
