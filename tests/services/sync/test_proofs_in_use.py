"""What a sync renews first, and what lapses when the pace is too slow for all proofs."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from customers.models import Access, Case, Customer
from customers.services.access.visible import granted_proofs
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from customers.services.credentials.store import open_credentials
from customers.services.disclosures.log import record
from customers.services.sync.credential_pool import CredentialPool
from customers.services.sync.due import plan
from customers.services.sync.proofs_in_use import ProofsInUse, claim_in_use, plan_in_use
from customers.services.watching.watches import watch
from tests.helpers.rows import ago, answered, failure, grant, refused, stripe_customer
from tests.helpers.sync.due import checked, scope_of
from tests.helpers.sync.runs import calls, run

DUE = 37 * 60  # minutes; ACCESS_PROOF_TTL is three days
ORG_IDS = [f"org-{number:02}" for number in range(12)]


def proved(org_id, *users, minutes=DUE, **facts):
    """An organization with proofs from `minutes` ago."""
    customer = checked(org_id, 1, **facts)
    for user in users:
        grant(user, customer.organization, proved_at=ago(minutes), customer_sent_at=ago(minutes))
    return customer


def own(user, customer):
    Case.objects.create(customer=customer, owner=user)


def opened(user, customer, days, where="page"):
    with time_machine.travel(ago(days * 24 * 60)):
        record(user, [customer], where)


def planned(*users):
    keys = plan_in_use(scope_of(*users))
    names = dict(Customer.objects.values_list("pk", "organization__org_id"))
    return [names[key] for key in keys]


@pytest.mark.parametrize(
    ("use", "is_first"),
    [
        (lambda ana, ben, customer: None, False),
        (lambda ana, ben, customer: watch(ana, [customer.pk]), True),
        (lambda ana, ben, customer: own(ana, customer), True),
        (lambda ana, ben, customer: opened(ana, customer, 6.9), True),
        (lambda ana, ben, customer: opened(ana, customer, 7.1), False),
        (lambda ana, ben, customer: opened(ana, customer, 1, "list"), False),
        (lambda ana, ben, customer: own(ben, customer), False),
        (lambda ana, ben, customer: opened(ben, customer, 1), False),
    ],
    ids=[
        *("unused", "watched", "owned", "opened", "opened-long-ago", "seen-in-a-list"),
        *("owned-by-another", "opened-by-another"),
    ],
)
def test_the_proofs_that_their_own_user_works_with_come_first(ana, anas, ben, use, is_first):
    customer = proved("used", ana)
    use(ana, ben, customer)

    assert planned(ana) == (["used"] if is_first else [])


@pytest.mark.parametrize(("minutes", "state"), [(35 * 60, "granted"), (73 * 60, "denied")])
def test_only_grants_that_are_due_come_first(ana, anas, minutes, state):
    own(ana, proved("used", ana, minutes=minutes))
    Access.objects.filter(state="granted").update(state=state, customer_sent_at=None)

    assert planned(ana) == []


def test_users_take_turns_and_the_oldest_proof_comes_first(ana, anas, ben, bens):
    for number in range(3):
        own(ana, proved(f"anas-{number}", ana, minutes=DUE + 90 - number))
    own(ben, proved("bens-new", ben, minutes=DUE + 1))
    own(ben, proved("bens-old", ben, minutes=DUE + 2))

    assert planned(ana, ben) == ["anas-0", "bens-old", "anas-1", "bens-new", "anas-2"]


def test_what_failed_does_not_hold_up_the_rest(ana, anas):
    own(ana, proved("failed", ana, minutes=DUE + 9, last_error=failure("It was out of order.")))
    own(ana, proved("fine", ana))

    assert planned(ana) == ["fine", "failed"]


def test_only_who_works_with_it_asks_first(ana, anas, ben, bens):
    own(ana, proved("used", ana, ben))
    scope = scope_of(ana, ben)

    (job,) = claim_in_use(scope, plan_in_use(scope))

    assert (job.org_id, job.must_ask, job.may_ask) == ("used", (ana.pk,), ())


def test_no_two_runs_take_the_same_proof(ana, anas):
    own(ana, proved("used", ana))
    mine, theirs, latest = (scope_of(ana) for _ in range(3))
    keys = plan_in_use(latest)
    (job,) = claim_in_use(mine, keys)

    assert claim_in_use(theirs, keys) == []

    store([answered(job.org_id, open_credentials(ana.pk), timezone.now())])
    Customer.objects.update(lease_until=None)
    assert claim_in_use(latest, keys) == []
    assert not Customer.objects.exclude(lease_until=None).exists()


def test_nobody_who_can_ask_claims_nothing(ana, anas):
    customer = proved("used", ana)
    own(ana, customer)
    scope = scope_of()

    assert (plan_in_use(scope), claim_in_use(scope, [customer.pk])) == ([], [])
    assert ProofsInUse().claim(scope, 9) == []
    assert not Customer.objects.exclude(lease_until=None).exists()


@pytest.mark.parametrize("proofs", ["own", "listed"])
def test_a_run_whose_last_session_ends_while_it_claims_ends_by_itself(
    signed_in_ana, six, settings, monkeypatch, proofs
):
    settings.ACCESS_PROOFS = proofs
    # To plan, and to see that the run is not over; to claim, nobody is left.
    found = iter([(signed_in_ana.pk,)] * 2)
    monkeypatch.setattr(CredentialPool, "usable_by", property(lambda pool: next(found, ())))

    report = run(signed_in_ana)

    assert (report.checked, report.failed, calls(six)) == (0, 0, {})
    assert not Customer.objects.exclude(claimed_by=None).exists()


def test_what_has_failed_is_left_to_the_next_run(ana, anas):
    customer = proved("used", ana)
    own(ana, customer)
    scope, keys = scope_of(ana), [customer.pk]
    store([refused("used", open_credentials(ana.pk), timezone.now(), Result.UNAVAILABLE)])

    assert claim_in_use(scope, keys) == []
    assert [job.org_id for job in claim_in_use(scope_of(ana), keys)] == ["used"]


def test_a_batch_and_a_run_of_named_organizations_keep_to_their_own(ana, anas):
    for org_id in ("batched", "other"):
        own(ana, proved(org_id, ana))
    batch = scope_of(ana, org_ids=["batched"], is_only_due=True)
    named = scope_of(ana, org_ids=["batched"])

    assert [job.org_id for job in ProofsInUse().claim(batch, 10)] == ["batched"]
    Customer.objects.update(lease_until=None)
    assert ProofsInUse().claim(named, 10) == []


def test_a_long_run_looks_again_for_what_has_become_due(ana, anas):
    own(ana, proved("used", ana, minutes=36 * 60 - 5))
    in_use, scope = ProofsInUse(), scope_of(ana)
    assert in_use.claim(scope, 10) == []

    with time_machine.travel(ago(-9)):
        assert in_use.claim(scope, 10) == []
    with time_machine.travel(ago(-11)):
        assert [job.org_id for job in in_use.claim(scope, 10)] == ["used"]


def test_a_check_for_one_user_does_not_put_off_the_others(ana, anas):
    """The whole turn of the first was longest ago, although somebody has asked about it since."""
    proved("first", ana, attempted_at=ago(1), asked_all_at=ago(DUE + 9))
    proved("second", ana, attempted_at=ago(DUE), asked_all_at=ago(DUE))

    scope = scope_of(ana)
    names = dict(Customer.objects.values_list("pk", "organization__org_id"))

    assert [names[key] for key in plan(scope)] == ["first", "second"]


@pytest.fixture
def twelve(sandbox, signed_in_ana, signed_in_ben):
    """A sandbox with twelve organizations that Ana and Ben have just proved."""
    for org_id in ORG_IDS:
        sandbox.put_org(org_id, payment=["ana", "ben"])
        sandbox.put_customer(org_id, stripe_customer(id=f"cus_{org_id}"))
        checked(org_id, 1)
    run(signed_in_ana, signed_in_ben)
    return sandbox


def test_a_run_asks_for_each_proof_once_and_counts_each_organization_once(
    ana, ben, twelve, monkeypatch
):
    for org_id in ORG_IDS[:3]:
        own(ana, Customer.objects.get(organization__org_id=org_id))
    Access.objects.update(proved_at=ago(DUE))
    Customer.objects.update(checked_at=ago(DUE))
    before = calls(twelve)["200"]

    report = run(ana, ben)

    assert calls(twelve)["200"] - before == 24
    assert (report.due, report.checked, report.counts) == (12, 12, {"card": 12})
    assert not Access.objects.filter(proved_at__lt=ago(60)).exists()
    assert Customer.objects.filter(asked_all_at__gt=ago(5)).count() == 12


def test_where_the_pace_is_too_slow_only_what_nobody_works_with_lapses(ana, ben, twelve, settings):
    """Of 12 organizations, 3 are checked every 6 hours, and proofs hold for a day."""
    settings.ACCESS_PROOF_TTL = timedelta(days=1)
    watched, owned, looked_at, bens = (
        Customer.objects.get(organization__org_id=org_id) for org_id in ORG_IDS[-4:]
    )
    watch(ana, [watched.pk])
    own(ana, owned)
    record(ana, [looked_at], "page")
    own(ben, bens)
    in_use = {(ana.pk, row.pk) for row in (watched, owned, looked_at)} | {(ben.pk, bens.pk)}
    lapsed, asked = set(), set()

    for cycle in range(2, 16):
        with time_machine.travel(ago(-cycle * 6 * 60)):
            valid = {
                (user.pk, key)
                for user in (ana, ben)
                for key in granted_proofs(user).values_list("organization_id", flat=True)
            }
            lapsed |= _all_proofs() - valid
            run(ana, ben, limit=3, max_age=timedelta(days=9))
            asked |= set(Access.objects.filter(proved_at__gt=ago(5)).values_list(*PAIR))

    assert lapsed
    assert not lapsed & in_use
    assert asked == _all_proofs()


PAIR = ("user_id", "organization_id")


def _all_proofs():
    return set(Access.objects.values_list(*PAIR))
