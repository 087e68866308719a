"""`export_security_events`, and the options with which both logs are followed."""

import pytest

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from tests.helpers.commands import run
from tests.helpers.rows import ago

Code = SecurityEvent.Code


@pytest.fixture
def three_events(ana):
    """A day apart, the last one now."""
    for days in (2, 1, 0):
        event = record_event(Code.SIGNED_IN, user=ana)
        SecurityEvent.objects.filter(pk=event.pk).update(happened_at=ago(days * 24 * 60))


def codes(*arguments):
    ran = run("export_security_events", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return [line["code"] for line in ran.objects]


@pytest.mark.parametrize(
    ("since", "until", "count"), [(None, None, 3), (36, None, 2), (36, 12, 1), (None, 36, 1)]
)
def test_events_of_a_period_leave_oldest_first(three_events, since, until, count):
    given = [
        f"--{name}={ago(hours * 60):%Y-%m-%dT%H:%M:%S}+00:00"
        for name, hours in (("since", since), ("until", until))
        if hours
    ]

    found = codes(*given)

    # That it is exported is an event of its own.
    exported = [] if until else ["disclosure.export"]
    assert found == ["signin.succeeded"] * count + exported


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--after=3",), "--after needs --follow."),
        (("--state=state",), "--state needs --follow."),
        (("--follow", "--until=2026-11-01"), "--until does not go with --follow"),
        (("--follow", "--after=3", "--state=state"), "not allowed with argument --after"),
        (("--follow", "--after=3", "--since=2026-11-01"), "both say where to begin"),
        (("--follow", "--after=-1"), "is not a whole number"),
        (("--follow", "--every=0s"), "0s is no pause"),
        (("--follow", f"--after={10**12}"), "was exported, but the log ends with"),
    ],
)
@pytest.mark.parametrize("command", ["export_disclosures", "export_security_events"])
def test_options_that_do_not_go_together_are_refused(db, command, arguments, said):
    ran = run(command, *arguments)

    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


@pytest.mark.parametrize(
    "narrowed", ["--org=north", "--user=ana", "--format=csv"], ids=lambda text: text[2:]
)
def test_a_followed_disclosure_log_is_whole(db, narrowed):
    ran = run("export_disclosures", "--follow", narrowed)

    assert (ran.code, ran.out) == (1, "")
    assert "does not go with --follow" in ran.err


def test_a_state_that_cannot_be_used_is_said(db, tmp_path):
    state = tmp_path / "state"
    state.write_text("seven")

    for file, said in ((state, "does not hold a position"), (tmp_path / "no" / "state", "No such")):
        ran = run("export_disclosures", "--follow", f"--state={file}")

        assert (ran.code, ran.out) == (1, "")
        assert said in ran.err
