"""The rule of who may see what, as conditions of a query: what the proofs of a user show.

It is SQL of our own, because a page asks it a dozen times, and Django takes longer to build such a
subquery than a database to answer it.
"""

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
# Within ACCESS_PROOF_TTL, and of the present credentials: without any, nothing is.
_PRESENT = "(SELECT proves_since FROM customers_credentials AS present WHERE present.user_id = %s)"
_IS_VALID = f"proof.{{column}} >= %s AND proof.{{column}} >= {_PRESENT}"
_PROVED, _SENT = (_IS_VALID.format(column=column) for column in ("proved_at", "customer_sent_at"))
_GRANTED = f"{_PROOF} AND proof.state = 'granted' AND {_PROVED}"
# A customer needs a proof that was sent to this user, "not set up" a grant of any kind.
_SHOWS = f"EXISTS (SELECT 1 FROM {_GRANTED} AND (NOT {{is_set_up}} OR {_SENT}))"
_SHOWS_PAST = f"EXISTS (SELECT 1 FROM {_GRANTED} AND {_SENT})"
_SENT_AT = f"(SELECT proof.customer_sent_at FROM {_PROOF} AND {_SENT})"


class _OfProof(Func):
    """Something that is asked of the proof of a user and an organization."""

    sql: str
    columns: Sequence[str]

    def __init__(self, user: AbstractBaseUser, *expressions: Combinable | str) -> None:
        super().__init__(*expressions)
        self._user_id = user.pk
        self._oldest = timezone.now() - settings.ACCESS_PROOF_TTL

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, _connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        return self.said_of(*(compiler.compile(each)[0] for each in self.get_source_expressions()))

    def said_of(self, *columns: str) -> tuple[str, tuple[Any, ...]]:
        """It in SQL, of columns in SQL, with its parameters."""
        sql = self.sql.format(**dict(zip(self.columns, columns, strict=True)))
        oldest = connection.ops.adapt_datetimefield_value(self._oldest)
        return sql, (self._user_id, *(oldest, self._user_id) * sql.count(_PRESENT))


class Shows(_OfProof):
    """Whether it shows the stored answer about an organization, which is set up or not."""

    sql, columns, output_field = _SHOWS, ("of", "is_set_up"), BooleanField()


class ShowsPast(_OfProof):
    """Whether it shows all changes, too: a customer was sent within the time."""

    sql, columns, output_field = _SHOWS_PAST, ("of",), BooleanField()


class SentAt(_OfProof):
    """When a customer was sent, if that was within the time."""

    sql, columns, output_field = _SENT_AT, ("of",), DateTimeField(null=True)
