"""The organizations that have been delinquent longest, which a report names."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F

from customers.database.capped_counts import COUNT_CAP
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.access.visible import customers_shown_to, with_visible_past

MOST_NAMED = 10


def longest_delinquent(user: AbstractBaseUser) -> list[Customer]:
    """In an order that is up to a minute old; each is delinquent and visible now."""
    keys: list[int] = kept(user, "longest", lambda: _keys(user)).figures
    rows = {row.pk: row for row in customers_shown_to(user, keys).filter(delinquent=True)}
    return [rows[key] for key in keys if key in rows]


def _keys(user: AbstractBaseUser) -> list[int]:
    """From no more rows than are counted of any list."""
    delinquent = with_visible_past(user).filter(delinquent=True)
    some = delinquent.order_by("folded_name", "pk").values("pk")[:COUNT_CAP]
    rows = Customer.objects.filter(pk__in=some)
    in_order = rows.order_by(F("delinquent_seen_at").asc(nulls_first=True), "pk")
    return list(in_order.values_list("pk", flat=True)[:MOST_NAMED])
