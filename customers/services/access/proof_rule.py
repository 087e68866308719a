"""Who may see what, as query conditions on proofs. Permission lists count only with
ACCESS_PROOFS=listed. In SQL, because Django builds such a subquery more slowly than it runs."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, DateTimeField, Field, Func
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

_MARKER = re.compile(r"%\((\w+)\)s")

_PROOF = "customers_access AS proof WHERE proof.user_id = %(user)s AND proof.organization_id = {of}"
# Within ACCESS_PROOF_TTL, and by the present credentials: without credentials, nothing is valid.
_PRESENT = "SELECT proves_since FROM customers_credentials AS present WHERE user_id = %(user)s"
_IS_VALID = f"proof.{{column}} >= %(oldest)s AND proof.{{column}} >= ({_PRESENT})"
_PROVED, _SENT = (_IS_VALID.format(column=column) for column in ("proved_at", "customer_sent_at"))
_GRANTED = f"{_PROOF} AND proof.state = 'granted' AND {_PROVED}"
# A customer is shown only to users who were sent one; "not set up" needs any kind of grant.
_SHOWS = f"EXISTS (SELECT 1 FROM {_GRANTED} AND (NOT {{is_set_up}} OR {_SENT}))"
_SHOWS_PAST = f"EXISTS (SELECT 1 FROM {_GRANTED} AND {_SENT})"
_LOOKED_AT = (
    "(SELECT look.looked_at FROM customers_lastviewed AS look"
    " WHERE look.user_id = %(user)s AND look.organization_id = {of})"
)
_SENT_AT = f"(SELECT proof.customer_sent_at FROM {_PROOF} AND {_SENT})"

# Who is named must be certain: by a usersId that Catalyze returned for a session that has worked
# within ACCESS_PROOF_TTL.
_IS_KNOWN = "present.users_id_returned_at IS NOT NULL"
_HAS_WORKED = "present.proved_at >= %(oldest)s"
# What Catalyze said to the user's own credentials beats any list, until they are granted again.
_IS_REFUSED = (
    "EXISTS (SELECT 1 FROM customers_access AS refusal WHERE refusal.user_id = %(user)s"
    " AND refusal.organization_id = {of} AND refusal.state <> 'granted'"
    f" AND refusal.proved_at >= ({_PRESENT}))"
)
_NAMED = (
    "customers_listeduser AS named JOIN customers_permissionlist AS list"
    " ON list.organization_id = named.organization_id"
    " WHERE named.user_id = %(user)s AND named.organization_id = {of}"
    " AND list.asked_at >= %(oldest)s"
    f" AND list.asked_at >= ({_PRESENT} AND {_IS_KNOWN} AND {_HAS_WORKED})"
    f" AND NOT {_IS_REFUSED}"
)
_LISTS = f"EXISTS (SELECT 1 FROM {_NAMED})"
_LISTS_SINCE = f"EXISTS (SELECT 1 FROM {_NAMED} AND named.since <= {{after}})"


def uses_lists() -> bool:
    """Whether permission lists prove, too."""
    return settings.ACCESS_PROOFS == "listed"


class _OfProof(Func):
    own: str
    by_list = ""  # what a permission list proves
    columns: Sequence[str] = ("of",)
    output_field: "Field[Any, Any]" = BooleanField()

    def __init__(self, user: AbstractBaseUser, *expressions: Combinable | str) -> None:
        super().__init__(*expressions)
        self._values = {
            "user": user.pk,
            "oldest": connection.ops.adapt_datetimefield_value(
                timezone.now() - settings.ACCESS_PROOF_TTL
            ),
        }

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        return self.sql_of(*(compiler.compile(each)[0] for each in self.get_source_expressions()))

    def sql_of(self, *columns: str) -> tuple[str, tuple[Any, ...]]:
        """The SQL, for columns given in SQL, and its parameters."""
        sql = self.own
        if self.by_list and uses_lists():
            sql = f"({self.own} OR {self.by_list})"
        sql = sql.format(**dict(zip(self.columns, columns, strict=True)))
        return _MARKER.sub("%s", sql), tuple(self._values[name] for name in _MARKER.findall(sql))


class ShowsByOwn(_OfProof):
    """Whether an own proof shows the stored answer about an organization, set up or not."""

    own, columns = _SHOWS, ("of", "is_set_up")


class Shows(ShowsByOwn):
    by_list = _LISTS


class Lists(_OfProof):
    own, by_list = "FALSE", _LISTS


class ShowsPast(_OfProof):
    """Whether all changes are shown too: the user was sent a customer within ACCESS_PROOF_TTL."""

    own = _SHOWS_PAST


class ShowsSomePast(ShowsPast):
    """Whether any changes may be shown, now or later."""

    by_list = _LISTS


class ShowsChange(_OfProof):
    """Whether a change is shown: a list shows those between two answers since it proves."""

    own, by_list, columns = _SHOWS_PAST, _LISTS_SINCE, ("of", "after")


class SentAt(_OfProof):
    """When the user was sent a customer, if within ACCESS_PROOF_TTL."""

    own, output_field = _SENT_AT, DateTimeField(null=True)


class LookedAt(_OfProof):
    """When the answer that the user last saw arrived, whatever their proof."""

    own, output_field = _LOOKED_AT, DateTimeField(null=True)
