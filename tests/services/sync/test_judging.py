"""How the answers of runs are judged: by whom, by what share, and what is done with them."""

import json
from threading import Event, Thread

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections, transaction

from customers.models import Change, Customer, HeldAnswer, Payload, RunTally, SyncRun
from customers.services.cases.standing import is_handled
from customers.services.cases.steps import handle
from customers.services.sync.mass_change import begin_tally, judge_runs, judgement_of
from customers.services.wording.expiry import today
from tests.helpers.commands import run as command
from tests.helpers.rows import ago, answered, give_credentials, stripe_customer
from tests.helpers.sync.held_rows import begun, end, say, say_none, with_cards
from tests.helpers.sync.lying import held, lie, lost, make_desk, states
from tests.helpers.sync.runs import run

NO_METHOD = stripe_customer(default_source=None, sources={"object": "list", "data": []})


def test_one_of_many_users_who_is_lied_to_last_is_a_mass_change(anas):
    others = [give_credentials(User.objects.create_user(f"user-{n}")) for n in range(19)]
    org_ids = with_cards(anas, 60)
    desk = begun(ago(9))
    for minutes, opened in enumerate(others):
        say(desk, [answered(org_id, opened, ago(8 - minutes / 9)) for org_id in org_ids])
    say_none(desk, org_ids, anas, 1)

    end(desk)

    assert RunTally.objects.get().lost_method * 20 == RunTally.objects.get().had_method
    assert (held(), lost()) == (60, 0)


@pytest.mark.parametrize(("lies", "are_held"), [(11, True), (10, False)])
def test_the_share_of_organizations_is_judged_like_that_of_answers(anas, bens, lies, are_held):
    org_ids = with_cards(anas, 50)
    desk = begun(ago(9))
    say(desk, [answered(org_id, bens, ago(5)) for org_id in org_ids])
    say_none(desk, org_ids[:lies], anas, 4)

    end(desk)

    assert (held(), lost()) == ((lies, 0) if are_held else (0, lies))


def test_organizations_that_were_not_asked_about_do_not_count(anas, bens):
    org_ids = with_cards(anas, 100)
    desk = begun(ago(9))
    for minutes in range(4):
        say(desk, [answered(org_id, bens, ago(8 - minutes)) for org_id in org_ids[:50]])
    say_none(desk, org_ids[:15], anas, 1)

    end(desk)

    assert (held(), lost()) == (15, 0)


def test_organizations_without_a_payment_method_do_not_count_among_them(anas, bens):
    org_ids = with_cards(anas, 80)
    Customer.objects.filter(organization__org_id__in=org_ids[:20]).update(state="invoice")
    desk = begun(ago(9))
    say(desk, [answered(org_id, bens, ago(5)) for org_id in org_ids[20:]])
    say_none(desk, org_ids[:20], anas, 4)

    end(desk)

    assert held() == 0


def test_a_run_that_joins_one_that_is_judged_is_judged_alone(anas):
    org_ids = with_cards(anas, 480)
    good, bad = begun(ago(9)), begun(ago(8))
    RunTally.objects.filter(run=bad).update(part_of=bad)
    say(good, [answered(org_id, anas, ago(7)) for org_id in org_ids[80:]])
    end(good)
    RunTally.objects.filter(run=bad).update(part_of=good)

    say_none(bad, org_ids[:80], anas, 1)
    end(bad)

    assert (held(), lost()) == (80, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
def test_a_run_does_not_end_while_another_joins_it(db):
    first, second = begun(), begun()
    RunTally.objects.filter(run=second).delete()
    has_joined, may_commit = Event(), Event()

    def join():
        with transaction.atomic():
            begin_tally(second)
            has_joined.set()
            may_commit.wait(20)
        connections.close_all()

    joining = Thread(target=join)
    joining.start()
    has_joined.wait(20)
    connection.cursor().execute("SET lock_timeout = '200ms'")
    with pytest.raises(OperationalError):
        SyncRun.objects.filter(pk=first.pk).update(ending="complete")
    connection.cursor().execute("SET lock_timeout = 0")
    may_commit.set()
    joining.join()

    end(first)

    assert RunTally.objects.get(run=second).part_of == first
    assert not RunTally.objects.filter(is_judged=True).exists()


def test_nothing_is_judged_twice(anas):
    desk = begun(ago(9))
    end(desk)
    RunTally.objects.update(had_method=50, lost_method=50)

    judge_runs()

    assert RunTally.objects.get().is_judged


@pytest.mark.parametrize("ending", ["interrupted", "gave_up", "lost"])
def test_what_a_run_says_that_was_cut_short_is_not_believed(anas, ending):
    org_ids = with_cards(anas, 3)
    desk = begun(ago(9))
    say_none(desk, org_ids, anas, 5)

    end(desk, ending)

    assert (HeldAnswer.objects.count(), states()) == (3, {"card": 3})


def test_a_run_that_another_outlasts_says_that_it_is_not_judged_yet(signed_in_ana, sandbox):
    make_desk(signed_in_ana, 3)
    sandbox.set_fault("not-set-up")
    other = begun()

    as_json = command("sync_customers", "--json")
    plain = command("sync_customers", "--max-age", "0s")

    assert as_json.object["waiting"] == 3
    assert "held" not in as_json.object
    assert "3 answers are judged when another sync has ended." in plain.out

    end(other)
    assert [judgement_of(one).waiting for one in SyncRun.objects.all()] == [0, 0, 0]
    assert states() == {"none": 3}


def test_what_is_believed_takes_its_payload_away(signed_in_ana, anas):
    org_ids = with_cards(anas, 2)
    assert Payload.objects.count() == 2
    desk = begun(ago(9))
    say_none(desk, org_ids, anas, 5)

    end(desk)

    assert (states(), Payload.objects.count()) == ({"none": 2}, 0)


def test_a_customer_without_a_payment_method_is_believed_with_its_payload(anas):
    (org_id,) = with_cards(anas, 1)
    desk = begun(ago(9))
    say(desk, [answered(org_id, anas, ago(5), NO_METHOD)])

    end(desk)

    customer = Customer.objects.get()
    assert (customer.state, customer.is_set_up, customer.customer_id) == ("none", True, "cus_1")
    assert json.loads(Payload.objects.get().body) == NO_METHOD


def test_who_had_become_delinquent_before_does_not_rest_again(signed_in_ana, sandbox):
    org_ids = make_desk(signed_in_ana, 51)
    lie(sandbox, "delinquent", org_ids[:12])
    before = Customer.objects.get(organization__org_id=org_ids[0])
    Customer.objects.filter(pk=before.pk).update(last4="1881")
    handle(signed_in_ana, [before.pk])
    Customer.objects.filter(pk=before.pk).update(delinquent=True, delinquent_seen_at=ago(1))

    run(signed_in_ana)

    assert Change.objects.filter(organization=before.pk, became_delinquent=False).exists()
    assert RunTally.objects.get().is_mass_delinquency
    assert not Customer.objects.filter(is_handled(today()), pk=before.pk).exists()


def test_the_first_answers_of_all_are_no_mass_delinquency(anas):
    org_ids = with_cards(anas, 50)
    Customer.objects.all().delete()
    run = begun(ago(9))

    say(run, [answered(one, anas, ago(5), stripe_customer(delinquent=True)) for one in org_ids])

    assert RunTally.objects.get().was_current == 0
