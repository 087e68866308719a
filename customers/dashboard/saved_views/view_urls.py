"""The URLs of saved views: `view` names the opened one, `columns` what replaces its own."""

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from django.http import QueryDict
from django.urls import reverse

from customers.dashboard.row_keys import row_key
from customers.models import SavedView
from customers.services.lists.columns import COLUMNS
from customers.services.lists.list_parameters import parameters_of, stored_list

_VIEW, _COLUMNS = "view", "columns"


def list_url(view: SavedView) -> str:
    """The list that the view holds, its parameters in the same order on every database."""
    parameters = parameters_of(stored_list(view.parameters))
    return f"{reverse('organizations')}?{urlencode({**parameters, _VIEW: view.pk})}"


def named_view(query: QueryDict) -> int | None:
    """The key of the view that the list was opened from; 0 if what the URL names cannot be one."""
    text = query.get(_VIEW, "")
    return row_key(text) if text else None


def named_columns(query: QueryDict) -> tuple[str, ...]:
    wanted = query.get(_COLUMNS, "").split(",")
    return tuple(column.name for column in COLUMNS if column.name in wanted)


def with_columns(url: str, columns: Iterable[str]) -> str:
    """The same list with these columns, or with its usual ones if there are none."""
    parts = urlsplit(url)
    query = QueryDict(parts.query, mutable=True)
    query.pop(_COLUMNS, None)
    if named := ",".join(columns):
        query[_COLUMNS] = named
    return parts._replace(query=query.urlencode(safe=",")).geturl()
