"""`send_digest`: each recipient reads it in their own language and time zone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import Credentials
from customers.services.accounts.language_and_zone import choose_language_and_zone
from customers.services.wording.formats import moment_words
from tests.helpers.commands import run
from tests.helpers.mail.digests import ORG, happens


@pytest.fixture
def ana_reads(known):
    def choose(**choices):
        choose_language_and_zone(User.objects.get(username="ana"), **choices)

    return choose


def test_it_is_in_english_for_who_chose_nothing(known, sandbox, mailoutbox):
    happens(sandbox, ORG, delinquent=True)

    run("send_digest")

    assert "Newly delinquent" in mailoutbox[0].body


def test_it_is_in_the_language_of_its_recipient(ana_reads, sandbox, mailoutbox):
    ana_reads(language="de")
    happens(sandbox, ORG, delinquent=True)

    ran = run("send_digest")

    (sent,) = mailoutbox
    assert "Abrechnung" in sent.subject
    assert "Newly delinquent" not in sent.body
    assert '<html lang="de">' in sent.alternatives[0][0]
    assert "sent, about 1 organizations" in ran.out  # commands speak English


def test_its_times_are_the_recipients(ana_reads, mailoutbox):
    ana_reads(time_zone="Pacific/Kiritimati")
    ends = (timezone.now() + timedelta(hours=6)).astimezone(UTC)
    Credentials.objects.update(saved_at=ends - timedelta(hours=24))
    in_utc = moment_words(datetime.fromtimestamp(ends.timestamp(), UTC))

    run("send_digest")

    (sent,) = mailoutbox
    assert "likely to end at" in sent.body
    assert in_utc not in sent.body
