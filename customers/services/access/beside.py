"""Whether there is more to read about an organization than its answer. Asked with the answer: most
organizations have no changes, notes, mentions or doubles, and cost no query for them then."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from customers.models import Customer

_OF = "organization_id = customers_customer.organization_id"
_SAME_CARD = "other.fingerprint_hash = NULLIF(customers_customer.fingerprint_hash, '')"
_SAME_CUSTOMER = "other.customer_id = NULLIF(customers_customer.customer_id, '')"
_SQL = {
    "has_changes": f"SELECT 1 FROM customers_change WHERE {_OF}",
    "has_notes": f"SELECT 1 FROM customers_note WHERE {_OF}",
    "has_mentions": f"SELECT 1 FROM customers_mention WHERE {_OF} AND user_id = %s"
    " AND seen_at IS NULL",
    "has_doubles": f"SELECT 1 FROM customers_customer AS other WHERE NOT other.{_OF}"
    f" AND ({_SAME_CARD} OR {_SAME_CUSTOMER})",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """True means there may be some; the query that reads them decides what the user may see."""

    has_changes: bool
    has_notes: bool
    has_mentions: bool  # of this user, unseen
    has_doubles: bool  # others with the same card or Stripe customer


def beside(customer: Customer) -> Beside:
    """`customer` is what visible_customer gave; any other row may have everything."""
    return Beside(*(getattr(customer, name, True) for name in _SQL))


def asking_beside(user: AbstractBaseUser) -> dict[str, RawSQL]:
    return {
        name: RawSQL(f"EXISTS ({sql})", (user.pk,) * sql.count("%s"), BooleanField())
        for name, sql in _SQL.items()
    }
