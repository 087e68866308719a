"""dj-stripe's side of `benchmarks.storing`, run in its own environment.

Payloads or the database contain all that dj-stripe would fetch; a call to Stripe would raise.
"""

import argparse
import json
from contextlib import nullcontext
from typing import Any, NoReturn

import django
import environ
import stripe
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from benchmarks.machinery.payloads import AFTERWARDS, AT_FIRST, bodies
from benchmarks.machinery.taken import Taken, take

_KEY = "sk_test_" + "0" * 24  # well-formed, but not a real key


class _NoCalls:
    name = "no calls"

    def request_with_retries(self, method: str, url: str, *_: Any, **__: Any) -> NoReturn:
        raise SystemExit(f"dj-stripe would call {method} {url}; that is more than storing.")


def main() -> None:
    options = _options()
    _set_up(options.database)
    taken = [_store(options.rows, balance, options.batch) for balance in (AT_FIRST, AFTERWARDS)]
    print(json.dumps(taken))


def _set_up(database: str) -> None:
    settings.configure(
        DATABASES={"default": _database(database)},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DJSTRIPE_FOREIGN_KEY_TO_FIELD="id",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "djstripe"],
        # Migrations take minutes and create the same tables.
        MIGRATION_MODULES=dict.fromkeys(("contenttypes", "auth", "djstripe")),
        STRIPE_LIVE_MODE=False,
        STRIPE_TEST_SECRET_KEY=_KEY,
        USE_TZ=True,
    )
    stripe.default_http_client = _NoCalls()
    django.setup()
    call_command("migrate", run_syncdb=True, skip_checks=True, verbosity=0)
    from djstripe.models import Account, APIKey

    account = Account.objects.create(id="acct_1", charges_enabled=True, details_submitted=True)
    APIKey.objects.create(
        djstripe_owner_account=account, livemode=False, secret=_KEY, type="secret"
    )


def _database(url: str) -> dict[str, Any]:
    database: dict[str, Any] = environ.Env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return database


def _store(rows: int, balance: int, batch: int) -> Taken:
    from djstripe.models import Customer

    received = list(bodies(rows, balance))
    together = transaction.atomic if batch > 1 else nullcontext

    def store_all() -> None:
        for start in range(0, rows, batch):
            with together():
                for body in received[start : start + batch]:
                    Customer.sync_from_stripe_data(json.loads(body), api_key=_KEY)

    taken = take(rows, store_all)
    stored = Customer.objects.filter(default_payment_method__isnull=False, balance=balance)
    if stored.count() != rows:
        raise SystemExit(f"Of {rows} customers dj-stripe stored {stored.count()}.")
    return taken


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int)
    parser.add_argument("database")
    parser.add_argument("--batch", type=int, default=1, help="customers in one transaction")
    return parser.parse_args()


if __name__ == "__main__":
    main()
