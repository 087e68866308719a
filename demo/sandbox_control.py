"""Ask the running sandbox for what is made up, and change what it says."""

import json
import urllib.request
from datetime import date
from typing import Any

from django.conf import settings


def organizations_csv() -> bytes:
    return _call("GET", "organizations.csv")


def api_key_and_passwords() -> tuple[str, dict[str, str]]:
    known = json.loads(_call("GET", "users"))
    return known["apiKey"], {user["username"]: user["password"] for user in known["users"]}


def set_day(day: date) -> None:
    """Let customers be as they are on a day."""
    _call("PUT", "today", {"day": day.isoformat()})


def set_faults(*faults: dict[str, Any]) -> None:
    _call("PUT", "faults", faults)


def _call(method: str, path: str, body: object = None) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    url = f"{settings.CATALYZE_BASE_URL}/sandbox/{path}"
    request = urllib.request.Request(url, data, method=method)
    with urllib.request.urlopen(request, timeout=10) as response:
        found: bytes = response.read()
    return found
