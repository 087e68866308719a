"""What a list says of saved views: the rail's section, the view it was opened from, its menu."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.dashboard.lists.rail import RailGroup, RailLink
from customers.dashboard.saved_views.refusal_words import refusal_words
from customers.dashboard.saved_views.view_urls import named_columns, named_view
from customers.models import SavedView
from customers.services.lists.columns import DEFAULT
from customers.services.lists.counts import WorklistCounts
from customers.services.lists.list_parameters import parameters_of, stored_list
from customers.services.lists.listing import Listed
from customers.services.saved_views.refusals import why_private
from customers.services.saved_views.view_counts import view_counts
from customers.services.saved_views.visible_views import (
    RailViews,
    columns_of_view,
    may_change,
    may_delete,
    owner_of,
    rail_views,
)
from customers.services.wording.formats import capped_words
from customers.services.wording.isolation import isolated


@dataclass(frozen=True, slots=True)
class BesideList:
    seen: RailViews
    opened: SavedView | None
    is_gone: bool  # the URL names a view that the user does not see
    differs: bool  # the list is not any more as the opened view keeps it
    columns: tuple[str, ...]  # those that the list shows
    query: str  # what a form sends to keep this list
    is_narrow: bool  # whether it differs from what everybody finds at /orgs/
    stays_private: str  # why it cannot be shared, or ""
    opened_stays_private: str  # the same of the list that the opened view keeps
    may_change: bool
    may_delete: bool

    @property
    def shared_by(self) -> str:
        return shared_by_words(self.opened) if self.opened and not self.may_change else ""


def beside_list(
    user: User, query: QueryDict, listed: Listed, usual_columns: tuple[str, ...]
) -> BesideList:
    key = named_view(query)
    seen = rail_views(user, key)
    opened = seen.opened
    kept_columns = (columns_of_view(opened) if opened else ()) or usual_columns
    columns = named_columns(query) or kept_columns
    parameters = parameters_of(listed)
    kept_list = stored_list(opened.parameters) if opened else listed
    return BesideList(
        seen=seen,
        opened=opened,
        is_gone=key is not None and opened is None,
        differs=parameters != parameters_of(kept_list) or columns != kept_columns,
        columns=columns,
        query=urlencode(parameters),
        is_narrow=bool(parameters) or columns != DEFAULT,
        stays_private=stays_private_words(listed),
        opened_stays_private=stays_private_words(kept_list),
        may_change=opened is not None and may_change(user, opened),
        may_delete=opened is not None and may_delete(user, opened),
    )


def rail_of_views(
    user: User, beside: BesideList, counted: WorklistCounts, shown: tuple[int, bool] | None
) -> list[RailGroup]:
    if not beside.seen.views:
        return []
    counts = view_counts(user, beside.seen.views, counted.counts).counts
    links = list(_links(user, beside, counts, shown))
    label = _("All saved views") if beside.seen.has_more else _("Manage views")
    links.append(RailLink(label, "more", reverse("saved_views"), "", is_current=False))
    return [RailGroup(_("Saved views"), links)]


def stays_private_words(listed: Listed) -> str:
    why = why_private(listed)
    return refusal_words(why) if why else ""


def _links(
    user: User,
    beside: BesideList,
    counts: Mapping[int, tuple[int, int]],
    shown: tuple[int, bool] | None,
) -> Iterator[RailLink]:
    opened = beside.opened
    for view in beside.seen.views:
        is_current = opened is not None and view.pk == opened.pk
        count = capped_words(*counts[view.pk]) if view.pk in counts else ""
        if is_current and shown and not beside.differs:
            number, is_capped = shown
            count = capped_words(number + is_capped, number)
        hint = "" if view.owner_id == user.pk else shared_by_words(view)
        url = view.get_absolute_url()
        yield RailLink(view.name, "bookmark", url, count, is_current, hint)


def shared_by_words(view: SavedView) -> str:
    owner = owner_of(view)
    name = isolated(owner.get_username()) if owner else _("a former user")
    return _("Shared by %(name)s") % {"name": name}
