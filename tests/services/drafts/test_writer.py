"""The writer of a form is believed only as the portal signed it, and for three days."""

import time

import pytest
from django.core import signing

from customers.services.drafts.writer import sign_writer, writer_of

DAY = 24 * 60 * 60


def test_it_names_the_user_whose_page_it_was(ana, ben):
    assert [writer_of(sign_writer(user)) for user in (ana, ben)] == [ana.pk, ben.pk]


def test_a_forged_one_names_nobody(ana, ben):
    own, other = sign_writer(ana), sign_writer(ben)
    head = own.partition(":")[0]

    forged = ["", "1", str(ana.pk), own[:-1], own + "x", head + other[other.index(":") :] + "="]

    assert [writer_of(text) for text in forged] == [None] * len(forged)


def test_what_was_signed_for_something_else_names_nobody(ana):
    assert writer_of(signing.dumps(ana.pk)) is None
    assert writer_of(signing.dumps(ana.pk, salt="django.contrib.sessions")) is None


@pytest.mark.parametrize(("days", "is_named"), [(2.9, True), (3.1, False)])
def test_it_ends_after_three_days(ana, monkeypatch, days, is_named):
    signed = sign_writer(ana)
    then = time.time() + days * DAY
    monkeypatch.setattr("time.time", lambda: then)

    assert (writer_of(signed) == ana.pk) is is_named
