"""The page about the API: its description for people, with commands to try."""

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.api.document import openapi_document
from customers.api.problem import PROBLEMS
from customers.api.responses import PLAIN_JSON
from customers.api.v1 import api

# A file keeps the token out of the list of processes, which shows a command's arguments.
TOKEN_FILE = "portal-token"
KEEP_TOKEN = (
    f"(umask 077; read -rs TOKEN; printf 'Authorization: Bearer %s\\n' \"$TOKEN\" > {TOKEN_FILE})"
)
# What the examples ask for, where an address alone would be a poor example.
_QUERIES = {"organizations": "?worklist=delinquent&limit=200", "changes": "?since=week"}


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[tuple[str, str, list[str]]]  # name, description, choices
    command: str
    answer: str


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    base = request.build_absolute_uri("/api/v1")
    parts = {
        "base": base,
        "examples": list(examples(base)),
        "keep_token": KEEP_TOKEN,
        "token_file": TOKEN_FILE,
        "problems": [(status, type_, title) for type_, (status, title) in PROBLEMS.items()],
    }
    return render(request, "api/docs.html", parts)


def examples(base: str) -> Iterator[Example]:
    for path, methods in openapi_document(api)["paths"].items():
        for method, operation in methods.items():
            answer = operation["responses"]["200"]["content"][PLAIN_JSON].get("example")
            yield Example(
                operation["operationId"],
                method.upper(),
                path,
                operation["summary"],
                operation.get("description", ""),
                [_told(parameter) for parameter in operation["parameters"]],
                _command(base + path, operation),
                json.dumps(answer, indent=2, ensure_ascii=False) if answer else "",
            )


def _command(url: str, operation: dict[str, Any]) -> str:
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            url = url.replace(f"{{{parameter['name']}}}", parameter["example"])
    url += _QUERIES.get(operation["operationId"], "")
    command = ["curl", "--header", f"@{TOKEN_FILE}"]
    if "requestBody" in operation:
        body = operation["requestBody"]["content"][PLAIN_JSON]["example"]
        command += ["--header", f"Content-Type: {PLAIN_JSON}", "--data", json.dumps(body)]
    return shlex.join([*command, url])


def _told(parameter: dict[str, Any]) -> tuple[str, str, list[str]]:
    schema = parameter["schema"]
    choices = schema.get("enum") or schema.get("items", {}).get("enum", [])
    return parameter["name"], parameter["description"], choices
