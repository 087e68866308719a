"""The routes under /sandbox/, which inspect and change a running sandbox."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote

from sandbox.answers import Answer, json_answer
from sandbox.faults.switchboard import read_faults
from sandbox.parameters import FaultError, is_number
from sandbox.state import SandboxState
from sandbox.world.world import new_organization

PREFIX = "/sandbox"
ORGANIZATIONS_CSV = "organizations.csv"
_FURTHEST = 86_400  # seconds


class ControlError(Exception):
    """The message is a sentence for the caller, the status a 4xx."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    body: bytes
    org_id: str
    query: dict[str, list[str]]

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError as exc:
            raise ControlError(f"The body is not JSON: {exc}.") from exc

    def json_object(self) -> dict[str, Any]:
        value = self.json()
        if not isinstance(value, dict):
            raise ControlError("The body must be a JSON object.")
        return value


class Control(NamedTuple):
    run: Callable[[SandboxState, Asked], Answer]
    help: str


def control_answer(state: SandboxState, method: str, raw_path: str, body: bytes) -> Answer:
    """Every mistake in a request is a 4xx with a sentence."""
    path, _, query = raw_path.partition("?")
    shape, org_id = _shape_of(path)
    try:
        control = _control_of(method, shape)
        return control.run(state, Asked(body, org_id, parse_qs(query)))
    except ControlError as exc:
        return json_answer({"error": str(exc)}, exc.status)
    except FaultError as exc:
        return json_answer({"error": str(exc)}, 400)


def controls_as_text() -> str:
    lines = [
        f"  {method:6} {PREFIX}/{shape:23} {c.help}" for (method, shape), c in CONTROLS.items()
    ]
    csv_help = "the same list as --organizations-csv"
    return "\n".join([*lines, f"  {'GET':6} {PREFIX}/{ORGANIZATIONS_CSV:23} {csv_help}"])


def _shape_of(path: str) -> tuple[str, str]:
    segments = path.removeprefix(PREFIX).strip("/").split("/")
    if len(segments) == 1 or segments[0] != "orgs":
        return "/".join(segments), ""
    org_id = unquote(segments[1])
    return "/".join(["orgs", "{orgId}", *segments[2:]]), org_id


def _control_of(method: str, shape: str) -> Control:
    control = CONTROLS.get((method, shape))
    if control is not None:
        return control
    others = [known for known, known_shape in CONTROLS if known_shape == shape]
    if others:
        raise ControlError(f"Use {' or '.join(others)} here, not {method}.", 405)
    raise ControlError(
        f"There is no control route {PREFIX}/{shape}. GET {PREFIX}/ lists them.", 404
    )


def _welcome(_state: SandboxState, _asked: Asked) -> Answer:
    text = "This is a sandbox of the Catalyze API. All its data is made up.\n\nControl routes:\n"
    return Answer(200, f"{text}{controls_as_text()}\n".encode(), "text/plain")


def _users(state: SandboxState, _asked: Asked) -> Answer:
    users = [
        {"username": user.username, "password": user.password, "usersId": user.users_id}
        for user in state.people.users.values()
    ]
    return json_answer({"apiKey": state.people.api_key, "users": users})


def _counts(state: SandboxState, asked: Asked) -> Answer:
    return json_answer(state.counts.report(asked.query.get("org", [None])[0]))


def _reset(state: SandboxState, _asked: Asked) -> Answer:
    state.reset()
    return json_answer({})


def _put_org(state: SandboxState, asked: Asked) -> Answer:
    changes = asked.json_object()
    unknown = changes.keys() - {"name", "description", "payment"}
    if unknown:
        raise ControlError(f'An org has no "{min(unknown)}": send name, description, payment.')
    for text in ("name", "description"):
        if not isinstance(changes.get(text, ""), str):
            raise ControlError(f'The "{text}" of an org is text.')
    if "payment" in changes:
        changes["payment"] = _usernames(state, changes["payment"])
    known = state.world.find(asked.org_id) or new_organization(asked.org_id)
    state.world.put(replace(known, **changes))
    return json_answer({})


def _usernames(state: SandboxState, value: object) -> frozenset[str]:
    usernames = tuple(state.people.users)
    if not isinstance(value, list) or any(name not in usernames for name in value):
        raise ControlError(f'"payment" is a list of user names out of {", ".join(usernames)}.')
    return frozenset(value)


def _put_customer(state: SandboxState, asked: Asked) -> Answer:
    state.world.put_customer(asked.org_id, asked.body)
    return json_answer({})


def _delete_customer(state: SandboxState, asked: Asked) -> Answer:
    _must_exist(state, asked.org_id)
    state.world.put_customer(asked.org_id, None)
    return json_answer({})


def _delete_org(state: SandboxState, asked: Asked) -> Answer:
    _must_exist(state, asked.org_id)
    state.world.delete(asked.org_id)
    return json_answer({})


def _must_exist(state: SandboxState, org_id: str) -> None:
    if state.world.find(org_id) is None:
        raise ControlError(f'There is no org "{org_id}".', 404)


def _faults(state: SandboxState, _asked: Asked) -> Answer:
    return json_answer([fault.described() for fault in state.faults.faults])


def _put_faults(state: SandboxState, asked: Asked) -> Answer:
    state.faults.replace(read_faults(asked.json()))
    return json_answer({})


def _delete_faults(state: SandboxState, _asked: Asked) -> Answer:
    state.faults.replace([])
    return json_answer({})


def _put_latency(state: SandboxState, asked: Asked) -> Answer:
    seconds = asked.json_object().get("seconds")
    if not is_number(seconds) or seconds < 0:
        raise ControlError('Send {"seconds": 0.05}, or 0 for none.')
    state.latency = float(seconds)
    return json_answer({})


def _put_clock(state: SandboxState, asked: Asked) -> Answer:
    ahead = asked.json_object().get("ahead")
    if not is_number(ahead) or abs(ahead) > _FURTHEST:
        raise ControlError('Send {"ahead": -600}: seconds, at most a day.')
    state.clock_ahead = float(ahead)
    return json_answer({})


def _put_today(state: SandboxState, asked: Asked) -> Answer:
    day = asked.json_object().get("day")
    try:
        state.world.day = date.fromisoformat(str(day))
    except ValueError as exc:
        raise ControlError('Send {"day": "2015-03-31"}.') from exc
    return json_answer({})


def _expire(state: SandboxState, asked: Asked) -> Answer:
    username = asked.json_object().get("username") if asked.body else None
    if username is not None and username not in tuple(state.people.users):
        raise ControlError(f'There is no user "{username}".')
    return json_answer({"expired": state.people.expire(username)})


CONTROLS = {
    ("GET", ""): Control(_welcome, "this list"),
    ("GET", "users"): Control(_users, "the API key, user names and passwords"),
    ("GET", "counts"): Control(_counts, "calls by route and status; ?org=ID for one org"),
    ("POST", "reset"): Control(_reset, "back to the start; ends all sessions"),
    ("PUT", "orgs/{orgId}"): Control(
        _put_org, '{"name": "...", "description": "...", "payment": ["ana"]}'
    ),
    ("DELETE", "orgs/{orgId}"): Control(_delete_org, "the org is unknown from now on"),
    ("PUT", "orgs/{orgId}/customer"): Control(_put_customer, "the body is the new customer"),
    ("DELETE", "orgs/{orgId}/customer"): Control(_delete_customer, "the org is not set up"),
    ("GET", "faults"): Control(_faults, "the faults that are set"),
    ("PUT", "faults"): Control(_put_faults, '[{"kind": "503", "share": 0.5, "times": 3}]'),
    ("DELETE", "faults"): Control(_delete_faults, "no faults from now on"),
    ("PUT", "latency"): Control(_put_latency, '{"seconds": 0.05} before every answer'),
    ("PUT", "clock"): Control(_put_clock, '{"ahead": -600}: seconds in the Date of every answer'),
    ("PUT", "today"): Control(_put_today, '{"day": "2015-03-31"}: customers as on that day'),
    ("POST", "sessions/expire"): Control(_expire, 'all, or {"username": "ana"}'),
}
