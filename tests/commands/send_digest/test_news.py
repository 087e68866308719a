"""`send_digest`: what is new, verified, is told once to each who may see it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import Customer, Digest
from customers.services.checking.check_many import check_many
from customers.services.digest import news
from customers.services.digest import send as digest
from customers.services.digest.news import find_news
from tests.helpers.commands import run
from tests.helpers.mail import sending
from tests.helpers.mail.digests import ORG, OTHER, PORTAL, customer, happens, let_a_day_pass, named


def test_the_html_is_the_same_and_escapes_names(known, sandbox, mailoutbox):
    happens(sandbox, OTHER, delinquent=True)

    run("send_digest")

    ((html, kind),) = mailoutbox[0].alternatives
    assert kind == "text/html"
    assert f'<a href="{PORTAL}/orgs/{OTHER}/"><bdi>Other &lt;Org&gt;</bdi></a>' in html
    assert "Other <Org>:" in mailoutbox[0].body


def test_no_digits_of_a_card_travel_by_mail(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True, year=2020)

    run("send_digest")

    text = mailoutbox[0].body + mailoutbox[0].alternatives[0][0]
    assert "4242" not in text
    assert "cus_1" not in text


def test_nothing_is_sent_when_nothing_happened(known, mailoutbox):
    ran = run("send_digest")

    assert (ran.code, ran.out) == (0, "ana: no news\n")
    assert mailoutbox == []
    assert Digest.objects.get().was_sent is False


def test_what_is_no_longer_true_is_not_said(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    sandbox.put_customer(ORG, customer())

    ran = run("send_digest")

    assert ran.out == "ana: no news\n"
    assert mailoutbox == []
    assert Customer.objects.get(organization__org_id=ORG).delinquent is False


def test_what_another_user_was_told_meanwhile_verifies_nothing(
    known, ana, signed_in_ben, sandbox, monkeypatch
):
    happens(sandbox, OTHER, delinquent=True)
    found = [(Customer.objects.get(organization__org_id=OTHER).pk, "delinquent")]
    monkeypatch.setattr(
        news, "check_many", lambda user, org_ids: check_many(signed_in_ben, org_ids)
    )

    verified = news.reverify_news(ana, found)

    assert (verified.customers, verified.unverified) == ({}, found)


def test_what_the_recipient_has_just_lost_access_to_is_not_said(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)
    sandbox.put_org(ORG, payment=["ben"])

    ran = run("send_digest")

    assert ran.out == "ana: no news\n"
    assert mailoutbox == []


def test_each_gets_only_what_they_may_see(known, sandbox, signed_in_ben, settings, mailoutbox):
    settings.DIGEST_RECIPIENTS = ["ana@staff.example", "BEN@staff.example"]
    run("sync_customers", "--max-age=0s")
    sandbox.put_customer(OTHER, customer(delinquent=True))
    happens(sandbox, ORG, delinquent=True)

    run("send_digest")

    assert {mail.to[0]: named(mail) for mail in mailoutbox} == {
        "ana@staff.example": ["Digest Org", "Other <Org>"],
        "ben@staff.example": ["Other <Org>"],
    }


def test_superusers_get_only_what_their_own_credentials_proved(
    known, sandbox, ben, settings, mailoutbox
):
    User.objects.filter(pk=ben.pk).update(is_superuser=True)
    settings.DIGEST_RECIPIENTS = ["ben@staff.example"]
    happens(sandbox, OTHER, delinquent=True)

    ran = run("send_digest")

    assert ran.out == "ben: no news\n"
    assert mailoutbox == []


def test_too_many_are_counted_and_not_said_as_facts(known, sandbox, mailoutbox, monkeypatch):
    monkeypatch.setattr("customers.services.digest.news.MOST_VERIFIED", 1)
    sandbox.put_customer(OTHER, customer(delinquent=True))
    happens(sandbox, ORG, delinquent=True)

    run("send_digest")

    body = mailoutbox[0].body
    assert named(mailoutbox[0]) == ["Digest Org"]
    assert f"1 more, not checked again:\n  {PORTAL}/orgs/?worklist=delinquent" in body


def test_a_newly_delinquent_organization_is_reported_once(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)

    first = run("send_digest")
    second = run("send_digest")

    assert (first.code, first.out, first.err) == (0, "ana: sent, about 1 organizations\n", "")
    assert (second.code, second.out) == (0, "ana: already sent today\n")
    (mail,) = mailoutbox
    assert mail.to == ["ana@staff.example"]
    assert mail.subject == "Billing: updates for 1 organization"
    assert "Newly delinquent" in mail.body
    assert "Digest Org: last charge failed, noticed" in mail.body
    assert f"{PORTAL}/orgs/{ORG}/" in mail.body
    assert named(mail) == ["Digest Org"]


def test_lost_and_expired_payment_methods_are_reported(known, sandbox, mailoutbox):
    sandbox.delete_customer(ORG)
    happens(sandbox, OTHER, year=2020)

    run("send_digest")

    body = mailoutbox[0].body
    assert "Payment method removed\n\n- Digest Org: nothing on file since" in body
    assert "Card expired\n\n- Other <Org>: valid through 31 May 2020" in body
    assert mailoutbox[0].subject == "Billing: updates for 2 organizations"


@pytest.mark.parametrize(
    ("days", "kinds"),
    [(-2, []), (-1, ["expired"]), (0, []), (59, []), (60, ["expiring"]), (61, [])],
)
def test_a_card_is_reported_on_the_day_it_joins_a_worklist(known, ana, days, kinds):
    expires_on = timezone.localdate() + timedelta(days=days)
    Customer.objects.filter(organization__org_id=ORG).update(expires_on=expires_on)

    found = find_news(ana, timezone.now() - timedelta(days=1), [])

    assert [kind for _, kind in found] == kinds


def test_news_during_sending_goes_into_the_next_digest(
    known, sandbox, settings, mailoutbox, monkeypatch
):
    happens(sandbox, ORG, delinquent=True)
    settings.EMAIL_BACKEND = sending.PATH
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(
            sending.MailServer, "meanwhile", lambda: happens(sandbox, OTHER, delinquent=True)
        )
        run("send_digest")
    let_a_day_pass()

    run("send_digest")

    assert [named(mail) for mail in mailoutbox] == [["Digest Org"], ["Other <Org>"]]


@pytest.mark.parametrize("told_before", [["Digest Org"], []])
def test_news_during_verification_goes_into_the_next_digest(
    known, sandbox, mailoutbox, monkeypatch, told_before
):
    if told_before:
        happens(sandbox, ORG, delinquent=True)
    reverify_news = digest.reverify_news

    def meanwhile(user, found):
        happens(sandbox, OTHER, delinquent=True)
        return reverify_news(user, found)

    with monkeypatch.context() as patched:
        patched.setattr(digest, "reverify_news", meanwhile)
        run("send_digest")
    let_a_day_pass()

    run("send_digest")

    assert [name for mail in mailoutbox for name in named(mail)] == [*told_before, "Other <Org>"]


def test_answers_older_than_the_objective_are_reported(known, mailoutbox):
    Customer.objects.update(checked_at=timezone.now() - timedelta(hours=7))

    run("send_digest", "--objective=6h")

    assert "2 organizations are overdue for a check." in mailoutbox[0].body
    assert "The oldest check is from" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("nobody@elsewhere.example", "belongs to no active user of this portal"),
        ("switched-off@staff.example", "belongs to no active user of this portal"),
        ("olga@staff.example", "belongs to olga, who may not see billing"),
        ("shared@staff.example", "belongs to more than one user (sam, sue)"),
    ],
)
def test_an_unusable_address_is_reported_and_the_others_are_mailed(
    known, sandbox, settings, mailoutbox, address, why
):
    User.objects.create_user("former", "switched-off@staff.example", is_staff=True, is_active=False)
    User.objects.create_user("olga", "olga@staff.example", is_staff=True)
    for name in ("sue", "sam"):
        User.objects.create_superuser(name, "shared@staff.example")
    settings.DIGEST_RECIPIENTS = [address, "ana@staff.example"]
    happens(sandbox, ORG, delinquent=True)

    ran = run("send_digest")

    assert ran.code == 1
    assert why in ran.err
    assert "1 of 2 were not sent." in ran.err
    assert [mail.to for mail in mailoutbox] == [["ana@staff.example"]]
