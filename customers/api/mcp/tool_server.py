"""The MCP server: which tools it has, and how one is called."""

from collections.abc import Callable
from inspect import getdoc
from typing import Any, cast

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django_mcpz.server import MCPServer, ToolError
from msgspec import Struct

from customers.api.answers.asked import Asked
from customers.api.answers.envelope import Answer
from customers.api.authorization import ProgramRequest
from customers.api.mcp import tool_parameters, tools
from customers.api.mcp.admission import admit
from customers.api.mcp.instructions import INSTRUCTIONS
from customers.api.mcp.untrusted import marked
from customers.api.problem import Problem
from customers.models import Disclosure

_Tool = Callable[[Asked, Any], Answer]
TOOLS: tuple[tuple[_Tool, type[Struct]], ...] = (
    (tools.find_organization, tool_parameters.FindOrganization),
    (tools.show_organization, tool_parameters.ShowOrganization),
    (tools.organization_history, tool_parameters.OrganizationHistory),
    (tools.list_worklist, tool_parameters.ListWorklist),
    (tools.list_changes, tool_parameters.ListChanges),
    (tools.suggest_reply, tool_parameters.SuggestReply),
    (tools.check_organization, tool_parameters.CheckOrganization),
    (tools.who_am_i, tool_parameters.Nothing),
)
_MCP = Disclosure.Where.MCP.value
_BUSY = "busy: The database is busy or away; try again in a few seconds."


def served(tool: _Tool) -> Callable[[HttpRequest, Any], Answer]:
    def call(request: HttpRequest, wanted: Any) -> Answer:
        asked = Asked(cast("ProgramRequest", request).auth.caller, _MCP)
        try:
            with asked.answering():
                return marked(tool(asked, wanted))
        except Problem as problem:
            raise ToolError(str(problem)) from problem
        except (OperationalError, InterfaceError) as exc:
            raise ToolError(_BUSY) from exc

    return call


def _server() -> MCPServer:
    server = MCPServer(
        name="billing-portal",
        title="Billing portal",
        version=settings.VERSION,
        instructions=INSTRUCTIONS,
        auth=admit,
    )
    for tool, wanted in TOOLS:
        offer = server.tool(
            name=tool.__name__,
            description=" ".join((getdoc(tool) or "").split()),
            input_schema=wanted,
            read_only=True,
        )
        offer(served(tool))
    return server


SERVER = _server()
