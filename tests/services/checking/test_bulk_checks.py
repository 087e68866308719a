"""Many checks at once outside a run are judged as a run is; one alone acts at once."""

import pytest
from django.utils import timezone

from customers.models import HeldAnswer, Organization, SyncRun
from customers.services.checking import arrivals
from customers.services.checking.arrivals import ask_about_unmet
from customers.services.checking.check import check
from customers.services.checking.check_many import check_many
from customers.services.checking.release_held import accept_mass_change
from customers.services.sync.failures import retry
from tests.conftest import sign_in_upstream
from tests.helpers.rows import ago, answered, failure
from tests.helpers.sync.held_rows import say, say_none, with_cards
from tests.helpers.sync.lying import held, lie, lost, make_desk, states
from tests.helpers.sync.runs import run

MANY = 55


def arrive(user):
    after, goes_on = 0, True
    while goes_on:
        asked = ask_about_unmet(user, after)
        after, goes_on = asked.after, asked.goes_on


@pytest.fixture
def colleague(ben, signed_in_ana, sandbox):
    """Who arrives after Ana's desk was filled; Catalyze answers 400 to everything."""
    sign_in_upstream(ben, sandbox)
    make_desk(signed_in_ana, MANY)
    Organization.objects.update(is_imported=True)
    sandbox.set_fault("not-set-up")
    return ben


@pytest.mark.parametrize(
    ("count", "lies", "are_held"),
    [(50, 50, True), (50, 11, True), (50, 10, False), (49, 49, False)],
)
def test_a_fifth_of_fifty_answers_is_the_most_that_is_believed(
    signed_in_ana, sandbox, count, lies, are_held
):
    org_ids = make_desk(signed_in_ana, count)
    lie(sandbox, "not-set-up", org_ids[:lies])

    check_many(signed_in_ana, org_ids)

    assert (held(), lost()) == ((lies, 0) if are_held else (0, lies))
    assert HeldAnswer.objects.filter(run=None).count() == held()


def test_a_colleague_who_arrives_amid_an_outage_changes_nothing(colleague):
    arrive(colleague)

    assert (held(), lost(), states()) == (MANY, 0, {"card": MANY})


def test_arriving_in_pieces_is_judged_together(colleague, monkeypatch):
    monkeypatch.setattr(arrivals, "_AT_ONCE", 20)

    arrive(colleague)

    # Of fewer than fifty, nobody can tell.
    assert (held(), lost()) == (MANY - 40, 40)


def test_pieces_longer_ago_are_not_judged_together(anas):
    org_ids = with_cards(anas, 60)
    say_none(None, org_ids[:40], anas, 11)
    say_none(None, org_ids[40:], anas, 0)

    assert (held(), lost()) == (0, 60)


def test_pieces_of_another_user_are_not_judged_together(anas, bens):
    org_ids = with_cards(anas, 60)
    say_none(None, org_ids[:40], bens, 1)
    say_none(None, org_ids[40:], anas, 0)

    assert (held(), lost()) == (0, 60)


def test_cards_of_earlier_pieces_count(anas):
    org_ids = with_cards(anas, 260)
    say(None, [answered(org_id, anas, ago(2)) for org_id in org_ids[:210]])
    say_none(None, org_ids[210:250], anas, 1)
    say_none(None, org_ids[250:], anas, 0)

    assert (held(), lost()) == (0, 50)


def test_cards_that_another_user_was_sent_do_not_count(anas, bens):
    org_ids = with_cards(anas, 355)
    say(None, [answered(org_id, bens, ago(2)) for org_id in org_ids[:300]])
    say_none(None, org_ids[300:340], anas, 1)
    say_none(None, org_ids[340:], anas, 0)

    assert (held(), lost()) == (15, 40)


def test_what_is_held_of_an_earlier_piece_counts(anas):
    org_ids = with_cards(anas, 65)
    say_none(None, org_ids[:55], anas, 1)
    say_none(None, org_ids[55:], anas, 0)

    assert (held(), lost()) == (65, 0)


def test_the_same_organizations_again_do_not_count_twice(anas):
    org_ids = with_cards(anas, 30)
    say(None, [answered(org_id, anas, ago(1)) for org_id in org_ids])
    say_none(None, org_ids, anas, 0)

    assert (held(), lost()) == (0, 30)


def test_one_organization_alone_is_believed_even_then(signed_in_ana, sandbox):
    org_ids = make_desk(signed_in_ana, MANY + 1)
    sandbox.set_fault("not-set-up")
    check_many(signed_in_ana, org_ids[:MANY])

    check(signed_in_ana, org_ids[MANY])

    assert (held(), lost(), states()) == (MANY, 1, {"card": MANY, "none": 1})


def test_what_failed_in_a_run_is_judged_when_it_is_retried(signed_in_ana, sandbox):
    make_desk(signed_in_ana, 50, last_error=failure("It failed."), attempted_at=ago(5))
    sandbox.set_fault("not-set-up")
    failed = SyncRun.objects.create(
        started_at=ago(9), beat_at=timezone.now(), ended_at=timezone.now(), started_by="ana"
    )

    retry(signed_in_ana, failed)

    assert (held(), lost()) == (50, 0)


def test_a_run_soon_afterwards_takes_over_what_is_held(colleague, signed_in_ana):
    arrive(colleague)

    report = run(signed_in_ana)

    assert (report.held, held(), lost()) == (MANY, MANY, 0)
    assert not HeldAnswer.objects.filter(run=None).exists()


def test_a_card_releases_what_a_bulk_check_held(colleague, signed_in_ana, sandbox):
    arrive(colleague)
    sandbox.set_fault("delinquent")

    run(signed_in_ana)

    assert (HeldAnswer.objects.count(), lost()) == (0, 0)


def test_what_a_bulk_check_held_can_be_accepted(colleague, signed_in_ana):
    arrive(colleague)

    assert accept_mass_change(signed_in_ana) == MANY
    assert (held(), states()) == (0, {"none": MANY})
