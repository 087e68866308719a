"""Health and metrics endpoints, and what each request leaves in logs and metrics."""

import json
import logging
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from customers.models import Customer, SyncRun
from observability.logs import JsonFormatter, RequestIdFilter
from tests.conftest import organization

TOKEN = "a-token-of-the-tests-only"


@pytest.fixture
def anyone(db):
    return Client()


@pytest.fixture
def scrape(anyone, settings):
    settings.METRICS_TOKEN = TOKEN

    def scraped():
        answer = anyone.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        lines = answer.content.decode().splitlines()
        return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))

    return scraped


@pytest.fixture
def answers(db):
    """Two answers, ten minutes and two days old, and an organization without one."""
    now = timezone.now()
    organization("never", "Never Asked")
    for org_id, age in (("young", timedelta(minutes=10)), ("old", timedelta(days=2))):
        Customer.objects.create(
            organization=organization(org_id),
            state="card",
            asked_at=now - age,
            checked_at=now - age,
        )


@pytest.fixture
def log():
    """The log lines of the test as JSON objects."""
    events = []

    class Kept(logging.Handler):
        def emit(self, record):
            events.append(json.loads(JsonFormatter().format(record)))

    handler = Kept()
    handler.addFilter(RequestIdFilter())
    loggers = [logging.getLogger(name) for name in ("observability", "django.request")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield events
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


class Broken:
    """A database that does not answer."""

    def __call__(self, *_):
        raise OperationalError("the connection is gone")


def test_a_probe_learns_that_all_is_well_and_how_old_the_oldest_answer_is(anyone, answers):
    answer = anyone.get("/healthz")

    body = answer.json()
    assert answer.status_code == 200
    assert body["status"] == body["database"] == "ok"
    assert 172_800 <= body["oldest_answer_seconds"] < 172_900
    assert set(body) == {"status", "database", "static_files", "oldest_answer_seconds"}


def test_a_probe_of_an_empty_portal_is_well(anyone):
    assert anyone.get("/healthz").json()["oldest_answer_seconds"] is None


def test_a_probe_learns_that_the_database_is_gone(anyone):
    with connection.execute_wrapper(Broken()):
        answer = anyone.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "unavailable"


def test_a_probe_costs_one_query_and_no_session(anyone, answers, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = anyone.get("/healthz")

    assert not answer.cookies


def test_a_probe_over_plain_http_is_not_sent_elsewhere(anyone, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert anyone.get("/healthz").status_code == 200
    assert anyone.get("/orgs/").status_code == 301


def test_a_probe_with_a_foreign_host_is_refused(anyone, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]

    assert anyone.get("/healthz", headers={"host": "elsewhere.example"}).status_code == 400


def test_without_a_token_in_the_settings_there_are_no_metrics(anyone, settings):
    settings.METRICS_TOKEN = ""

    for sent in ("", "Bearer ", "Bearer x"):
        assert anyone.get("/metrics", headers={"authorization": sent}).status_code == 404


@pytest.mark.parametrize("sent", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN, f"Basic {TOKEN}"])
def test_metrics_are_for_those_who_know_the_token(anyone, settings, sent):
    settings.METRICS_TOKEN = TOKEN

    answer = anyone.get("/metrics", headers={"authorization": sent})

    assert answer.status_code == 401
    assert answer.content == b""


def test_metrics_need_the_token_of_superusers_too(admin_client, settings):
    settings.METRICS_TOKEN = TOKEN

    assert admin_client.get("/metrics").status_code == 401


def test_metrics_count_organizations_and_answers_by_age(scrape, answers):
    found = scrape()

    assert found["portal_organizations"] == "3.0"
    assert found['portal_answers{le="900"}'] == "1.0"
    assert found['portal_answers{le="86400"}'] == "1.0"
    assert found['portal_answers{le="259200"}'] == "2.0"
    assert found['portal_answers{le="+Inf"}'] == "2.0"


def test_metrics_count_runs_checks_and_credentials(scrape, signed_in_ana):
    now = timezone.now()
    long_ago = now - timedelta(days=3)
    ended = {"ending": "failures", "ended_at": now}
    SyncRun.objects.create(started_at=now, counts={"answered": 3, "denied": 1}, **ended)
    SyncRun.objects.create(started_at=now, counts={"answered": 2}, **ended)
    SyncRun.objects.create(started_at=long_ago, ended_at=long_ago, ending="complete")

    found = scrape()

    assert found['portal_sync_runs{ending="failures"}'] == "2.0"
    assert found['portal_sync_runs{ending="complete"}'] == "0.0"
    assert found['portal_sync_checks{result="answered"}'] == "5.0"
    assert float(found["portal_last_complete_sync_timestamp_seconds"]) == long_ago.timestamp()
    assert found['portal_credentials{state="active"}'] == "1.0"


def test_metrics_count_requests_by_view_and_status(scrape, anyone):
    name = 'portal_http_request_seconds_count{method="GET",status="302",view="organizations"}'
    before = float(scrape().get(name, 0))

    anyone.get("/orgs/?q=somebody")

    assert float(scrape()[name]) == before + 1


def test_a_made_up_method_makes_no_series_of_its_own(scrape, anyone):
    anyone.generic("BREW", "/healthz")

    found = scrape()

    assert not [name for name in found if "BREW" in name]
    assert 'portal_http_request_seconds_count{method="other",status="405",view="healthz"}' in found


def test_metrics_name_nobody_and_no_organization(scrape, as_ana, sandbox):
    org_id = sandbox.org_id("Bingo")
    as_ana.get(f"/orgs/{org_id}/")

    text = " ".join(scrape())

    assert "ana" not in text.replace("organization", "")
    assert org_id not in text
    assert "Bingo" not in text


def test_metrics_without_a_database_still_say_how_requests_went(scrape):
    with connection.execute_wrapper(Broken()):
        found = scrape()

    assert "portal_organizations" not in found
    assert [name for name in found if name.startswith("portal_http_request_seconds_count")]


def test_a_request_keeps_its_id_from_the_proxy_to_the_log(anyone, log):
    answer = anyone.get("/nowhere/", headers={"x-request-id": "from-the-proxy-1"})

    assert answer.headers["X-Request-ID"] == "from-the-proxy-1"
    assert {event["request_id"] for event in log} == {"from-the-proxy-1"}
    assert {event["logger"] for event in log} == {"observability.middleware", "django.request"}


def test_each_request_without_an_id_gets_one(anyone):
    first, second = (anyone.get("/healthz").headers["X-Request-ID"] for _ in range(2))

    assert first != second
    assert len(first) == 32


def test_what_somebody_searched_for_is_not_in_the_log(as_ana, log):
    as_ana.get("/search/?q=billing@northwind.example")
    as_ana.get("/orgs/?q=4242")

    assert len(log) == 2
    assert "northwind" not in json.dumps(log)
    assert "4242" not in json.dumps(log)
    assert log[1]["view"] == "organizations"
    assert log[1]["status"] == 200


def test_the_page_for_what_broke_says_the_id_that_is_in_the_log(as_ana, log, monkeypatch):
    def breaks(*_):
        raise RuntimeError("a fault of ours")

    as_ana.raise_request_exception = False
    monkeypatch.setattr("customers.dashboard.overview.overview.tiles", breaks)

    answer = as_ana.get("/", headers={"x-request-id": "quote-this-id"})

    assert answer.status_code == 500
    assert "<code>quote-this-id</code>" in answer.content.decode()
    errors = [event for event in log if event["level"] == "ERROR"]
    assert [event["request_id"] for event in errors] == ["quote-this-id"]
    assert "RuntimeError: a fault of ours" in errors[0]["exception"]
