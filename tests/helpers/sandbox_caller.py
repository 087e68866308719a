"""A signed-in user who calls the sandbox's documented routes."""

from typing import Any
from urllib.parse import quote

import requests

from tests.helpers.sandbox_process import SandboxProcess

PATIENCE = 10


class Caller:
    def __init__(self, sandbox: SandboxProcess, username: str) -> None:
        self._url = sandbox.url
        self.headers = sandbox.headers(username)

    def get(self, path: str, **options: Any) -> requests.Response:
        """On a connection of its own, without following redirects."""
        return self.request("GET", path, **options)

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        usual: dict[str, Any] = {
            "headers": self.headers,
            "timeout": PATIENCE,
            "allow_redirects": False,
        }
        return requests.request(method, f"{self._url}/v2/{path}", **(usual | options))

    def customer(self, org_id: str, **options: Any) -> requests.Response:
        return self.get(f"org/{quote(org_id, safe='')}/customer", **options)
