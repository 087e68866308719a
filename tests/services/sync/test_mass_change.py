"""A run whose answers take the payment method of too many organizations is not believed at once."""

import pytest

from customers.models import Access, Customer, HeldAnswer
from customers.services.checking.check import check
from customers.services.checking.release_held import accept_mass_change
from customers.services.sync import runner as sync_module
from tests.conftest import sign_in_upstream
from tests.helpers.rows import ago
from tests.helpers.sync.lying import held, lie, lost, make_desk, pass_hours, states
from tests.helpers.sync.runs import run, sync_of

MANY = 55


@pytest.fixture
def desk(signed_in_ana):
    return make_desk(signed_in_ana, MANY)


@pytest.fixture
def lied_to(signed_in_ana, sandbox, desk):
    """A desk after a run in which Catalyze said of all that nothing is set up."""
    sandbox.set_fault("not-set-up")
    run(signed_in_ana)
    return desk


@pytest.mark.parametrize(
    ("kind", "count", "lies", "are_held"),
    [
        ("not-set-up", 50, 50, True),
        ("no-method", 50, 50, True),
        ("not-set-up", 50, 11, True),
        ("not-set-up", 50, 10, False),  # exactly 20 %
        ("not-set-up", 49, 49, False),
    ],
)
def test_a_fifth_of_fifty_answers_is_the_most_that_is_believed(
    signed_in_ana, sandbox, kind, count, lies, are_held
):
    org_ids = make_desk(signed_in_ana, count)
    lie(sandbox, kind, org_ids[:lies])

    report = run(signed_in_ana)

    assert report.held == held() == (lies if are_held else 0)
    assert lost() == (0 if are_held else lies)
    assert Customer.objects.filter(last4="4242").count() == (count if are_held else count - lies)
    assert Customer.objects.filter(last_error_code="mass_not_set_up").count() == held()
    assert HeldAnswer.objects.count() == held()
    assert report.is_complete


def test_the_share_is_a_setting(signed_in_ana, sandbox, desk, settings):
    settings.MASS_CHANGE_SHARE = 0.9
    lie(sandbox, "not-set-up", desk[:45])

    run(signed_in_ana)

    assert (held(), states()) == (0, {"none": 45, "card": 10})


def test_organizations_without_a_payment_method_do_not_count(signed_in_ana, sandbox, desk):
    Customer.objects.filter(organization__org_id__in=desk[:6]).update(state="none")
    sandbox.set_fault("not-set-up")

    run(signed_in_ana)

    assert (held(), states()) == (0, {"none": MANY})


def test_the_first_answers_of_a_run_change_nothing(signed_in_ana, sandbox, desk, monkeypatch):
    monkeypatch.setattr(sync_module, "STORED_AT_ONCE", 5)
    sandbox.set_fault("not-set-up")
    seen = []

    sync_of(signed_in_ana, concurrency=2).run(lambda _: seen.append((states(), lost())))

    assert len(seen) > 5
    assert set(map(str, seen)) == {str(({"card": MANY}, 0))}


@pytest.mark.parametrize(
    ("kind", "status", "state"), [("status", 403, "denied"), ("status", 404, "missing")]
)
def test_denials_act_at_once(signed_in_ana, sandbox, desk, kind, status, state):
    sandbox.set_fault(kind, status=status)

    run(signed_in_ana)

    assert held() == 0
    assert Access.objects.filter(state=state).count() == MANY


def test_an_ended_session_is_seen_at_once(signed_in_ana, sandbox, lied_to):
    sandbox.clear_faults()
    sandbox.expire_sessions("ana")

    report = run(signed_in_ana)

    assert [trouble.code for trouble in report.troubles][:1] == ["session_not_accepted"]
    assert held() == MANY


def test_a_run_an_hour_later_holds_it_still(signed_in_ana, lied_to):
    pass_hours(1.9)

    run(signed_in_ana)

    assert (held(), states(), lost()) == (MANY, {"card": MANY}, 0)


def test_a_run_two_hours_later_that_says_the_same_is_believed(signed_in_ana, lied_to):
    pass_hours(2.1)

    run(signed_in_ana)

    assert (HeldAnswer.objects.count(), states(), lost()) == (0, {"none": MANY}, MANY)
    assert not Customer.objects.exclude(last_error_code="").exists()


def test_a_small_run_soon_afterwards_believes_nothing(signed_in_ana, lied_to):
    run(signed_in_ana, org_ids=tuple(lied_to[:3]))

    assert (held(), lost()) == (MANY, 0)


def test_what_is_accepted_is_believed(signed_in_ana, lied_to):
    assert accept_mass_change(signed_in_ana) == MANY

    assert (HeldAnswer.objects.count(), states(), lost()) == (0, {"none": MANY}, MANY)
    assert not Customer.objects.filter(is_set_up=True).exists()


def test_a_change_that_is_accepted_is_seen_then(signed_in_ana, lied_to):
    before = ago(0)

    accept_mass_change(signed_in_ana)

    customer = Customer.objects.first()
    change = customer.organization.change_set.get()
    assert customer.checked_at < before < change.seen_at
    assert change.seen_at == customer.changed_at == customer.state_seen_at


def test_a_card_releases_its_organization_at_once(signed_in_ana, sandbox, lied_to):
    lie(sandbox, "not-set-up", lied_to[1:])

    check(signed_in_ana, lied_to[0])

    assert held() == MANY - 1
    assert not Customer.objects.get(organization__org_id=lied_to[0]).last_error
    accept_mass_change(signed_in_ana)
    assert states() == {"card": 1, "none": MANY - 1}


def test_a_page_neither_releases_what_is_held_nor_holds_anything(signed_in_ana, sandbox, lied_to):
    pass_hours(3)

    check(signed_in_ana, lied_to[0])

    assert (held(), states()) == (MANY, {"card": MANY})
    HeldAnswer.objects.all().delete()
    check(signed_in_ana, lied_to[0])
    assert (held(), states()) == (0, {"card": MANY - 1, "none": 1})


def test_a_failure_keeps_what_is_held(signed_in_ana, sandbox, lied_to):
    sandbox.set_fault("503")

    check(signed_in_ana, lied_to[0])

    assert Customer.objects.get(organization__org_id=lied_to[0]).is_held


@pytest.mark.parametrize(("kind", "are_held"), [("not-set-up", MANY), ("delinquent", 0)])
def test_the_next_run_judges_what_a_stopped_run_left(signed_in_ana, sandbox, desk, kind, are_held):
    sandbox.set_fault("not-set-up")
    sandbox.set_latency(0.03)
    stopped = sync_of(signed_in_ana, concurrency=1)
    stopped.run(lambda _: stopped.stop())
    left = HeldAnswer.objects.filter(is_held=False).count()
    assert (0 < left < 50, held(), lost()) == (True, 0, 0)
    sandbox.set_fault(kind)
    sandbox.set_latency(0)

    run(signed_in_ana)

    assert (held(), lost(), HeldAnswer.objects.count()) == (are_held, 0, are_held)


def test_each_user_s_answer_counts(signed_in_ana, ben, sandbox):
    sign_in_upstream(ben, sandbox)
    make_desk(signed_in_ana, 30)
    Access.objects.all().delete()
    sandbox.set_fault("not-set-up")

    run(signed_in_ana, ben)

    assert (held(), lost()) == (30, 0)
