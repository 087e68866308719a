"""What the pages and the sync make of every way in which the upstream can fail.

Each ends within the deadline, after a bounded number of calls; the last answer stays; and the words
say what happened, never "no card".
"""

from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from customers.models import Access, Change, Customer, Organization
from customers.services.wording.messages import said
from tests.helpers.commands import run
from tests.helpers.doors import DOORS
from tests.helpers.rows import stripe_customer

ONE, RETRIED = 1, 3  # calls for one organization, at most
KNOWN, NEW = "known", "new"
MANY = [f"many-{number}" for number in range(6)]

NOT_REACHED = "Catalyze could not be reached."
NOT_IN_TIME = "Catalyze did not answer in time."
BROKEN_OFF = "Catalyze broke off in the middle of its answer."
NOT_HTTP = "Catalyze sent an answer that is not valid HTTP."
MORE = "Catalyze sent more than the answer that was asked for."
TOO_MUCH = "Catalyze sent more than 2 MB, which is no customer."
NOT_JSON = "Catalyze sent something that is not JSON."
SLOW_DOWN = "Catalyze asks to slow down (429)."
OWN_FAULT = "Catalyze had a fault of its own (500)."


class Fault(NamedTuple):
    """What goes wrong, what is said about it, and how often the upstream is asked at most."""

    name: str
    kind: str
    parameters: dict[str, Any]
    words: str
    calls: int = RETRIED
    is_invalid: bool = False  # an answer, but none that can be used


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
    Fault("protocols switched", "informational", {"status": 101}, "status 101", ONE, True),
    Fault("chunk without a size", "bad-chunk", {}, BROKEN_OFF),
    Fault("empty body", "empty", {}, NOT_JSON, ONE, True),
    Fault("a page instead of JSON", "not-json", {}, NOT_JSON, ONE, True),
    Fault("deep JSON", "deep", {}, NOT_JSON, ONE, True),
    Fault("another object", "wrong-object", {}, "not a Stripe customer", ONE, True),
    Fault("no content", "204", {}, "no content (204)", ONE, True),
    Fault("redirect to another host", "redirect", {}, "status 302", ONE, True),
    Fault("a fault of its own", "500", {}, OWN_FAULT, ONE),
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
# Only a share of the calls fails, so that the same page or sync meets failures and answers.
FLAPPING = [
    Fault("now and then reset", "reset", {"share": 0.7}, NOT_REACHED),
    Fault("now and then not JSON", "not-json", {"share": 0.5}, NOT_JSON, ONE),
    Fault("now and then a fault of its own", "500", {"share": 0.5}, OWN_FAULT, ONE),
    Fault("now and then not available", "503", {"share": 0.7}, "not available now (503)"),
]
of_each_fault = pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])

of_each_flapping = pytest.mark.parametrize(
    "fault", FLAPPING, ids=[fault.name for fault in FLAPPING]
)


@pytest.fixture
def desk(as_ana, sandbox, settings):
    """Ana's browser, to which the organization `known` was shown; nobody has asked about `new`."""
    for org_id in (KNOWN, NEW):
        sandbox.put_org(org_id, name=org_id.title(), payment=["ana"])
        sandbox.put_customer(org_id, stripe_customer(id=f"cus_{org_id}"))
    assert as_ana.get(f"/orgs/{KNOWN}/").status_code == 200
    return as_ana


@contextmanager
def met(fault, sandbox, settings, times=1):
    """While the upstream fails like that, so many times; it must not be asked more than allowed."""
    before = calls(sandbox)
    patience = 0.2 if fault.words == NOT_IN_TIME else 10  # seconds; only some need be waited for
    settings.CATALYZE_CONNECT_TIMEOUT = settings.CATALYZE_READ_TIMEOUT = patience
    settings.CATALYZE_DEADLINE = 2 * patience
    if not fault.kind:
        with DOORS[fault.parameters["door"]]() as url:
            settings.CATALYZE_BASE_URL = url
            yield
            settings.CATALYZE_BASE_URL = sandbox.url
        return
    sandbox.set_fault(fault.kind, **fault.parameters)
    yield
    sandbox.clear_faults()
    assert before + times <= calls(sandbox) <= before + times * fault.calls


def calls(sandbox):
    return sum(sandbox.counts()["calls"].get("customer", {}).values())


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


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
        checked_selected = text_of(desk.post("/check-selected/", {"org_id": KNOWN}, follow=True))

    assert fault.words in first_contact
    assert "No payment method" not in first_contact
    assert "•••• 4242" not in first_contact
    assert "Visa •••• 4242" in checked_now
    assert "This is the last answer." in checked_now
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
    assert "This is the last answer." not in text
    assert calls(sandbox) == before


@pytest.mark.parametrize("kind", ["reset", "503", "429", "truncated"])
def test_one_passing_fault_is_not_noticed(desk, sandbox, settings, kind):
    settings.CATALYZE_DEADLINE = settings.CATALYZE_READ_TIMEOUT = 10
    retry_after = {"retry_after": 0} if kind == "429" else {}
    sandbox.set_fault(kind, times=1, **retry_after)

    text = text_of(desk.get(f"/orgs/{NEW}/"))

    assert "Visa •••• 4242" in text


@pytest.fixture
def many(as_ana, sandbox):
    """Ana's browser, to which MANY were shown; each has another card by now."""
    for org_id in MANY:
        sandbox.put_org(org_id, payment=["ana"])
        sandbox.put_customer(org_id, stripe_customer())
        Organization.objects.create(org_id=org_id)
    assert run("sync_customers").code == 0
    for org_id in MANY:
        sandbox.put_customer(org_id, stripe_customer(last4="1881"))
    return as_ana


def failed_among_many(fault):
    """How many of MANY still have their last answer; all others have the new one, once."""
    rows = list(Customer.objects.filter(organization__org_id__in=MANY))
    assert len(rows) == len(MANY)
    failed = [row for row in rows if row.last_error]
    assert {row.last4 for row in failed} <= {"4242"}
    assert {row.last4 for row in rows if not row.last_error} <= {"1881"}
    assert all(fault.words in said(row.last_error) for row in failed)
    assert {row.state for row in rows} == {"card"}
    assert set(Access.objects.values_list("state", flat=True)) == {"granted"}
    assert Change.objects.count() == len(MANY) - len(failed)
    return len(failed)


@of_each_flapping
def test_pages_tell_of_each_organization_whether_it_could_be_checked(
    many, sandbox, settings, fault
):
    with met(fault, sandbox, settings, times=len(MANY)):
        pages = [text_of(many.post(f"/orgs/{org_id}/check/", follow=True)) for org_id in MANY]

    stale = [page for page in pages if "This is the last answer." in page]
    assert len(stale) == failed_among_many(fault)
    assert 0 < len(stale) < len(MANY)
    for page in pages:
        assert (fault.words in page) == (page in stale)
        assert ("Visa •••• 4242" if page in stale else "Visa •••• 1881") in page
        assert "No payment method" not in page


@of_each_flapping
def test_a_check_of_many_counts_those_that_could_not_be(many, sandbox, settings, fault):
    with met(fault, sandbox, settings, times=len(MANY)):
        text = text_of(many.post("/check-selected/", {"org_id": MANY}, follow=True))

    failed = failed_among_many(fault)
    assert 0 < failed < len(MANY)
    assert f"{len(MANY) - failed} checked. {failed} check" in text


@of_each_flapping
def test_a_sync_stores_what_it_gets_and_the_next_one_the_rest(many, sandbox, settings, fault):
    with met(fault, sandbox, settings, times=len(MANY)):
        ran = run("sync_customers", "--max-age=0s", "--json")
    failed = failed_among_many(fault)
    again = run("sync_customers", "--max-age=0s", "--json")

    outcome = "invalid" if fault.words == NOT_JSON else "unavailable"
    assert 0 < failed < len(MANY)
    assert ran.code == 1
    assert ran.object["outcomes"] == {"card": len(MANY) - failed, outcome: failed}
    assert fault.words in ran.err
    assert (again.code, again.object["outcomes"]) == (0, {"card": len(MANY)})
    assert failed_among_many(fault) == 0
