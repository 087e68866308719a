"""A run stops when the upstream is down, and reports it."""

from customers.models import SyncRun
from customers.services.checking.outcome import Result
from customers.services.sync.circuit_breaker import CircuitBreaker
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync
from customers.upstream.message import Message
from tests.helpers.rows import ago, make_organization, refused

DOWN = Result.UNAVAILABLE


def outcome(result, anas):
    return refused("northwind", anas, ago(0), result)


def test_it_opens_after_so_many_failures_in_a_row(anas):
    breaker = CircuitBreaker(concurrency=1)

    for _ in range(breaker.limit - 1):
        breaker.note(outcome(DOWN, anas))
    assert not breaker.is_open
    breaker.note(outcome(DOWN, anas))

    assert breaker.is_open


def test_a_refusal_shows_that_the_upstream_is_alive(anas):
    breaker = CircuitBreaker(concurrency=1)

    for number in range(10 * breaker.limit):
        breaker.note(outcome(Result.DENIED if number % breaker.limit == 0 else DOWN, anas))

    assert not breaker.is_open


def test_a_run_stops_asking_and_says_why(signed_in_ana, sandbox):
    for number in range(200):
        make_organization(f"org-{number}")
    sandbox.set_fault("500")

    options = Options((signed_in_ana.pk,), concurrency=2)
    report = Sync(options, "the tests").run()

    asked = sum(sandbox.counts()["calls"]["customer"].values())
    assert report.gave_up
    assert not report.is_complete
    assert asked < 40
    assert SyncRun.objects.get().ending == "gave_up"
    assert Message("run_gave_up") in report.troubles
