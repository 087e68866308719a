"""oidc-provider-mock as a process of its own: a provider that somebody else wrote."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_STARTS_WITHIN = 30  # seconds


class MockProvider:
    def __init__(self, url: str) -> None:
        self.issuer = url

    def add_user(self, subject: str, **claims: Any) -> None:
        self._send("PUT", f"/users/{subject}", claims)

    def revoke(self, subject: str) -> None:
        self._send("POST", f"/users/{subject}/revoke-tokens", {})

    def _send(self, method: str, path: str, body: dict[str, Any]) -> None:
        headers = {"Content-Type": "application/json"}
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.issuer + path, data, headers, method=method)
        urllib.request.urlopen(request, timeout=5).close()


@contextmanager
def mock_provider(port: int) -> Iterator[MockProvider]:
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            provider = MockProvider(f"http://127.0.0.1:{port}")
            _wait_for(provider)
            yield provider
        finally:
            process.terminate()


def _wait_for(provider: MockProvider) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while True:
        try:
            provider.add_user("nobody")
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
