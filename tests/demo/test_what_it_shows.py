"""What a demo holds after its first start: an ordinary desk with twelve weeks behind it."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

A_YEAR = timedelta(days=365)
# Hand-made for tests; never at an ordinary desk.
ODD = {"Bingo", "Markup & Sons", "Nobody's Clinic", "Fig Tree Physio"}


@pytest.fixture(scope="session")
def told(demo):
    """The columns of each customer, by the name of the organization."""
    columns = (
        "name, state, delinquent, expires_on, next_renewal, currency, country, funding, "
        "fingerprint_hash"
    )
    rows = demo.rows(
        f"SELECT {columns} FROM customers_customer AS c "
        "JOIN customers_organization AS o ON o.id = c.organization_id"
    )
    names = columns.replace(" ", "").split(",")
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


@pytest.fixture(scope="session")
def delinquencies(demo):
    """When each organization's answer said something else of it, by name: the day and what."""
    rows = demo.rows(
        "SELECT name, seen_at, differences FROM customers_change AS c "
        "JOIN customers_organization AS o ON o.id = c.organization_id ORDER BY seen_at"
    )
    found = {}
    for name, seen_at, differences in rows:
        if "delinquent" in (changed := json.loads(differences)):
            at = datetime.fromisoformat(seen_at).replace(tzinfo=UTC)
            found.setdefault(name, []).append((at, changed["delinquent"]))
    return found


def test_it_is_a_quiet_desk_of_two_hundred_and_fifty(told):
    assert len(told) == 250
    states = Counter(customer["state"] for customer in told.values())
    assert states["card"] > 220
    assert {"bank_account", "invoice", "none", "deleted", "details_not_sent"} <= set(states)
    assert 4 <= sum(customer["delinquent"] == 1 for customer in told.values()) <= 8


def test_currencies_countries_and_fundings_are_mixed(told):
    for column in ("currency", "country", "funding"):
        values = Counter(customer[column] for customer in told.values() if customer[column])
        assert len(values) >= 3, column
        assert values.most_common(1)[0][1] < 200, column


def test_nobody_is_odd(demo, told):
    texts = [
        text
        for row in demo.rows("SELECT name, description FROM customers_organization")
        for text in row
    ]

    assert not ODD & set(told)
    assert all(0 < len(text) < 60 for text in texts)
    assert not any(sign in text for text in texts for sign in "<>=\n")


def test_about_twenty_cards_expire_within_a_year_and_some_before_their_renewal(told):
    today = datetime.now(UTC).date()
    soon = [
        customer
        for customer in told.values()
        if customer["expires_on"] and f"{today}" <= customer["expires_on"] < f"{today + A_YEAR}"
    ]

    assert 17 <= len(soon) <= 23
    assert [c for c in soon if c["next_renewal"] and c["expires_on"] < c["next_renewal"][:10]]


def test_two_cards_pay_for_two_organizations_each(told):
    cards = Counter(c["fingerprint_hash"] for c in told.values() if c["fingerprint_hash"])

    assert [count for count in cards.values() if count > 1] == [2, 2]


def test_checks_were_made_on_twelve_mondays_and_now(demo):
    runs = [
        (datetime.fromisoformat(at), ending, checked)
        for at, ending, checked in demo.rows(
            "SELECT started_at, ending, checked FROM customers_syncrun ORDER BY started_at"
        )
    ]
    *past, (_, _, latest) = [run for run in runs if run[2] == 250]

    assert latest == 250
    days = [at.date() for at, _, _ in past]
    assert len(days) == 12
    assert {day.weekday() for day in days} == {0}
    assert {later - day for day, later in zip(days, days[1:], strict=False)} == {timedelta(7)}
    assert [ending for _, ending, _ in runs].count("gave_up") == 1


def test_customers_failed_and_paid_in_past_weeks(delinquencies):
    paid = {
        name: [at for at, _ in changes]
        for name, changes in delinquencies.items()
        if [what for _, what in changes] == [[False, True], [True, False]]
    }

    assert len(paid) >= 4
    for failed_at, paid_at in paid.values():
        assert failed_at.weekday() == paid_at.weekday() == 0
        assert failed_at < paid_at < datetime.now(UTC)


def test_everything_was_asked_about_just_now_and_every_proof_counts(demo):
    states = demo.rows("SELECT state, proved_at FROM customers_credentials")
    an_hour_ago, three_days_ago = (
        f"{datetime.now(UTC) - timedelta(hours=hours):%Y-%m-%d %H:%M}" for hours in (1, 72)
    )

    assert len(states) == 2
    assert all(state == "active" and at > an_hour_ago for state, at in states)
    proofs = demo.rows("SELECT organization_id, proved_at FROM customers_access")
    assert len(proofs) == 500
    # Somebody's proof may be that of last Monday, which counts for ACCESS_PROOF_TTL.
    assert all(at > three_days_ago for _, at in proofs)
    assert len({key for key, at in proofs if at > an_hour_ago}) == 249


def test_for_one_of_them_catalyze_does_not_answer_now(demo):
    failed = demo.rows(
        "SELECT name FROM customers_customer AS c JOIN customers_organization AS o "
        "ON o.id = c.organization_id JOIN customers_access AS a ON a.organization_id = o.id "
        "WHERE last_error_code != '' AND a.state = 'granted' GROUP BY name"
    )

    assert failed == [("Larch Cooperative",)]


def test_the_desk_has_worked(demo):
    notes = demo.rows("SELECT written_at, text FROM customers_note ORDER BY written_at")
    cases = demo.rows("SELECT owner_id, snoozed_until, handled_at FROM customers_case")

    assert len(notes) >= 8
    assert notes[0][0][:10] < notes[-1][0][:10] < f"{datetime.now(UTC).date()}"
    assert [case for case in cases if case[0] and not case[1]]
    assert [case for case in cases if case[1] and case[1] > f"{datetime.now(UTC).date()}"]
    assert [case for case in cases if case[2]]
