"""A draft is its writer's alone, of bounded size and number, and gone after half an hour."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Draft, SecurityEvent
from customers.services.drafts.drafts import (
    DRAFT_LIFETIME,
    MOST_BYTES,
    MOST_DRAFTS,
    drop_draft,
    keep_draft,
    keep_signed,
    waiting_draft,
)
from customers.services.drafts.writer import sign_writer
from tests.helpers.commands import run

PATH = "/orgs/acme/notes/"
FIELDS = {"text": ["He called.\nTwice: ü € 😀"], "ticket_url": [""]}


def of_size(size):
    """Fields that take so many bytes, with their path."""
    return {"text": ["x" * (size - len(PATH) - len('{"text": [""]}'))]}


def make_older(age):
    Draft.objects.update(created_at=timezone.now() - age)


def test_its_writer_gets_back_what_was_kept(ana):
    key = keep_draft(ana, PATH, FIELDS)

    found = waiting_draft(ana, key)

    assert (found.path, found.fields) == (PATH, FIELDS)


def test_nobody_else_gets_it_and_it_stays(ana, ben):
    key = keep_draft(ana, PATH, FIELDS)

    assert waiting_draft(ben, key) is None
    drop_draft(ben, key, PATH)
    assert waiting_draft(ana, key)


@pytest.mark.parametrize("key", ["", "1", "x" * 500, "00000000-0000-0000-0000-000000000000"])
def test_a_key_that_is_none_finds_nothing(ana, key):
    keep_draft(ana, PATH, FIELDS)

    assert waiting_draft(ana, key) is None


def test_it_lapses_after_half_an_hour(ana):
    key = keep_draft(ana, PATH, FIELDS)

    make_older(DRAFT_LIFETIME - timedelta(seconds=20))
    before = waiting_draft(ana, key)
    make_older(DRAFT_LIFETIME)

    assert timedelta(minutes=30) == DRAFT_LIFETIME
    assert before
    assert waiting_draft(ana, key) is None


def test_what_has_lapsed_is_pruned(ana):
    old, new = keep_draft(ana, PATH, FIELDS), keep_draft(ana, PATH, FIELDS)
    Draft.objects.filter(pk=old).update(created_at=timezone.now() - DRAFT_LIFETIME)

    counted, ran = run("prune_history", "--dry-run"), run("prune_history")

    assert "1 drafts would be removed" in counted.out
    assert "1 drafts removed" in ran.out
    assert [str(key) for key in Draft.objects.values_list("pk", flat=True)] == [new]


def test_what_has_lapsed_goes_with_the_next_draft_of_anybody(ana, ben):
    keep_draft(ana, PATH, FIELDS)
    make_older(DRAFT_LIFETIME)

    keep_draft(ben, PATH, FIELDS)

    assert list(Draft.objects.values_list("user", flat=True)) == [ben.pk]


def test_64_kilobytes_are_kept_and_one_byte_more_is_not(ana):
    assert keep_draft(ana, PATH, of_size(MOST_BYTES))
    assert keep_draft(ana, PATH, of_size(MOST_BYTES + 1)) is None
    assert MOST_BYTES == 64 * 1024


def test_letters_of_several_bytes_count_as_such(ana):
    assert keep_draft(ana, PATH, {"text": ["€" * (MOST_BYTES // 2)]}) is None


def test_of_many_drafts_the_latest_are_kept(ana, ben):
    of_ben = keep_draft(ben, PATH, FIELDS)
    keys = [keep_draft(ana, PATH, FIELDS) for _ in range(MOST_DRAFTS + 2)]

    assert [bool(waiting_draft(ana, key)) for key in keys] == [False] * 2 + [True] * MOST_DRAFTS
    assert Draft.objects.filter(user=ana).count() == MOST_DRAFTS
    assert waiting_draft(ben, of_ben)


def test_one_that_was_sent_is_dropped_and_no_other(ana):
    sent, other = keep_draft(ana, PATH, FIELDS), keep_draft(ana, PATH, FIELDS)

    drop_draft(ana, other, "/search/")
    drop_draft(ana, sent, PATH)

    assert waiting_draft(ana, sent) is None
    assert waiting_draft(ana, other)


def test_a_signed_writer_is_recorded_with_what_is_kept_without_a_session(ana):
    key = keep_signed(sign_writer(ana), PATH, FIELDS)

    assert waiting_draft(ana, key)
    event = SecurityEvent.objects.get()
    assert (event.code, event.user_id) == ("draft.kept", ana.pk)
    assert "called" not in str(event.detail)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_nothing_is_kept_for_who_has_left(ana, change):
    signed = sign_writer(ana)
    type(ana).objects.filter(pk=ana.pk).update(**change)

    assert keep_signed(signed, PATH, FIELDS) is None
    ana.delete()
    assert keep_signed(signed, PATH, FIELDS) is None
    assert not Draft.objects.exists()


def test_drafts_leave_with_their_user(ana):
    keep_draft(ana, PATH, FIELDS)

    ana.delete()

    assert not Draft.objects.exists()
