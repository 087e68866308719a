"""A sandbox in a process of its own."""

import csv
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import requests

PROJECT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"listening on (http://\S+)")
PATIENCE = 30


class SandboxProcess:
    """`SandboxProcess("--seed", "7")` listens on a free port until `stop()`; also a context
    manager. Its customers are the odd ones unless an ordinary desk is wanted."""

    def __init__(self, *options: str, is_odd: bool = True) -> None:
        kind = ("--odd",) if is_odd else ()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--port", "0", *kind, *options],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        announced = ADDRESS.search(self._process.stdout.readline())
        if announced is None:
            self.stop()
            raise RuntimeError(f"The sandbox did not start; it ended with {self.returncode}.")
        self.url = announced[1]
        self._http = requests.Session()
        self._http.trust_env = False
        self._users: dict[str, Any] | None = None

    def __enter__(self) -> "SandboxProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def returncode(self) -> int | None:
        return self._process.returncode

    @property
    def api_key(self) -> str:
        key: str = self._described_users()["apiKey"]
        return key

    def users(self) -> dict[str, dict[str, str]]:
        """User name, password and usersId by user name."""
        return {user["username"]: user for user in self._described_users()["users"]}

    def sign_in(self, username: str = "ana") -> str:
        """Returns a new session token."""
        asked = {"username": username, "password": self.users()[username]["password"]}
        answer = self._http.post(
            f"{self.url}/v2/auth/signin",
            json=asked,
            headers={"X-Api-Key": self.api_key},
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        token: str = answer.json()["sessionToken"]
        return token

    def headers(self, username: str = "ana") -> dict[str, str]:
        """The headers of a call in a new session."""
        return {"X-Api-Key": self.api_key, "Authorization": f"Bearer {self.sign_in(username)}"}

    def organizations(self) -> list[dict[str, str]]:
        text = self.control("GET", "organizations.csv").content.decode()
        return list(csv.DictReader(text.splitlines()))

    def org_id(self, name: str) -> str:
        """The id of an organization by name, such as "Bingo"."""
        return next(org["org_id"] for org in self.organizations() if org["name"] == name)

    def set_fault(self, kind: str, **parameters: Any) -> None:
        """Replace all faults by one, such as `set_fault("503", times=2, retry_after=1)`."""
        self.set_faults({"kind": kind, **parameters})

    def set_faults(self, *faults: dict[str, Any]) -> None:
        self.control("PUT", "faults", json=list(faults))

    def clear_faults(self) -> None:
        self.control("DELETE", "faults")

    def set_latency(self, seconds: float) -> None:
        self.control("PUT", "latency", json={"seconds": seconds})

    def set_clock(self, ahead: float) -> None:
        self.control("PUT", "clock", json={"ahead": ahead})

    def put_org(self, org_id: str, **changes: Any) -> None:
        """Create or change: `name`, `description`, `payment` (user names)."""
        self.control("PUT", f"orgs/{quote(org_id, safe='')}", json=changes)

    def delete_org(self, org_id: str) -> None:
        self.control("DELETE", f"orgs/{quote(org_id, safe='')}")

    def put_customer(self, org_id: str, customer: bytes | object) -> None:
        """Bytes are served as they are, other values as JSON; creates unknown organizations."""
        body = customer if isinstance(customer, bytes) else json.dumps(customer).encode()
        self.control("PUT", f"orgs/{quote(org_id, safe='')}/customer", data=body)

    def delete_customer(self, org_id: str) -> None:
        """Makes the organization "not set up"."""
        self.control("DELETE", f"orgs/{quote(org_id, safe='')}/customer")

    def counts(self, org_id: str | None = None) -> dict[str, Any]:
        query = {} if org_id is None else {"org": org_id}
        counts: dict[str, Any] = self.control("GET", "counts", params=query).json()
        return counts

    def reset(self) -> None:
        self.control("POST", "reset")

    def expire_sessions(self, username: str | None = None) -> None:
        asked = {} if username is None else {"username": username}
        self.control("POST", "sessions/expire", json=asked)

    def control(self, method: str, path: str, **options: Any) -> requests.Response:
        """Call a control route; raises with the sandbox's explanation if it is refused."""
        answer = self._http.request(
            method, f"{self.url}/sandbox/{path}", timeout=PATIENCE, **options
        )
        if not answer.ok:
            raise ValueError(answer.json()["error"])
        return answer

    def stop(self) -> int:
        """Send SIGTERM, and return the exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        returncode = self._process.wait(timeout=PATIENCE)
        if self._process.stdout is not None:
            self._process.stdout.close()
        return returncode

    def _described_users(self) -> dict[str, Any]:
        if self._users is None:
            self._users = self.control("GET", "users").json()
        return self._users
