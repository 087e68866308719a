"""Every staff page, in all its states."""

from datetime import timedelta
from io import StringIO
from typing import Any

from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.http import StreamingHttpResponse
from django.urls import get_resolver
from django.utils import timezone

from customers.models import Customer, Organization, SyncRun
from customers.services.checking.check_many import check_many
from customers.services.lists.listing import Listed
from customers.services.saved_views.saving import make_view
from customers.services.tokens.stored_tokens import revoke, tokens_of
from tests.conftest import browser_of
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.sandbox_process import SandboxProcess

ORGANIZATIONS = {
    "card": "Bingo",
    "delinquent": "Sycamore Surgical",
    "no-payment-method": "Pinecrest Family Practice",
    "deleted": "Oakline Orthopedics",
    "details-not-sent": "Ivy Lane Dental",
    "bank-account": "Larch Cooperative",
    "many-cards": "Zelkova Health Network",
    "markup": "Markup & Sons <script>alert('name')</script>",
    "expiring": "Viburnum Vision",
}
STATES = {
    "worklist": "/orgs/?worklist=expired",
    "filtered": "/orgs/?brand=Visa&sort=-balance",
    "found": "/orgs/?q=4242",
    "nothing-found": "/orgs/?q=zzz",
    "changes-of-a-kind": "/changes/?kind=changed_expiry",
    "watched": "/changes/?whose=watched",
    "missing": "/orgs/nowhere/",
    "reply": "/replies/de/card/",
    "password": "/admin/password_change/",
}


# Two organizations that share a card; one of them was renewed after a week.
RENEWED, SHARED = "renewed", "shared"


def pages(user: User, sandbox: SandboxProcess) -> dict[str, str]:
    """Names and URLs of all pages without arguments, and of the states above.

    Organizations come first, so that the other pages have something to show.
    """
    _make_past(user, sandbox)
    found = {name: f"/orgs/{sandbox.org_id(org)}/" for name, org in ORGANIZATIONS.items()}
    also = ("change_replytemplate", "view_credentials")
    user.user_permissions.add(*Permission.objects.filter(codename__in=also))
    past = {
        "past": f"/orgs/{RENEWED}/?as_of={timezone.localdate() - timedelta(days=3)}",
        "changed": f"/orgs/{RENEWED}/",
        "same-card": f"/orgs/{SHARED}/",
        "one-card": f"/orgs/?card_of={SHARED}",
    }
    _make_tokens(user)
    past["saved-view"] = f"/views/{_saved_view(user)}/"
    return found | past | STATES | {"sync-run": _sync_run(user)} | _pages_without_arguments(user)


def _saved_view(user: User) -> int:
    """The key of one that is shared; another is not."""
    make_view(user, "Late, by balance", Listed("delinquent", sort="-balance"), (), is_shared=False)
    filters = {"brand": "Visa"}
    return make_view(user, "Visa", Listed(filters=filters), ("state", "email"), is_shared=True).pk


def _make_tokens(user: User) -> None:
    """One that can be used from some networks, and one that was revoked."""
    give_token(user, name="nightly report", addresses=["192.0.2.0/24", "2001:db8::/32"])
    give_token(user, "read", name="side panel of the ticket system")
    revoke(tokens_of(user)[:1])


def see_all(user: User, sandbox: SandboxProcess) -> None:
    """Show `user` all that they may see."""
    rows = sandbox.organizations()
    Organization.objects.bulk_create(
        [Organization(org_id=row["org_id"], name=row["name"]) for row in rows]
    )
    check_many(user, [row["org_id"] for row in rows])


def _make_past(user: User, sandbox: SandboxProcess) -> None:
    """A card that was expired at first sight a week ago, and was renewed for one organization of
    two."""
    for org_id, name in ((RENEWED, "Renewed Rheumatology"), (SHARED, "Shared Sleep Clinic")):
        sandbox.put_org(org_id, name=name, payment=[user.get_username()])
        sandbox.put_customer(org_id, _customer(exp_year=2020))
        browser_of(user).get(f"/orgs/{org_id}/")
    week_ago = timezone.now() - timedelta(days=7)
    rows = Customer.objects.filter(organization__org_id=RENEWED)
    rows.update(first_checked_at=week_ago, asked_at=week_ago, checked_at=week_ago)
    sandbox.put_customer(RENEWED, _customer(exp_year=timezone.localdate().year + 4))
    check_many(user, [RENEWED])


def _customer(exp_year: int) -> dict[str, Any]:
    card = {"object": "card", "id": "card_shared", "last4": "4242", "brand": "Visa"}
    card |= {"exp_month": 5, "exp_year": exp_year, "fingerprint": "of the shared card"}
    return {"object": "customer", "id": "cus_Shared1", "active_card": card, "delinquent": False}


def _sync_run(user: User) -> str:
    options = {"user": [user.get_username()], "limit": 3, "max_age": timedelta(0)}
    call_command("sync_customers", **options, stdout=StringIO())
    return SyncRun.objects.latest("pk").get_absolute_url()


def _pages_without_arguments(user: User) -> dict[str, str]:
    client = browser_of(user)
    found = {}
    of_the_project = get_resolver().url_patterns
    about_the_api = [each for each in of_the_project if getattr(each, "name", "") == "api_docs"]
    for pattern in (*of_the_project[1].url_patterns, *about_the_api):
        url = f"/{pattern.pattern}"
        if "<" in url:
            continue
        response = client.get(url)
        if isinstance(response, StreamingHttpResponse) or response.status_code != 200:
            continue
        # A page that leads on by itself is gone before it is looked at.
        leads_on = b'http-equiv="refresh"' in response.content
        if response["Content-Type"].startswith("text/html") and not leads_on:
            found[pattern.name] = url
    return found
