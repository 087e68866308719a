"""Security events: what rows and log lines contain, and what they never contain."""

import logging

import pytest
from django.contrib.auth.models import User

from customers.models import SecurityEvent
from customers.services.accounts.security_events import (
    hash_of_name,
    record_event,
    security_events_of,
)
from customers.services.disclosures.request_origin import Origin, asked_from

Code = SecurityEvent.Code
LOGGER = "customers.services.accounts.security_events"


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.INFO, LOGGER)
    return caplog


def test_an_event_keeps_where_the_request_came_from(ana):
    with asked_from(Origin("192.0.2.7", browser="Firefox, Windows", request_id="request-1")):
        record_event(Code.SIGNED_IN, user=ana)

    event = SecurityEvent.objects.get()
    assert (event.code, event.user_id, event.username) == ("signin.succeeded", ana.pk, "ana")
    assert event.ip_address == "192.0.2.7"
    assert (event.browser, event.request_id) == ("Firefox, Windows", "request-1")
    assert event.name_hash == event.by_name == ""


def test_the_log_has_one_line_with_the_code_and_no_name(ana, log):
    with asked_from(Origin("192.0.2.7")):
        record_event(Code.SIGN_IN_FAILED, user=ana)

    assert log.messages == [f"signin.failed user={ana.pk} by=- name=- address=192.0.2.7"]


def test_a_typed_name_that_somebody_has_is_their_event(ana):
    event = record_event(Code.SIGN_IN_FAILED, typed_name="ana")

    assert (event.user_id, event.username, event.name_hash) == (ana.pk, "ana", "")


def test_an_unknown_typed_name_is_kept_only_as_a_keyed_hash(db, log, settings):
    event = record_event(Code.SIGN_IN_FAILED, typed_name="hunter2 typed as a name")

    stored = SecurityEvent.objects.filter(pk=event.pk).values().get()
    assert "hunter2" not in f"{stored} {log.text}"
    assert stored["name_hash"] == hash_of_name("hunter2 typed as a name")
    assert stored["name_hash"] in log.text
    settings.SECRET_KEY = "another key"
    assert hash_of_name("hunter2 typed as a name") != stored["name_hash"]


def test_who_did_it_is_kept_only_if_it_was_somebody_else(ana, log):
    root = User.objects.create_superuser("root")

    with asked_from(Origin(user=root)):
        theirs = record_event(Code.FACTOR_REMOVED, user=ana)
        own = record_event(Code.FACTOR_REMOVED, user=root)

    assert (theirs.by_name, own.by_name) == ("root", "")
    assert f"user={ana.pk} by={root.pk} " in log.text


def test_users_find_their_own_events_by_key(ana, ben):
    keys = [record_event(Code.SIGNED_IN, user=ana).pk for _ in range(3)]
    record_event(Code.SIGNED_IN, user=ben)

    assert list(security_events_of(ana).values_list("pk", flat=True)) == keys[::-1]
    assert list(security_events_of(ana, str(keys[1])).values_list("pk", flat=True)) == keys[:1]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "٣"])
def test_an_invalid_page_key_is_ignored(ana, before):
    record_event(Code.SIGNED_IN, user=ana)

    assert security_events_of(ana, before).count() == 1


def test_an_event_outlives_its_user(ana):
    record_event(Code.SIGNED_IN, user=ana)

    ana.delete()

    assert SecurityEvent.objects.get().username == "ana"


def test_every_code_has_a_meaning_and_fits_its_column():
    assert all(code.label and len(code.value) <= 32 for code in Code)


def test_a_code_of_a_later_release_is_shown_as_it_is():
    assert SecurityEvent(code="later.code").meaning == "later.code"


def test_what_a_command_does_to_data_is_not_logged_and_a_request_is(ana, log):
    record_event(Code.EXPORTED, user=ana)
    assert log.messages == []

    with asked_from(Origin(request_id="request-1")):
        record_event(Code.EXPORTED, user=ana)

    assert log.messages == [f"disclosure.export user={ana.pk} by=- name=- address=-"]


def test_the_own_events_are_those_of_the_account(ana):
    for code in (Code.EXPORTED, Code.ACCESS_DENIED, Code.PAUSES_ENDED, Code.SIGNED_OUT):
        record_event(code, user=ana)

    own = [event.code for event in security_events_of(ana)]
    assert own == ["signout", "pauses.ended"]
