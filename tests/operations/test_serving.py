"""gunicorn with two workers, as its configuration file makes it serve."""

import json
import re
import subprocess
import sys
import time

import pytest
import requests

from customers.services.search import LONGEST
from tests.sandbox_process import PROJECT

TOKEN = "a-token-of-the-tests-only"
PATIENCE = 60
LISTENS = re.compile(r"Listening at: (http://\S+)")


@pytest.fixture
def served(new_database, sandbox):
    """The address of a portal on an empty database, and its log once it has ended."""
    portal = new_database("served").portal(sandbox)
    assert portal.run("migrate", "--verbosity=0").code == 0
    more = {
        "LOG_FORMAT": "json",
        "LOG_LEVEL": "info",
        "METRICS_TOKEN": TOKEN,
        "SECURE_SSL_REDIRECT": "off",
    }
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "billing_portal.wsgi", "--no-control-socket"),
            *("--bind=127.0.0.1:0", "--workers=2", "--threads=1"),
        ],
        cwd=PROJECT,
        env=portal.environment | more,
        stderr=subprocess.PIPE,
        text=True,
    )
    first = [process.stderr.readline() for _ in range(2)]
    yield LISTENS.search(first[1])[1], process, first
    if process.poll() is None:
        process.kill()
    process.communicate(timeout=PATIENCE)


def counted(address):
    answer = requests.get(
        f"{address}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=PATIENCE
    )
    counts = re.findall(r'request_seconds_count\{.*view="healthz"\} (\S+)', answer.text)
    return sum(map(float, counts))


def test_the_address_of_a_long_list_of_pasted_clues_is_served(served):
    address, _process, _first = served

    answer = requests.get(
        f"{address}/orgs/?q={'a' * LONGEST}&after={'b' * 500}",
        timeout=PATIENCE,
        allow_redirects=False,
    )

    assert answer.status_code == 302


def test_workers_add_up_their_figures_and_log_one_object_a_line(served):
    address, process, first = served

    for _ in range(20):
        assert requests.get(f"{address}/healthz", timeout=PATIENCE).status_code == 200
    until = time.monotonic() + PATIENCE
    while counted(address) < 20:
        assert time.monotonic() < until, "the figures of one worker are missing"
    process.terminate()
    _, rest = process.communicate(timeout=PATIENCE)

    assert counted_workers(first, rest) == 2
    events = [json.loads(line) for line in (*first, *rest.splitlines()) if line.startswith("{")]
    assert len([event for event in events if event.get("view") == "healthz"]) == 20
    assert {"gunicorn.error", "billing_portal.middleware"} <= {event["logger"] for event in events}


def counted_workers(first, rest):
    return len(re.findall("Booting worker", "".join(first) + rest))
