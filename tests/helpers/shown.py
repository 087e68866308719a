"""A desk that was shown one organization, and snapshots of what the portal knows."""

import secrets
from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.test import Client

from customers.models import Access, Change, Customer, Note, Organization, Payload
from tests.helpers.rows import stripe_customer
from tests.helpers.sandbox_process import SandboxProcess

KNOWN, NEW = "known", "new"
FIRST_DIGITS = 4242
PAGES = (
    *("first contact", "cached answer", "check now", "check selected"),
    *("write a note", "list", "overview"),
)
ASKING = ("first contact", "check now", "check selected")


class Desk:
    """A signed-in browser that was shown only the organization KNOWN.

    KNOWN's card changes in the sandbox before each page, so that there is something to store.
    """

    def __init__(self, browser: Client, sandbox: SandboxProcess) -> None:
        self._browser = browser
        self._sandbox = sandbox
        self._opened = 0
        self.new = NEW
        browser.raise_request_exception = False
        self._put(KNOWN)
        assert browser.get(f"/orgs/{KNOWN}/").status_code == 200

    def have_news(self) -> str:
        """Change KNOWN's card and add an organization; returns its org id."""
        self._opened += 1
        self.new = f"{NEW}-{self._opened}"
        self._put(KNOWN)
        self._put(self.new)
        return self.new

    def check_that_known_is_new(self) -> None:
        digits = str(FIRST_DIGITS + self._opened)
        assert Customer.objects.get(organization__org_id=KNOWN).last4 == digits

    def check_that_all_news_are_stored(self) -> None:
        digits = str(FIRST_DIGITS + self._opened)
        stored = Customer.objects.filter(organization__org_id__in=(KNOWN, self.new), last4=digits)
        assert stored.count() == 2

    def open(self, page: str, *, follow: bool = False) -> HttpResponse:
        """The response of one of PAGES."""
        self.have_news()
        method, path, fields = self._request(page)
        send = self._browser.post if method == "POST" else self._browser.get
        return send(path, fields, follow=follow)

    def _put(self, org_id: str) -> None:
        digits = str(FIRST_DIGITS + self._opened)
        self._sandbox.put_org(org_id, name=org_id.title(), payment=["ana"])
        self._sandbox.put_customer(org_id, customer(org_id, last4=digits))

    def _request(self, page: str) -> tuple[str, str, dict[str, Any]]:
        return {
            "first contact": ("GET", f"/orgs/{self.new}/", {}),
            "cached answer": ("GET", f"/orgs/{KNOWN}/", {}),
            "check now": ("POST", f"/orgs/{KNOWN}/check/", {}),
            "check selected": ("POST", "/check-selected/", {"org": [KNOWN]}),
            "write a note": ("POST", f"/orgs/{KNOWN}/notes/", {"text": "Asked for a card."}),
            "list": ("GET", "/orgs/", {}),
            "overview": ("GET", "/", {}),
        }[page]


def customer(org_id: str, **changes: Any) -> dict[str, Any]:
    """A customer whose description compresses badly."""
    return stripe_customer(id=f"cus_{org_id}", description=secrets.token_hex(30_000), **changes)


def stored() -> dict[str, list[Any]]:
    """All that is stored, without times."""
    customers = Customer.objects.values_list(
        "organization__org_id", "state", "last4", "last_error_code"
    )
    access = Access.objects.values_list("user__username", "organization__org_id", "state")
    changes = Change.objects.order_by("pk").values_list("organization__org_id", "differences")
    return {
        "organizations": sorted(Organization.objects.values_list("org_id", flat=True)),
        "answers": sorted(customers.exclude(state="unchecked")),
        "access": sorted(access),
        "changes": list(changes),
        "notes": list(Note.objects.values_list("text", flat=True)),
    }


def check_that_all_is_whole() -> None:
    """Every answer is stored once with all that belongs to it, and nothing without an answer."""
    answered = list(Customer.objects.exclude(state="unchecked").select_related("organization"))
    keys = {row.pk for row in answered}
    assert set(Payload.objects.values_list("customer_id", flat=True)) == keys
    assert set(Access.objects.values_list("organization_id", flat=True)) == keys
    assert set(Change.objects.values_list("organization_id", flat=True)) <= keys
    for row in answered:
        sent = Payload.objects.get(customer=row).decoded["sources"]["data"][0]
        assert (row.last4, row.state) == (sent["last4"], "card")
        _check_that_no_change_is_lost_or_doubled(row)


def _check_that_no_change_is_lost_or_doubled(row: Customer) -> None:
    changes = Change.objects.filter(organization_id=row.pk).order_by("pk")
    digits = [change.differences["last4"] for change in changes]
    assert all(earlier[1] == later[0] for earlier, later in pairwise(digits)), digits
    assert not digits or digits[-1][1] == row.last4
