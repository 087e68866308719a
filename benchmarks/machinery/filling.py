"""Fill an empty portal with organizations by SQL alone, on SQLite and PostgreSQL.

All values follow from row numbers, so databases of one size are equal: 5 % of organizations are
delinquent, 8 % have no payment method, 2 % are expired; one word is in 6 % of names, others in one
of 95,000. One user has proved access to all of them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import connection, models
from django.utils import timezone

from customers.models import Access, Change, Credentials, Customer, Organization
from customers.services.credentials.store import save_pasted
from customers.services.wording.expiry import end_of_month, today

COMMON_WORD = "Health"
_KINDS = (
    *("Clinics", COMMON_WORD, "Therapy", "Dental", "Pharmacy", "Radiology", "Labs", "Hospice"),
    *("Care", "Wellness", "Pediatrics", "Oncology", "Surgery", "Imaging", "Nursing", "Optics"),
    "Medical Group",
)
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvwz" for vowel in "aeiou"]
_FIRST, _SECOND, _MONTHS, _MOMENTS = 307, 311, 47, 1009
_STATES = (
    "SELECT id AS n, name, CASE WHEN id % 100 < 8 THEN 'none' WHEN id % 100 < 11 THEN"
    " 'bank_account' WHEN id % 1000 < 20 THEN 'details_not_sent' WHEN id % 1000 = 21 THEN"
    " 'unlisted' WHEN id % 1000 = 22 THEN 'unknown' WHEN id % 1000 = 23 THEN 'deleted'"
    " ELSE 'card' END AS state FROM customers_organization"
)


def fill(organizations: int, username: str) -> User:
    user = _make_user(username)
    _make_words(timezone.now())
    with without_indexes():
        insert_rows(
            Organization, _ORGANIZATION, f"({numbers_to(organizations)}) AS numbers {_NAMES}"
        )
        insert_rows(Customer, _CUSTOMER, f"({_STATES}) AS known {_FACTS}")
        insert_rows(Access, _ACCESS, "customers_customer")
        insert_rows(Change, _CHANGE, "customers_customer WHERE organization_id % 97 < 20")
    tidy()
    return user


def tidy() -> None:
    """Do what autovacuum would do soon."""
    run_sql("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _make_user(username: str) -> User:
    user = User.objects.create(pk=1, username=username, is_staff=True)
    user.groups.add(Group.objects.get(name="Support"))
    save_pasted(user, "browser benchmarks.invalid 0123456789abcdef", "a token")
    long_ago = timezone.now() - timedelta(days=90)
    Credentials.objects.update(state="active", proved_at=timezone.now(), proves_since=long_ago)
    return user


def _make_words(now: datetime) -> None:
    """Lookup tables for the remainders: words, ends of months, moments of the last day."""
    is_postgresql = connection.vendor == "postgresql"
    moment = "timestamp with time zone" if is_postgresql else "datetime"
    words = [first + second for first in _SYLLABLES for second in _SYLLABLES]
    months = [end_of_month(today() + timedelta(days=30.4 * later)) for later in range(1, _MONTHS)]
    months = [end_of_month(today() - timedelta(days=90)), *months]
    moments = [now - timedelta(seconds=86_400 / _MOMENTS * earlier) for earlier in range(_MOMENTS)]
    adapt = connection.ops.adapt_datetimefield_value
    make_table("first_word", "word text", [(words[k * 13].title(),) for k in range(_FIRST)])
    make_table("second_word", "word text", [(words[k * 17 + 1],) for k in range(_SECOND)])
    make_table("kind", "word text", [(kind,) for kind in _KINDS])
    make_table("month", "day date, month int, year int", [(d, d.month, d.year) for d in months])
    make_table("moment", f"at {moment}", [(adapt(at),) for at in moments])


def make_table(name: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    run_sql(f"CREATE TEMPORARY TABLE {name} (k int PRIMARY KEY, {columns})")
    places = ", ".join(["%s"] * (len(rows[0]) + 1))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {name} VALUES ({places})", [(k, *row) for k, row in enumerate(rows)]
        )


@contextmanager
def without_indexes() -> Iterator[None]:
    """Creating indexes at the end takes a fraction of the time."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE 'customers_%' AND "
            "NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)"
        )
    else:
        query = (
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'index' AND tbl_name LIKE 'customers_%' AND sql IS NOT NULL"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        indexes = cursor.fetchall()
    for name, _ in indexes:
        run_sql(f'DROP INDEX "{name}"')
    yield
    for _, statement in indexes:
        run_sql(statement)


def numbers_to(most: int) -> str:
    return (
        "WITH RECURSIVE key(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM key "
        f"WHERE n < {most}) SELECT n FROM key"
    )


def insert_rows(model: type[models.Model], values: dict[str, str], source: str) -> None:
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.column in values or not (field.generated or isinstance(field, models.AutoField))
    ]
    columns = {str(f.column): values.get(str(f.column)) or _nothing(f) for f in fields}
    run_sql(
        f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
        f"SELECT {', '.join(columns.values())} FROM {source}"
    )


def _nothing(field: models.Field) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, models.BooleanField):
        return "FALSE"
    if isinstance(field, models.JSONField):
        return "'{}'"
    return "''" if isinstance(field, models.CharField | models.TextField) else "0"


def run_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _one_of(remainder: str, *texts: str) -> str:
    cases = " ".join(f"WHEN {k} THEN '{text}'" for k, text in enumerate(texts))
    return f"CASE {remainder} % {len(texts)} {cases} END"


def _of_cards(value: str) -> str:
    return f"CASE WHEN state = 'card' THEN {value} ELSE '' END"


_NAME = "first_word.word || second_word.word || ' ' || kind.word"
_ORGANIZATION = {
    "id": "n",
    "org_id": "'00000000-0000-4000-8000-' || (100000000000 + n)",
    "name": _NAME,
    "folded_name": f"LOWER({_NAME})",
}
_NAMES = (
    f"JOIN first_word ON first_word.k = n % {_FIRST} "
    f"JOIN second_word ON second_word.k = n % {_SECOND} JOIN kind ON kind.k = n % {len(_KINDS)}"
)
_CUSTOMER = {
    "organization_id": "n",
    "folded_name": "LOWER(name)",
    "state": "state",
    "is_set_up": "state <> 'none'",
    "customer_id": "CASE WHEN state = 'none' THEN '' ELSE 'cus_' || (100000000000 + n) END",
    "brand": _of_cards(
        _one_of("(n % 83)", "Visa", "Visa", "Visa", "MasterCard", "MasterCard", "Discover", "JCB")
    ),
    "last4": _of_cards("CAST(1000 + n % 8999 AS text)"),
    "exp_month": "CASE WHEN state = 'card' THEN month.month END",
    "exp_year": "CASE WHEN state = 'card' THEN month.year END",
    "expires_on": "CASE WHEN state = 'card' THEN month.day END",
    "funding": _of_cards(_one_of("(n % 89)", "credit", "credit", "debit", "prepaid")),
    "country": _of_cards(_one_of("(n % 97)", "US", "US", "US", "GB", "DE", "FR", "CA", "AU")),
    "fingerprint_hash": _of_cards("CAST(n % 700001 AS text)"),
    "delinquent": "n % 101 < 5",
    "balance": "CASE WHEN n % 103 < 80 THEN 0 ELSE n % 40009 - 20000 END",
    "currency": _one_of("(n % 107)", "usd", "usd", "usd", "eur", "gbp", "jpy"),
    "livemode": "n % 109 > 0",
    "email": "'billing' || n || '@clinic.example'",
    "folded_email": "'billing' || n || '@clinic.example'",
    "asked_at": "moment.at",
    "checked_at": "moment.at",
    "checked_with_id": "1",
    "first_checked_at": "moment.at",
    "changed_at": "moment.at",
    "attempted_at": "moment.at",
    "last_error_code": "CASE WHEN n % 113 = 0 THEN 'timed_out' ELSE '' END",
    "failing_since": "CASE WHEN n % 113 = 0 THEN moment.at END",
}
# One of 47 months has passed, so 2 % of cards are expired.
_FACTS = f"JOIN month ON month.k = n % {_MONTHS} JOIN moment ON moment.k = n * 101 % {_MOMENTS}"
_ACCESS = {
    "user_id": "1",
    "organization_id": "organization_id",
    "state": "'granted'",
    "proved_at": "asked_at",
    "customer_sent_at": "CASE WHEN is_set_up THEN asked_at END",
}
_CHANGE = {
    "organization_id": "organization_id",
    "after": "changed_at",
    "seen_at": "changed_at",
    "seen_with_id": "1",
    "differences": """'{"last4": ["1881", "4242"]}'""",
    "changed_method": "TRUE",
}
