"""The rule of who may see what, as query conditions on a user's proofs of access.
Written in SQL: Django builds such a subquery more slowly than a database runs it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, DateTimeField, Func
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

_PROOF = "customers_access AS proof WHERE proof.user_id = %s AND proof.organization_id = {of}"
# Within ACCESS_PROOF_TTL, and by the present credentials: without credentials, nothing is valid.
_PRESENT = "(SELECT proves_since FROM customers_credentials AS present WHERE present.user_id = %s)"
_IS_VALID = f"proof.{{column}} >= %s AND proof.{{column}} >= {_PRESENT}"
_PROVED, _SENT = (_IS_VALID.format(column=column) for column in ("proved_at", "customer_sent_at"))
_GRANTED = f"{_PROOF} AND proof.state = 'granted' AND {_PROVED}"
# A customer is shown only to users who were sent one; "not set up" needs any kind of grant.
_SHOWS = f"EXISTS (SELECT 1 FROM {_GRANTED} AND (NOT {{is_set_up}} OR {_SENT}))"
_SHOWS_PAST = f"EXISTS (SELECT 1 FROM {_GRANTED} AND {_SENT})"
_LOOKED_AT = (
    "(SELECT look.looked_at FROM customers_lastviewed AS look"
    " WHERE look.user_id = %s AND look.organization_id = {of})"
)
_SENT_AT = f"(SELECT proof.customer_sent_at FROM {_PROOF} AND {_SENT})"


class _OfProof(Func):
    sql: str
    columns: Sequence[str]

    def __init__(self, user: AbstractBaseUser, *expressions: Combinable | str) -> None:
        super().__init__(*expressions)
        self._user_id = user.pk
        self._oldest = timezone.now() - settings.ACCESS_PROOF_TTL

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        return self.sql_of(*(compiler.compile(each)[0] for each in self.get_source_expressions()))

    def sql_of(self, *columns: str) -> tuple[str, tuple[Any, ...]]:
        """The SQL, for columns given in SQL, and its parameters."""
        sql = self.sql.format(**dict(zip(self.columns, columns, strict=True)))
        oldest = connection.ops.adapt_datetimefield_value(self._oldest)
        return sql, (self._user_id, *(oldest, self._user_id) * sql.count(_PRESENT))


class Shows(_OfProof):
    """Whether the proof shows the stored answer about an organization, which is set up or not."""

    sql, columns, output_field = _SHOWS, ("of", "is_set_up"), BooleanField()


class ShowsPast(_OfProof):
    """Whether it also shows all changes: the user was sent a customer within ACCESS_PROOF_TTL."""

    sql, columns, output_field = _SHOWS_PAST, ("of",), BooleanField()


class SentAt(_OfProof):
    """When the user was sent a customer, if within ACCESS_PROOF_TTL."""

    sql, columns, output_field = _SENT_AT, ("of",), DateTimeField(null=True)


class LookedAt(_OfProof):
    """When the answer that the user last saw arrived, whatever their proof."""

    sql, columns, output_field = _LOOKED_AT, ("of",), DateTimeField(null=True)
