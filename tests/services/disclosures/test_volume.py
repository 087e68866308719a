"""Unusual volume: above a floor, and far above what the same user usually is shown."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import HourlyDisclosures
from customers.services.disclosures.log import record
from tests.helpers.disclosures.disclosure_log import at_the_time
from tests.helpers.rows import make_customer, make_organization


@pytest.fixture
def six_customers(db, settings):
    settings.UNUSUAL_VOLUME = 5
    return [make_customer(make_organization(f"org-{number}")) for number in range(6)]


def test_an_organization_counts_once_an_hour(ana, six_customers):
    record(ana, six_customers[:2], "list")
    record(ana, six_customers[1:3], "page")

    volume = HourlyDisclosures.objects.get()
    assert (volume.user, volume.organizations, volume.is_unusual) == (ana, 3, False)


def test_it_counts_again_in_another_hour_and_for_another_user(ana, ben, six_customers, monkeypatch):
    with at_the_time(monkeypatch, 120):
        record(ana, six_customers[:1], "list")
    record(ben, six_customers[:1], "list")

    record(ana, six_customers[:1], "list")

    volumes = HourlyDisclosures.objects.values_list("user__username", "organizations")
    assert sorted(volumes) == [("ana", 1), ("ana", 1), ("ben", 1)]


def test_the_floor_is_passed_little_by_little(ana, six_customers):
    record(ana, six_customers[:5], "list")
    at_the_floor = HourlyDisclosures.objects.get().is_unusual
    record(ana, six_customers[5:], "page")

    assert (at_the_floor, HourlyDisclosures.objects.get().is_unusual) == (False, True)


def test_more_than_the_floor_is_flagged_and_logged_without_a_name(ana, six_customers, caplog):
    with caplog.at_level(logging.WARNING, "customers.services.disclosures.volume"):
        record(ana, six_customers, "export")

    assert HourlyDisclosures.objects.get().is_unusual
    assert [entry.getMessage() for entry in caplog.records] == [
        f"User {ana.pk} was shown the billing of 6 organizations within an hour."
    ]


@pytest.mark.parametrize(("busiest", "is_unusual"), [(1, True), (2, False)])
def test_what_is_usual_for_the_user_is_not_flagged(ana, six_customers, busiest, is_unusual):
    before = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=2)
    HourlyDisclosures.objects.create(user=ana, hour=before, organizations=busiest)

    record(ana, six_customers, "export")

    assert HourlyDisclosures.objects.latest("hour").is_unusual == is_unusual


def test_what_was_usual_long_ago_is_not_usual(ana, six_customers):
    before = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=400)
    HourlyDisclosures.objects.create(user=ana, hour=before, organizations=1000)

    record(ana, six_customers, "export")

    assert HourlyDisclosures.objects.latest("hour").is_unusual


def test_what_others_are_shown_is_not_this_users_usual(ana, ben, six_customers):
    before = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=2)
    HourlyDisclosures.objects.create(user=ben, hour=before, organizations=1000)

    record(ana, six_customers, "export")

    assert HourlyDisclosures.objects.latest("hour").is_unusual
