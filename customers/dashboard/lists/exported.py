"""Send rows of a list, or other lines, as a file."""

import re
from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone

from customers.dashboard.site import StaffRequest
from customers.models import Customer
from customers.services.lists.export import export

# The content type of each format of an export, and how its file's name ends.
_KINDS_OF_FILES = {
    "csv": ("text/csv", ".csv"),
    "excel": ("text/csv", "-excel.csv"),
    "jsonl": ("application/x-ndjson", ".jsonl"),
}


def exported(
    request: StaffRequest, customers: QuerySet[Customer], worklist: str
) -> StreamingHttpResponse:
    name = re.sub(r"[^a-z-]", "", worklist) or "organizations"
    return file_of(
        request, name, lambda format_: export(request.user, customers, format_, "export")
    )


def file_of(
    request: StaffRequest, name: str, lines: Callable[[str], Iterator[str]]
) -> StreamingHttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    asked = given.get("format", "")
    format_ = asked if asked in _KINDS_OF_FILES else "csv"
    kind, ending = _KINDS_OF_FILES[format_]
    return StreamingHttpResponse(
        lines(format_),
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{timezone.localdate()}{ending}"'
        },
    )
