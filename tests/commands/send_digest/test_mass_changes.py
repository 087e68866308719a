"""`send_digest` about many at once: nothing of what is held, one line of who became delinquent."""

from customers.models import Customer
from customers.services.watching.watches import watch
from tests.helpers.commands import run
from tests.helpers.mail.digests import let_a_day_pass
from tests.helpers.sync.lying import lie, make_desk
from tests.helpers.sync.runs import run as sync

MANY = 50


def test_what_is_held_is_worth_no_mail(signed_in_ana, sandbox, mailoutbox):
    make_desk(signed_in_ana, MANY)
    sandbox.set_fault("not-set-up")
    assert sync(signed_in_ana).held == MANY

    ran = run("send_digest")

    assert (ran.out, mailoutbox) == ("ana: no news\n", [])


def test_a_mail_about_other_things_says_that_answers_are_held(signed_in_ana, sandbox, mailoutbox):
    org_ids = make_desk(signed_in_ana, MANY)
    lie(sandbox, "not-set-up", org_ids[1:])
    sandbox.set_faults({"kind": "delinquent", "org": org_ids[0]}, {"kind": "not-set-up"})
    sync(signed_in_ana)

    run("send_digest")

    (mail,) = mailoutbox
    held = "Catalyze reports no payment method for 49 organizations that had one."
    assert held in mail.body
    assert held in mail.alternatives[0][0]
    assert mail.body.count("/orgs/desk-") == 1


def test_many_that_became_delinquent_are_one_line_and_told_once(signed_in_ana, sandbox, mailoutbox):
    org_ids = make_desk(signed_in_ana, MANY)
    run("send_digest")
    lie(sandbox, "delinquent", org_ids[:40])
    sync(signed_in_ana)
    let_a_day_pass()

    run("send_digest")

    (mail,) = mailoutbox
    assert "40 organizations became delinquent in one sync." in mail.body
    assert "40 organizations became delinquent in one sync." in mail.alternatives[0][0]
    assert "/orgs/desk-" not in mail.body
    let_a_day_pass()
    assert run("send_digest").out == "ana: no news\n"


def test_who_watches_one_of_them_is_not_told_of_it_apart(signed_in_ana, sandbox, mailoutbox):
    org_ids = make_desk(signed_in_ana, MANY)
    watch(signed_in_ana, Customer.objects.values_list("pk", flat=True)[:3])
    lie(sandbox, "delinquent", org_ids)
    sync(signed_in_ana)

    run("send_digest")

    (mail,) = mailoutbox
    assert "/orgs/desk-" not in mail.body
    assert mail.subject == "Billing: updates for 50 organizations"
