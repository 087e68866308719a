"""The view at /mcp: streamable HTTP without sessions, one answer per request."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from customers.api.mcp.admission import too_deep, too_large
from customers.api.mcp.tool_server import SERVER

_MOST_BYTES = 256 * 1024  # a long ticket, escaped


@csrf_exempt  # browsers do not send bearer tokens by themselves
def mcp(request: HttpRequest) -> HttpResponse:
    if not settings.MCP:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > _MOST_BYTES:
        return too_large()
    try:
        return SERVER(request)
    except RecursionError:  # the library answers every other mistake in JSON
        return too_deep()
