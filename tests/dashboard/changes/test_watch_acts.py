"""Watching from a page and from a list, the bell, and what is read by what."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import Access, Watch
from customers.services.watching import watches
from tests.conftest import browser_of, make_staff
from tests.helpers.changes.feeds import changed
from tests.helpers.pages.organization import text_of
from tests.helpers.rows import ago, give_credentials, grant


def post(desk, url, **data):
    """What the page says after it."""
    answer = desk.post(url, data)
    assert answer.status_code == 302
    return [str(message) for message in get_messages(answer.wsgi_request)]


def bell_on(desk, url="/credentials/"):
    text = text_of(desk.get(url))
    assert "Watched changes" in text
    return text.partition('class="unread-count">')[2].partition("<")[0]


def watched_by(user):
    return sorted(Watch.objects.filter(user=user).values_list("organization__org_id", flat=True))


def test_one_step_on_a_page_begins_and_another_ends_it(desk, ana, clinics):
    before = text_of(desk.get("/orgs/one/"))

    said = post(desk, "/orgs/one/watch/", watch="on")

    assert said == ["1 organization is watched from now on. The bell above shows what changes."]
    assert watched_by(ana) == ["one"]
    assert 'name="watch" value="on"' in before
    assert 'name="watch" value="off"' in text_of(desk.get("/orgs/one/"))
    assert post(desk, "/orgs/one/watch/", watch="off") == ["You no longer watch 1 organization."]
    assert watched_by(ana) == []


def test_the_list_that_a_page_was_opened_from_is_kept(desk, clinics):
    answer = desk.post("/orgs/one/watch/", {"watch": "on", "from": "worklist=delinquent"})

    assert answer["Location"] == "/orgs/one/?from=worklist%3Ddelinquent"


def test_selected_rows_are_watched_together(desk, ana, clinics):
    said = post(desk, "/watch-selected/", org=["one", "three", "unheard-of"], watch="on")

    assert said == ["2 organizations are watched from now on. The bell above shows what changes."]
    assert watched_by(ana) == ["one", "three"]
    page = text_of(desk.get("/orgs/?worklist=watched"))
    assert "Clinic Three" in page
    assert "Stop watching" in page
    post(desk, "/watch-selected/", all="worklist=watched", watch="off")
    assert watched_by(ana) == []


def test_nothing_selected_watches_nothing(desk, ana, clinics):
    assert post(desk, "/watch-selected/", watch="on") == ["Select at least one organization."]


def test_too_many_are_refused_in_a_clear_sentence(desk, ana, clinics, monkeypatch):
    monkeypatch.setattr(watches, "MOST_WATCHED", 1)
    monkeypatch.setattr("customers.dashboard.changes.watch_acts.MOST_WATCHED", 1)

    some = post(desk, "/watch-selected/", org=["one", "three"], watch="on")
    none = post(desk, "/orgs/three/watch/", watch="on")

    limit = "you can watch at most 1 organizations. Stop watching others first."
    assert some == [
        "1 organization is watched from now on. The bell above shows what changes.",
        f"Some are not watched: {limit}",
    ]
    assert none[len(some) :] == [f"Not watched: {limit}"]


def test_the_bell_counts_what_is_unread_until_its_page_is_opened(desk, clinics):
    post(desk, "/orgs/one/watch/", watch="on")
    post(desk, "/orgs/two/watch/", watch="on")
    none = bell_on(desk)
    changed(clinics["one"], 0, delinquent=[True, False])
    changed(clinics["two"], 0, balance=[0, 5])
    two = bell_on(desk)

    desk.get("/orgs/one/")

    assert (none, two, bell_on(desk)) == ("", "2", "1")


def test_other_pages_read_nothing(desk, clinics):
    post(desk, "/orgs/one/watch/", watch="on")
    changed(clinics["one"], 0, delinquent=[True, False])

    for url in ("/", "/orgs/", "/changes/", "/changes/?whose=watched", "/orgs/two/"):
        text_of(desk.get(url))
    b"".join(desk.get("/changes/export/").streaming_content)

    assert bell_on(desk) == "1"


def test_the_page_behind_the_bell_shows_what_is_unread_and_what_is_read(desk, clinics):
    post(desk, "/orgs/one/watch/", watch="on")
    changed(clinics["one"], 0, balance=[0, 5])

    answer = desk.get("/changes/?whose=watched")

    rows = [row for day in answer.context["days"] for row in day.rows]
    assert [(row.name, row.is_unread) for row in rows] == [
        ("Clinic One", True),
        ("Clinic One", False),
    ]
    assert text_of(answer).count('class="dot" title="unread"') == 1


def test_all_are_marked_as_read_that_the_page_had_shown(desk, clinics):
    post(desk, "/orgs/one/watch/", watch="on")
    post(desk, "/orgs/two/watch/", watch="on")
    changed(clinics["one"], 0, balance=[0, 5])
    seen = timezone.now()
    changed(clinics["two"], -1, balance=[0, 5])  # while the page was read
    offered = "Mark all as read" in text_of(desk.get("/changes/?whose=watched"))

    said = post(desk, "/changes/read/", seen=seen.isoformat(), next="/changes/?whose=watched")

    assert (offered, said, bell_on(desk)) == (True, ["All marked as read."], "1")
    assert "Mark all as read" not in text_of(desk.get("/changes/"))


def test_a_denial_silences_the_bell_and_its_page(desk, clinics):
    post(desk, "/orgs/one/watch/", watch="on")
    changed(clinics["one"], 0, balance=[0, 5])

    Access.objects.update(state="denied", customer_sent_at=None)

    assert bell_on(desk) == ""
    assert "Clinic One" not in text_of(desk.get("/changes/?whose=watched"))


def test_who_watches_nothing_costs_no_statement(desk, clinics):
    desk.get("/credentials/")
    without = count_statements(desk, "/credentials/")
    post(desk, "/orgs/one/watch/", watch="on")
    desk.get("/credentials/")

    assert count_statements(desk, "/credentials/") == without + 1


def count_statements(desk, url):
    with CaptureQueriesContext(connection) as captured:
        desk.get(url)
    return len(captured)


def test_another_session_of_the_user_learns_of_it(desk, ana, clinics):
    other = browser_of(ana)
    bell_on(other)
    post(desk, "/orgs/one/watch/", watch="on")
    changed(clinics["one"], 0, balance=[0, 5])
    session = other.session
    session["used_at"] -= 61
    session.save()

    assert bell_on(other) == "1"


def test_what_one_watches_is_nobody_elses_business(desk, ana, clinics, ben):
    give_credentials(ben, "another token of the tests")
    for customer in clinics.values():
        grant(ben, customer.organization)
    post(desk, "/orgs/one/watch/", watch="on")

    client = browser_of(ben)

    assert 'name="watch" value="on"' in text_of(client.get("/orgs/one/"))
    assert "Clinic One" not in text_of(client.get("/changes/?whose=watched"))


@pytest.mark.parametrize("url", ["/changes/?whose=watched", "/orgs/?worklist=watched"])
def test_who_watches_nothing_is_told_how_to_begin(desk, clinics, url):
    assert "You watch no organizations yet" in text_of(desk.get(url))


def test_who_may_not_see_customers_has_no_bell(clinics):
    dora = make_staff("dora")
    dora.groups.clear()

    assert "Watched changes" not in browser_of(dora).get("/sign-ins/").content.decode()


def test_a_page_of_the_past_reads_nothing(desk, ana, clinics):
    customer = clinics["one"]
    customer.first_checked_at = ago(10 * 24 * 60)
    customer.save()
    post(desk, "/orgs/one/watch/", watch="on")
    changed(customer, 0, balance=[0, 5])
    day = timezone.localdate() - timedelta(days=3)

    text_of(desk.get(f"/orgs/one/?as_of={day}"))

    assert bell_on(desk) == "1"
