"""A program that asks the API with a token, within this process."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

API = "/api/v1"
JSON_TYPE = "application/json"


@dataclass
class Program:
    token: str = ""
    client: Client = field(default_factory=Client)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(f"{API}{path}", headers=self._signed(headers))

    def post(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.client.post(
            f"{API}{path}", body, content_type=JSON_TYPE, headers=self._signed(headers)
        )

    def data(self, path: str) -> Any:
        """The answer, which has to be one."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def _signed(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"Authorization": f"Bearer {self.token}", **named} if self.token else named
