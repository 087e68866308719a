"""Each user's language and time zone: what is kept, and what is read without asking twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import get_language

from customers.models import DeskPreferences
from customers.services.accounts.language_and_zone import (
    as_read_by,
    choose_language_and_zone,
    language_of,
    time_zones,
    zone_of,
)
from customers.services.accounts.session_users import SessionUsers
from customers.services.lists.columns import DEFAULT
from customers.services.lists.listing import PAGE_SIZE
from customers.services.lists.preferences import preferences_of, save_preferences
from customers.services.wording.expiry import today
from customers.services.wording.formats import day_words, moment_words

LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


def test_who_chose_nothing_reads_as_the_portal_does(ana):
    assert language_of(ana) == ""
    assert zone_of(ana) == timezone.get_default_timezone()


def test_a_choice_is_kept_beside_the_columns(ana):
    save_preferences(ana, ["state"], 100)
    choose_language_and_zone(ana, language="de", time_zone="Asia/Tokyo")
    choose_language_and_zone(ana, language="en")

    ana.refresh_from_db()
    assert (language_of(ana), zone_of(ana)) == ("en", ZoneInfo("Asia/Tokyo"))
    assert preferences_of(ana).columns == ("state",)


def test_a_language_alone_leaves_the_usual_columns(ana):
    choose_language_and_zone(ana, language="de")

    assert preferences_of(ana).columns == DEFAULT
    assert preferences_of(ana).page_size == PAGE_SIZE


@pytest.mark.parametrize("wrong", [{"language": "fr"}, {"time_zone": "Mars/Olympus"}])
def test_what_there_is_not_is_refused(ana, wrong):
    with pytest.raises(ValueError, match="fr|Mars"):
        choose_language_and_zone(ana, **wrong)

    assert not DeskPreferences.objects.exists()


def test_a_zone_that_is_gone_is_the_portals(ana):
    DeskPreferences.objects.create(user=ana, time_zone="Mars/Olympus", language="xx")

    assert zone_of(ana) == timezone.get_default_timezone()
    assert language_of(ana) == ""


def test_the_user_of_a_session_brings_them_along(ana):
    choose_language_and_zone(ana, time_zone="Asia/Tokyo")

    with CaptureQueriesContext(connection) as queries:
        read = SessionUsers().get_user(ana.pk)
        assert zone_of(read) == ZoneInfo("Asia/Tokyo")
        preferences_of(read)

    assert len(queries) == 1


def test_who_chose_nothing_is_not_asked_about_twice(ana):
    with CaptureQueriesContext(connection) as queries:
        read = SessionUsers().get_user(ana.pk)
        assert language_of(read) == ""

    assert len(queries) == 1


def test_a_former_user_has_no_session(ana):
    ana.is_active = False
    ana.save()

    assert SessionUsers().get_user(ana.pk) is None
    assert SessionUsers().get_user(0) is None


def test_times_are_the_readers_and_days_of_billing_the_portals(ana):
    choose_language_and_zone(ana, time_zone="Asia/Tokyo", language="de")
    before = moment_words(LATE), day_words(LATE), today()

    with as_read_by(ana):
        assert get_language() == "de"
        assert "08:30" in moment_words(LATE)
        assert day_words(LATE) == "1. März 2026"
        assert today() == before[2]

    assert (moment_words(LATE), day_words(LATE)) == before[:2]


def test_readers_in_two_zones_share_no_words(ana):
    """The words of a moment are cached."""
    choose_language_and_zone(ana, time_zone="Asia/Tokyo")
    in_utc = moment_words(LATE)

    with as_read_by(ana):
        assert moment_words(LATE) != in_utc
    assert moment_words(LATE) == in_utc


def test_who_chose_no_language_reads_the_one_that_is_given(ana):
    with as_read_by(ana, "de"):
        assert get_language() == "de"
    with as_read_by(ana):
        assert get_language() == "en"


def test_every_zone_that_is_offered_is_one():
    assert {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"} <= set(time_zones())
    assert all(ZoneInfo(name) for name in time_zones())
    assert not {"EST", "Etc/GMT+5", "localtime", "US/Eastern"} & set(time_zones())
