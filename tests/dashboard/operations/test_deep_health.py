"""/healthz?deep=1 answers what doctor finds, to those who know the metrics token."""

import time
from threading import Event

import pytest
from django.db import OperationalError, connection
from django.test import Client

from customers.services.diagnosis import recent_findings as recent
from customers.services.diagnosis.finding import ok
from customers.services.diagnosis.guarded import AskedInThread
from tests.helpers.diagnosis.of_a_backend import assume_autovacuum

TOKEN = "a-token-of-the-tests-only"


@pytest.fixture
def probe(db, sandbox, settings, monkeypatch):
    """Probes with the token, as the first that looks."""
    assume_autovacuum(monkeypatch)
    settings.METRICS_TOKEN = TOKEN
    monkeypatch.setattr(recent, "_kept", recent._Kept())

    def probed(**headers):
        sent = {"authorization": f"Bearer {TOKEN}"} | headers
        return Client().get("/healthz?deep=1", headers=sent)

    return probed


def of(answer, check):
    (found,) = (one for one in answer.json()["findings"] if one["check"] == check)
    return found


@pytest.mark.parametrize("sent", ["", "Bearer", f"Bearer {TOKEN}x", TOKEN])
def test_it_needs_the_token(db, settings, sent):
    settings.METRICS_TOKEN = TOKEN

    answer = Client().get("/healthz?deep=1", headers={"authorization": sent})

    assert (answer.status_code, answer.content) == (401, b"")


def test_without_a_token_in_the_settings_nobody_gets_it(db, settings):
    settings.METRICS_TOKEN = ""

    assert Client().get("/healthz?deep=1").status_code == 404
    assert Client().get("/healthz").status_code == 200


def test_warnings_are_not_a_fault(probe):
    answer = probe()

    assert answer.status_code == 200
    assert answer.json()["status"] == "warning"
    assert of(answer, "upstream") == {
        "check": "upstream",
        "status": "ok",
        "sentence": "Catalyze answers.",
        "remedy": None,
    }


def test_a_problem_is_503(probe, sandbox):
    sandbox.set_clock(-600)

    answer = probe()

    assert (answer.status_code, answer.json()["status"]) == (503, "problem")
    assert "10 minutes ahead" in of(answer, "clock")["sentence"]


def test_it_answers_without_a_database(probe):
    def breaks(*_):
        raise OperationalError("the connection is gone")

    with connection.execute_wrapper(breaks):
        answer = probe()

    assert answer.status_code == 503
    assert of(answer, "database")["sentence"] == "The database does not answer."
    assert of(answer, "upstream")["status"] == "ok"


def test_many_probes_ask_catalyze_once(probe, sandbox):
    for _ in range(5):
        probe()

    assert sandbox.counts()["calls"] == {"verify": {"401": 1}}


def test_after_some_seconds_it_looks_again(probe, sandbox, monkeypatch):
    monkeypatch.setattr(recent, "SHARED_FOR", 0.0)
    for _ in range(2):
        probe()

    assert sandbox.counts()["calls"] == {"verify": {"401": 2}}


def test_it_answers_in_english_whatever_is_asked_for(probe, settings):
    settings.CATALYZE_BASE_URL = "http://127.0.0.1:9"

    answer = probe(**{"accept-language": "de"})

    assert of(answer, "upstream")["sentence"] == "Catalyze could not be reached."


def test_a_server_that_keeps_silent_is_not_waited_for():
    end = Event()
    asked = AskedInThread("mail", lambda: [ok("mail", "late")] if end.wait(60) else [])

    (found,) = asked.found_by(time.monotonic())
    end.set()

    assert (found.check, found.verdict) == ("mail", "problem")
    assert found.sentence == "The server did not answer in time."
    assert asked.found_by(time.monotonic() + 60) == [ok("mail", "late")]
