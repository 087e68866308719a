"""An assistant that connects to /mcp with the official client, over real HTTP."""

import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import anyio
import httpx2
from django.test import Client as Browser
from mcp import Client, Tool
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

_Answer = TypeVar("_Answer")


class Assistant:
    """`mode` is "auto" for today's protocol, and "legacy" for those of 2025."""

    def __init__(self, url: str, token: str, mode: str = "auto") -> None:
        self._url = f"{url}/mcp"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._mode = mode

    def tools(self) -> list[Tool]:
        async def listed(client: Client) -> list[Tool]:
            return (await client.list_tools()).tools

        return self._connected(listed)

    def instructions(self) -> str:
        async def read(client: Client) -> str:
            return client.instructions or ""

        return self._connected(read)

    def call_all(self, *calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
        """The results of several calls over one connection."""

        async def called(client: Client) -> list[CallToolResult]:
            return [await client.call_tool(tool, arguments) for tool, arguments in calls]

        return self._connected(called)

    def ask(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """What the tool answers, which must not be an error."""
        (result,) = self.call_all((tool, arguments))
        assert not result.is_error, result.content
        return result.structured_content or {}

    def _connected(self, do: Callable[[Client], Awaitable[_Answer]]) -> _Answer:
        async def connect() -> _Answer:
            async with httpx2.AsyncClient(headers=self._headers, trust_env=False) as http:
                transport = streamable_http_client(self._url, http_client=http)
                async with Client(transport, mode=self._mode) as client:
                    return await do(client)

        return anyio.run(connect)


def refusal(assistant: Assistant) -> str:
    """What the client says when it cannot even connect."""
    try:
        assistant.tools()
    except BaseExceptionGroup as group:
        return str(_innermost(group))
    raise AssertionError("it connected")


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def error_of(result: CallToolResult) -> str:
    """What a tool says that cannot answer."""
    assert result.is_error
    assert result.structured_content is None
    return "".join(part.text for part in result.content if part.type == "text")


def post(browser: Browser, token: str, method: str = "tools/list", **params: Any) -> Any:
    """One message as the bytes of the protocol of March 2025, which needs no handshake."""
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return browser.post(
        "/mcp", json.dumps(message), content_type="application/json", headers=headers
    )


def unmarked(value: Any) -> Any:
    """An answer without the marks of untrusted texts."""
    if isinstance(value, dict):
        if value.keys() == {"untrusted"}:
            return value["untrusted"]
        return {key: unmarked(inner) for key, inner in value.items()}
    return [unmarked(inner) for inner in value] if isinstance(value, list) else value


def bare_texts(value: Any) -> list[str]:
    """The texts of an answer that are not marked."""
    if isinstance(value, dict):
        if value.keys() == {"untrusted"}:
            return []
        return [*value, *(text for inner in value.values() for text in bare_texts(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in bare_texts(inner)]
    return [value] if isinstance(value, str) else []
