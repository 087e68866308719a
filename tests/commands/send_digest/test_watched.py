"""The section of what the recipient watches: told by the same rules, and moving no mark."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Customer, Digest, LastVisit, Watch
from customers.services.accounts.last_visit import last_visit_of, note_visit
from customers.services.digest.news import NEWS_KINDS
from customers.services.watching.unread import count_unread
from customers.services.watching.watches import stop_watching, watch
from tests.helpers.commands import run
from tests.helpers.mail.digests import (
    ORG,
    OTHER,
    PORTAL,
    happens,
    let_a_day_pass,
    named,
)


def watch_now(user, *org_ids):
    rows = Customer.objects.filter(organization__org_id__in=org_ids)
    watch(user, list(rows.values_list("pk", flat=True)))


def section(mail):
    """The lines of the section "Watched"."""
    _, _, rest = mail.body.partition("Watched\n")
    return [line for line in rest.split("\n\n")[0].splitlines() if line.startswith("- ")]


def test_it_says_what_changed_in_what_is_watched_and_nothing_else(known, ana, sandbox, mailoutbox):
    watch_now(ana, ORG)
    for org_id in (ORG, OTHER):
        happens(sandbox, org_id, account_balance=1250)

    ran = run("send_digest")

    assert ran.out == "ana: sent, about 1 organizations\n"
    (mail,) = mailoutbox
    assert section(mail) == ["- Digest Org: Balance changed"]
    assert f"{PORTAL}/orgs/{ORG}/" in mail.body
    assert "12.50" not in mail.body
    assert named(mail) == ["Digest Org"]


def test_that_a_watched_organization_pays_is_told(known, ana, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    watch_now(ana, ORG)
    happens(sandbox, ORG, delinquent=False)

    run("send_digest")

    assert section(mailoutbox[0]) == ["- Digest Org: No longer delinquent"]


def test_what_was_so_before_it_was_watched_is_not_told(known, ana, sandbox, mailoutbox):
    happens(sandbox, ORG, account_balance=1250)
    watch_now(ana, ORG)

    assert run("send_digest").out == "ana: no news\n"


def test_what_is_no_longer_watched_is_not_told(known, ana, sandbox, mailoutbox):
    watch_now(ana, ORG)
    happens(sandbox, ORG, account_balance=1250)
    stop_watching(ana, Customer.objects.values_list("pk", flat=True))

    assert run("send_digest").out == "ana: no news\n"


def test_what_the_recipient_has_just_lost_access_to_is_not_told(known, ana, sandbox, mailoutbox):
    watch_now(ana, ORG)
    happens(sandbox, ORG, account_balance=1250)
    sandbox.put_org(ORG, payment=["ben"])

    assert run("send_digest").out == "ana: no news\n"
    assert mailoutbox == []


def test_it_marks_nothing_as_read_and_is_no_visit(known, ana, sandbox, mailoutbox):
    watch_now(ana, ORG)
    began = timezone.now() - timedelta(hours=2)
    note_visit(ana, began, began)
    note_visit(ana, began + timedelta(hours=1), began + timedelta(hours=1))
    happens(sandbox, ORG, account_balance=1250)
    before = (count_unread(ana), last_visit_of(ana), LastVisit.objects.values().get())
    marks = list(Watch.objects.values())

    run("send_digest")

    assert len(mailoutbox) == 1
    assert before == (1, began, LastVisit.objects.values().get())
    assert (count_unread(ana), last_visit_of(ana)) == (1, began)
    assert list(Watch.objects.values()) == marks


def test_it_is_told_once(known, ana, sandbox, mailoutbox):
    watch_now(ana, ORG)
    happens(sandbox, ORG, account_balance=1250)
    run("send_digest")
    let_a_day_pass()

    assert run("send_digest").out == "ana: no news\n"
    assert len(mailoutbox) == 1


def test_what_could_not_be_verified_is_told_by_the_next_digest(known, ana, sandbox, mailoutbox):
    watch_now(ana, ORG)
    happens(sandbox, ORG, account_balance=1250)
    happens(sandbox, OTHER, delinquent=True)
    sandbox.set_fault("status", status=503, route="customer", org=ORG)
    run("send_digest")
    first = mailoutbox[0]
    sandbox.clear_faults()
    let_a_day_pass()

    run("send_digest")

    assert section(first) == []
    assert section(mailoutbox[1]) == ["- Digest Org: Balance changed"]
    assert Digest.objects.count() == 2


def test_it_comes_first(known, ana, sandbox, mailoutbox):
    watch_now(ana, ORG)
    happens(sandbox, ORG, delinquent=True)

    run("send_digest")

    body = mailoutbox[0].body
    assert NEWS_KINDS[0] == "watched"
    assert body.index("Watched") < body.index("Newly delinquent")


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_each_is_told_of_their_own(known, ana, ben, sandbox, settings, mailoutbox, name):
    settings.DIGEST_RECIPIENTS = ["ana@staff.example"]
    watch_now(ana if name == "ana" else ben, OTHER)
    happens(sandbox, OTHER, account_balance=1250)

    run("send_digest")

    assert len(mailoutbox) == (1 if name == "ana" else 0)
