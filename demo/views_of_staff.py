"""The saved views that Ana and Ben keep: one that is theirs alone, and some that they share."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from customers.services.lists.columns import DEFAULT
from customers.services.lists.listing import Listed
from customers.services.saved_views.saving import make_view
from customers.services.saved_views.visible_views import own_views

_WITH_FUNDING = ("state", "card", "funding", "renewal", "balance", "owner", "email")
# By user: name, list, columns, and whether it is shared.
_VIEWS = {
    "ana": (
        ("Late, nobody on it", Listed("delinquent", case="nobody", sort="renewal"), DEFAULT, True),
        (
            "Visa debit, late",
            Listed("delinquent", filters={"brand": "Visa", "funding": "debit"}, sort="-balance"),
            _WITH_FUNDING,
            False,
        ),
    ),
    "ben": (("Prepaid cards", Listed(filters={"funding": "prepaid"}), _WITH_FUNDING, True),),
}


def keep_views(users: Iterable[User]) -> None:
    """Once: who has views of their own keeps them."""
    for user in users:
        if not own_views(user):
            for name, listed, columns, is_shared in _VIEWS.get(user.get_username(), ()):
                make_view(user, name, listed, columns, is_shared=is_shared)
