"""What the pages and the sync make of every way in which the upstream can fail.

Each ends within the deadline, after a bounded number of calls; the last answer stays; and the words
say what happened, never "no card".
"""

import pytest

from customers.models import Access, Change, Customer
from tests.helpers.commands import run
from tests.helpers.rows import stripe_customer
from tests.helpers.upstream.failing import (
    NOT_IN_TIME,
    NOT_JSON,
    NOT_REACHED,
    ONE,
    OWN_FAULT,
    Fault,
    calls,
    met,
    text_of,
)

KNOWN, NEW = "known", "new"
BROKEN_OFF = "Catalyze closed the connection mid-response."
NOT_HTTP = "Catalyze sent an answer that is not valid HTTP."
MORE = "Catalyze sent more than the answer that was asked for."
TOO_MUCH = "Catalyze sent more than 2 MB, which is too much for a customer."
SLOW_DOWN = "Catalyze asked us to slow down (429)."
FAULTS = [
    Fault("refused connection", "", {"door": "refused"}, NOT_REACHED),
    Fault("reset on connect", "", {"door": "reset on connect"}, NOT_REACHED),
    Fault("connection never accepted", "", {"door": "never accepted"}, NOT_IN_TIME),
    Fault("reset after the request", "reset", {}, NOT_REACHED),
    Fault("reset in the headers", "reset-in-headers", {}, NOT_REACHED),
    Fault("reset in the body", "reset-midway", {}, BROKEN_OFF),
    Fault("no first byte", "timeout", {}, NOT_IN_TIME),
    Fault("stalled headers", "stall", {"phase": "headers"}, NOT_IN_TIME),
    Fault("stalled body", "stall", {"phase": "body"}, NOT_IN_TIME),
    Fault("trickled headers", "trickle", {"phase": "headers"}, NOT_IN_TIME),
    Fault("trickled body", "trickle", {"phase": "body"}, NOT_IN_TIME),
    Fault("endless headers", "endless-headers", {}, NOT_HTTP),
    Fault("endless interim answers", "endless-continue", {}, NOT_HTTP),
    Fault("endless body", "huge", {"endless": True}, TOO_MUCH, ONE, True),
    Fault("a bomb of nothing, packed", "bomb", {"mib": 64}, TOO_MUCH, ONE, True),
    Fault("truncated body", "truncated", {}, BROKEN_OFF),
    Fault("length too small", "wrong-length", {"by": -10}, MORE),
    Fault("length too large", "wrong-length", {"by": 10}, BROKEN_OFF),
    Fault("a second answer at once", "second-answer", {}, MORE),
    Fault(
        "protocols switched", "informational", {"status": 101}, "unexpected status (101)", ONE, True
    ),
    Fault("chunk without a size", "bad-chunk", {}, BROKEN_OFF),
    Fault("empty body", "empty", {}, NOT_JSON, ONE, True),
    Fault("a page instead of JSON", "not-json", {}, NOT_JSON, ONE, True),
    Fault("deep JSON", "deep", {}, NOT_JSON, ONE, True),
    Fault("another object", "wrong-object", {}, "not a Stripe customer", ONE, True),
    Fault("no content", "204", {}, "an empty response (204)", ONE, True),
    Fault("redirect to another host", "redirect", {}, "unexpected status (302)", ONE, True),
    Fault("an internal error", "500", {}, OWN_FAULT, ONE),
    Fault("a relay without its upstream", "502", {}, "not available now (502)"),
    Fault("not available", "503", {}, "not available now (503)"),
    Fault("a relay that waited too long", "504", {}, "not available now (504)"),
    Fault("storm of 429", "429", {"retry_after": None}, SLOW_DOWN),
    Fault("storm of 429, back soon", "429", {"retry_after": 0}, SLOW_DOWN),
    Fault("storm of 429, back tomorrow", "429", {"retry_after": 86_400}, SLOW_DOWN, ONE),
    Fault("rate limit as a 400", "rate-limit-400", {}, "slow down (400, rate limit)"),
    Fault("a malformed request", "malformed-400", {}, "malformed (400)", ONE),
    Fault("a relay's own 400", "html-400", {}, "malformed (400)", ONE),
]
of_each_fault = pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])


@pytest.fixture
def desk(as_ana, sandbox, settings):
    """Ana's browser, to which the organization `known` was shown; nobody has asked about `new`."""
    for org_id in (KNOWN, NEW):
        sandbox.put_org(org_id, name=org_id.title(), payment=["ana"])
        sandbox.put_customer(org_id, stripe_customer(id=f"cus_{org_id}"))
    assert as_ana.get(f"/orgs/{KNOWN}/").status_code == 200
    return as_ana


def check_that_the_last_answer_stays():
    row = Customer.objects.get(organization__org_id=KNOWN)
    assert (row.state, row.last4) == ("card", "4242")
    assert Access.objects.get(organization__org_id=KNOWN).state == "granted"
    assert not Change.objects.exists()


@of_each_fault
def test_pages_say_what_happened_and_keep_the_last_answer(desk, sandbox, settings, fault):
    with met(fault, sandbox, settings, times=3):
        first_contact = text_of(desk.get(f"/orgs/{NEW}/"))
        checked_now = text_of(desk.post(f"/orgs/{KNOWN}/check/", follow=True))
        checked_selected = text_of(desk.post("/check-selected/", {"org": KNOWN}, follow=True))

    assert fault.words in first_contact
    assert "No payment method" not in first_contact
    assert "•••• 4242" not in first_contact
    assert "Visa •••• 4242" in checked_now
    assert "Showing the last known state." in checked_now
    assert fault.words in checked_now
    assert "1 check failed: " in checked_selected
    assert fault.words in checked_selected
    assert "•••• 4242" in checked_selected
    check_that_the_last_answer_stays()
    assert not Customer.objects.filter(organization__org_id=NEW).exists()


@of_each_fault
def test_a_sync_counts_it_as_failed_and_ends(desk, sandbox, settings, fault):
    with met(fault, sandbox, settings):
        ran = run("sync_customers", "--max-age=0s", "--json")

    outcome = "invalid" if fault.is_invalid else "unavailable"
    assert ran.code == 1
    assert ran.object["outcomes"] == {outcome: 1}
    assert fault.words in ran.err
    check_that_the_last_answer_stays()


@pytest.mark.parametrize("kind", ["reset", "503", "not-json", "timeout"])
def test_a_page_with_a_cached_answer_asks_nothing_of_an_upstream_that_fails(desk, sandbox, kind):
    sandbox.set_fault(kind)
    before = calls(sandbox)

    text = text_of(desk.get(f"/orgs/{KNOWN}/"))

    assert "Visa •••• 4242" in text
    assert "Showing the last known state." not in text.rpartition("<main")[2]
    assert calls(sandbox) == before


@pytest.mark.parametrize("kind", ["reset", "503", "429", "truncated"])
def test_one_passing_fault_is_not_noticed(desk, sandbox, settings, kind):
    settings.CATALYZE_DEADLINE = settings.CATALYZE_READ_TIMEOUT = 10
    retry_after = {"retry_after": 0} if kind == "429" else {}
    sandbox.set_fault(kind, times=1, **retry_after)

    text = text_of(desk.get(f"/orgs/{NEW}/"))

    assert "Visa •••• 4242" in text
