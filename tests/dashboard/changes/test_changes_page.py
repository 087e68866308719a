"""The page of changes: by day, one line each, narrowed by what its URL says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Change, KeptFigures, LastVisit
from customers.services.changes.periods import last_friday
from tests.helpers.changes.feeds import changed
from tests.helpers.pages.markup import Tags
from tests.helpers.pages.organization import text_of
from tests.helpers.rows import ago, show


def page_of(desk, **query):
    return desk.get("/changes/", query)


def rows_on(answer):
    text_of(answer)
    return [row for day in answer.context["days"] for row in day.rows]


def names_on(answer):
    return [row.name for row in rows_on(answer)]


def links_on(answer):
    """What each link beside the changes says and how many it counts, with its address."""
    return {
        link.label: (link.count, f"/changes/{link.url}")
        for group in answer.context["rail"]
        for link in group.links
    }


def test_changes_are_grouped_by_day_with_one_line_each(desk, clinics):
    answer = page_of(desk)

    today = timezone.localdate()
    days = answer.context["days"]
    seen = {timezone.localdate(change.seen_at) for change in Change.objects.all()}
    assert len(days) == len(seen)
    assert days[0].label.startswith("Today, ") == (max(seen) == today)
    assert names_on(answer) == ["Clinic One", "Clinic Two", "Clinic Three"]
    text = text_of(answer)
    assert "$0.00 to $12.50 owed" in text
    assert "05/27 to 05/31" in text
    assert "3 changes" in text


def test_what_changed_at_once_is_one_line_that_says_all_of_it(desk, clinics):
    (row,) = rows_on(page_of(desk, org="two"))

    assert [(part.title, part.detail) for part in row.parts] == [
        ("No longer delinquent", ""),
        ("Balance", "$0.00 to $12.50 owed"),
    ]


def test_several_kinds_are_chosen_and_taken_away_one_by_one(desk, clinics):
    answer = page_of(desk, kind=["became_delinquent", "changed_expiry"])

    assert names_on(answer) == ["Clinic One", "Clinic Three"]
    first, second = answer.context["chips"]
    assert names_on(desk.get(f"/changes/{first.url}")) == ["Clinic Three"]
    assert names_on(desk.get(f"/changes/{second.url}")) == ["Clinic One"]


def test_what_changed_since_friday_is_two_steps_away(desk, ana, clinics):
    friday = last_friday(timezone.localdate())
    days = (timezone.localdate() - friday).days
    changed(show(ana, "before", "Before"), (days + 1) * 24 * 60, balance=[0, 5])
    # One step leads here from the bar of every page; the second is this link.
    (since,) = (link for link in page_of(desk).context["periods"] if link.label == "Since Friday")

    answer = desk.get(f"/changes/{since.url}")

    assert names_on(answer) == ["Clinic One", "Clinic Two", "Clinic Three"]
    assert f'value="{friday.isoformat()}"' in text_of(answer)
    assert 'aria-current="true">Since Friday' in text_of(answer)


def test_days_of_ones_own_are_both_included(desk, ana, clinics):
    day = timezone.localdate() - timedelta(days=9)
    begins = timezone.now() - timedelta(days=9)
    old = changed(show(ana, "old", "Old"), 0, balance=[0, 5])
    Change.objects.filter(pk=old.pk).update(seen_at=begins, after=begins)

    assert names_on(page_of(desk, since=day, until=day)) == ["Old"]
    assert names_on(page_of(desk, until=day)) == ["Old"]
    assert "Old" not in names_on(page_of(desk, since=day + timedelta(days=1)))


@pytest.mark.parametrize(
    "query",
    [
        {"since": "nonsense"},
        {"until": "2026-02-31"},
        {"kind": "nonsense"},
        {"whose": "nonsense"},
        {"after": "nonsense"},
        {"before": "9999-99-99~1"},
        {"start": "-5"},
        {"start": "9" * 30},
        {"org": "x" * 500},
    ],
)
def test_what_means_nothing_is_ignored(desk, clinics, query):
    assert len(names_on(page_of(desk, **query))) == 3


def test_the_last_visit_is_offered_and_narrows(desk, ana, clinics):
    assert "Since your last visit" not in links_on(page_of(desk))
    LastVisit.objects.update(previous_request_at=ago(30))
    count, url = links_on(page_of(desk))["Since your last visit"]

    answer = desk.get(url)

    assert (count, names_on(answer)) == ("1", ["Clinic One"])
    assert "Since your last visit, " in text_of(answer)


def test_a_first_session_is_told_that_there_is_no_earlier_visit(desk, clinics):
    answer = page_of(desk, since="visit")

    assert "This is your first session" in text_of(answer)
    assert len(names_on(answer)) == 3


def test_every_link_beside_them_counts_what_it_leads_to(desk, ana, clinics):
    desk.post("/orgs/one/watch/", {"watch": "on"})
    changed(clinics["one"], 0, balance=[0, 5])
    LastVisit.objects.update(previous_request_at=ago(90))
    found = links_on(page_of(desk))
    KeptFigures.objects.all().delete()

    led = {label: len(names_on(desk.get(url))) for label, (_count, url) in found.items()}

    assert {label: int(count) for label, (count, _url) in found.items()} == led
    assert (led["All kinds"], led["Watched"], led["Unread"], led["Mine"]) == (4, 2, 1, 0)


def test_pages_turn_both_ways_and_say_where_they_are(desk, ana):
    organization = show(ana, "many", balance=5)
    for minutes in range(120):
        changed(organization, minutes, balance=[minutes + 1, minutes])
    first = page_of(desk)
    pages = [first]
    while links := [link for link in Tags(text_of(pages[-1])).links() if "after=" in link]:
        pages.append(desk.get(f"/changes/{links[0]}"))
    (back,) = (link for link in Tags(text_of(pages[2])).links() if "before=" in link)

    assert [len(rows_on(page)) for page in pages] == [50, 50, 20]
    assert [(page.context["page"].start, page.context["page"].end) for page in pages] == [
        (1, 50),
        (51, 100),
        (101, 120),
    ]
    turned = desk.get(f"/changes/{back}")
    assert [row.when for row in rows_on(turned)] == [row.when for row in rows_on(pages[1])]
    assert turned.context["page"].start == 51


def test_a_day_that_goes_on_counts_all_of_it(desk, ana):
    organization = show(ana, "many", balance=5)
    at = timezone.localtime().replace(hour=0, minute=0, second=30) - timedelta(days=3)
    for number in range(60):
        change = changed(organization, 0, balance=[number, number + 1])
        Change.objects.filter(pk=change.pk).update(seen_at=at + timedelta(minutes=number))

    (day,) = page_of(desk).context["days"]

    assert (day.count, len(day.rows)) == (60, 50)


def test_it_takes_no_statement_for_each_line(desk, ana, django_assert_max_num_queries):
    for number in range(40):
        changed(show(ana, f"org-{number}", balance=5), number, balance=[0, 5])
    page_of(desk)

    with django_assert_max_num_queries(25):
        assert len(rows_on(page_of(desk))) == 40


def test_nothing_found_leads_back_to_all(desk, clinics):
    text = text_of(page_of(desk, kind="deleted_customer"))

    assert "No such changes" in text
    assert '<a class="button" href="/changes/">All changes</a>' in text


def test_a_moment_in_another_time_zone_is_on_the_day_that_it_was_there(desk, ana, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    change = changed(show(ana, "northwind", balance=5), 0, balance=[0, 5])
    Change.objects.filter(pk=change.pk).update(
        seen_at="2026-03-01T20:00Z", after="2026-03-01T10:00Z"
    )

    answer = page_of(desk, since="2026-03-02", until="2026-03-02")

    (row,) = rows_on(answer)
    assert row.when == "1 Mar–05:00"
    assert "2 March" in answer.context["days"][0].label
