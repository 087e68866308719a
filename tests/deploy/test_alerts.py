"""The alerts: promtool reads them, each fires when it should, and only on what /metrics says."""

import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from customers.models import CommandRun, Customer, SyncRun
from tests.helpers.rows import ago, make_organization
from tests.helpers.sandbox_process import PROJECT

RULES = PROJECT / "deploy/alerts.yml"
TEXT = RULES.read_text()
ALERTS = re.findall(r"^ +- alert: (\w+)$", TEXT, re.MULTILINE)
TOKEN = "a-token-of-the-tests-only"
LABELS = 'job="billing-portal", instance="portal:8000"'


def series(name, values, **labels):
    more = "".join(f', {label}="{value}"' for label, value in labels.items())
    return {"series": f"{name}{{{LABELS}{more}}}", "values": values}


def requests(status, per_minute):
    values = f"0+{per_minute}x60"
    return series("portal_http_request_seconds_count", values, status=status, view="overview")


def late(values):
    """Of a thousand, after three days without one."""
    return [
        series("portal_organizations", "1000x900"),
        series("portal_organizations_late", f"0x432 {values}"),
    ]


def slow(seconds, share):
    """Of 100 requests a minute, `share` percent take longer than `seconds`."""
    return [
        series("portal_http_request_seconds_bucket", f"0+{100 - share}x60", le=seconds),
        series("portal_http_request_seconds_bucket", "0+100x60", le="+Inf"),
    ]


def proof_calls(needed, possible):
    names = ("portal_proof_calls_needed", "portal_proof_calls_possible")
    return [series(*pair) for pair in zip(names, (needed, possible), strict=True)]


def command(name, values):
    return series(f"portal_command_{name}", values, command="verify_disclosures")


def succeeded(at):
    return command("last_success_timestamp_seconds", at)


ORGANIZATIONS = [series("portal_organizations", "1000x60")]
SYNCED, RUNS = "portal_last_complete_sync_timestamp_seconds", "portal_sync_runs"
# What is scraped every ten minutes, after how long, and what fires then.
SLOW_CASES = [
    (late("200x12"), "73h10m", "PortalFreshnessBurnsFast"),
    (late("200x6 0x6"), "73h30m", ""),
    (late("100x12"), "73h10m", ""),
    (late("100x60"), "79h", "PortalFreshnessBurnsSlowly"),
    (late("20x400"), "120h", "PortalFreshnessBurnsSlowly"),
    (late("5x400"), "120h", ""),
]
# What is scraped every minute, after how long, and what fires then.
CASES = [
    ([series("up", "0x60")], "6m", "PortalUnreachable"),
    ([series("up", "1x60")], "60m", ""),
    ([series(SYNCED, "0x600")], "377m", "PortalSyncsFail"),
    ([series(SYNCED, "0x600")], "360m", ""),
    ([series(RUNS, "3x60", ending="failures")], "20m", "PortalSyncsFail"),
    ([series(RUNS, "3x60", ending="failures"), series(SYNCED, "0x60")], "20m", ""),
    ([series(RUNS, "3x60", ending="running")], "20m", ""),
    (
        [*ORGANIZATIONS, series("portal_answers_behind_an_error", "51x60")],
        "20m",
        "PortalAnswersBehindAnError",
    ),
    ([*ORGANIZATIONS, series("portal_answers_behind_an_error", "50x60")], "20m", ""),
    ([series("portal_answers_held", "1x60")], "5m", "PortalAnswersHeld"),
    ([series("portal_answers_held", "0x60")], "60m", ""),
    ([series("portal_mass_delinquencies", "1x60")], "5m", "PortalManyDelinquent"),
    ([series("portal_mass_delinquencies", "0x60")], "60m", ""),
    ([series("portal_credentials", "1x90", state="expired")], "61m", "PortalSessionsEnded"),
    ([series("portal_credentials", "1x90", state="refused")], "61m", "PortalSessionsEnded"),
    ([series("portal_credentials", "9x90", state="active")], "61m", ""),
    (proof_calls("101x90", "100x90"), "61m", "PortalProofsAtLimit"),
    (proof_calls("101x90", "100x50 200x40"), "61m", ""),
    (proof_calls("100x90", "100x90"), "61m", ""),
    ([requests("200", 90), requests("500", 2)], "30m", "PortalErrors"),
    ([requests("200", 900), requests("500", 2)], "30m", ""),
    ([requests("200", 90), requests("404", 90)], "30m", ""),
    ([requests("200", 2), requests("500", 0.3)], "30m", ""),
    (slow("0.5", 10), "30m", "PortalSlow"),
    (slow("0.3", 4), "30m", ""),
    ([series("portal_sign_in_pauses", "3x60")], "5m", "PortalSignInsPaused"),
    ([series("portal_sign_in_pauses", "2x60")], "5m", ""),
    ([succeeded("0x1600")], "1566m", "PortalLogNotVerified"),
    ([succeeded("0x1600")], "1560m", ""),
    ([command("exit_code", "1x60")], "5m", "PortalCommandFails PortalLogNotVerified"),
    ([command("exit_code", "1x60"), succeeded("0x60")], "5m", "PortalCommandFails"),
    ([command("exit_code", "0x60")], "60m", ""),
    ([command("overdue", "1x60")], "5m", "PortalCommandOverdue"),
    ([command("overdue", "0x60")], "60m", ""),
    ([series("portal_command_exit_code", "1x60", command="sync_customers")], "60m", ""),
]


def test_promtool_reads_the_rules(promtool):
    ran = promtool("check", "rules", RULES)

    assert ran.returncode == 0, ran.stderr + ran.stdout


def test_each_alert_fires_when_it_should_and_at_no_other_time(promtool, tmp_path):
    files = [
        _file(tmp_path / "slow.yml", "10m", SLOW_CASES),
        _file(tmp_path / "quick.yml", "1m", CASES),
    ]

    ran = promtool("test", "rules", *files)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert {name for *_, fires in SLOW_CASES + CASES for name in fires.split()} == set(ALERTS)


def _file(path, interval, cases):
    """JSON is YAML, too."""
    tests = [_case(interval, *case) for case in cases]
    rules = {"rule_files": [str(RULES)], "evaluation_interval": interval, "tests": tests}
    path.write_text(json.dumps(rules))
    return path


def _case(interval, scraped, after, fires):
    firing = [{"labels": f'{{alertname="{name}"}}', "value": 1} for name in fires.split()]
    return {
        "interval": interval,
        "input_series": scraped,
        "promql_expr_test": [
            {
                "expr": 'sum by (alertname) (ALERTS{alertstate="firing"})',
                "eval_time": after,
                "exp_samples": firing,
            }
        ],
    }


@pytest.fixture
def scraped(db, settings, signed_in_ana):
    """The lines of /metrics of a portal in which everything has happened once."""
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    Customer.objects.create(organization=make_organization("org"), checked_at=now, asked_at=now)
    SyncRun.objects.create(started_at=ago(5), ended_at=now, ending="complete")
    CommandRun.objects.create(
        command="verify_disclosures", began_at=ago(5), ended_at=now, exit_code=0
    )
    Client().get("/healthz")
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    return answer.content.decode()


def test_the_rules_name_only_what_metrics_has(scraped):
    names = set(re.findall(r"^(portal_\w+?)(?:\{.*\})? ", scraped, re.MULTILINE))
    used = set(re.findall(r"(?<!record: )\bportal_\w+", TEXT))

    assert used <= names
    assert len(used) > 10
    assert "portal_http_request_seconds_bucket" in used


def test_the_rules_select_only_values_that_metrics_has(scraped):
    selectors = re.findall(r'(\w+)=~?"([\w|]+)"', TEXT.replace('up{job="billing-portal"}', ""))

    for label, values in selectors:
        for value in values.split("|"):
            assert f'{label}="{value}"' in scraped, f"{label}={value}"
    assert {label for label, _ in selectors} == {"ending", "state", "command"}


def test_the_operators_page_says_what_to_do_for_each():
    page = (PROJECT / "docs/operations.md").read_text()

    assert set(re.findall(r"^\*\*`(Portal\w+)`\*\*", page, re.MULTILINE)) == set(ALERTS)
