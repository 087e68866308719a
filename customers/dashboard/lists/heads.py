"""The head of a table of organizations: its columns, each with how it is sorted by."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customers.dashboard.lists.list_query import changed
from customers.services.lists.columns import Column


@dataclass(frozen=True, slots=True)
class Head:
    label: str
    css: str  # the classes of its cells
    width: str  # the class of its <col>
    url: str  # what sorts by it, or ""
    aria_sort: str


def name_head(sort: str, query: QueryDict) -> Head:
    return _head(_("Organization"), "", "", "name", sort, query)


def heads(columns: list[tuple[Column, int]], sort: str, query: QueryDict) -> list[Head]:
    return [
        _head(
            capfirst(str(column.label)),
            css_of(column, room),
            f"w-{'fact' if column.fact else column.name} from-{room}",
            column.sort,
            sort,
            query,
        )
        for column, room in columns
    ]


def css_of(column: Column, room: int) -> str:
    kind = "fact" if column.fact else column.name
    return f"c-{kind} from-{room}"


def _head(label: str, css: str, width: str, by: str, sort: str, query: QueryDict) -> Head:
    """A second click sorts the other way round."""
    is_current = bool(by) and sort.removeprefix("-") == by.removeprefix("-")
    other = by.removeprefix("-") if by.startswith("-") else f"-{by}"
    url = changed(query, sort=other if sort == by else by) if by else ""
    direction = "descending" if sort.startswith("-") else "ascending"
    return Head(label, css, width, url, direction if is_current else "")
