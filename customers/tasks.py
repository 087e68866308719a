"""Celery tasks that check organizations in batches, as sync_customers does."""

from datetime import timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import OperationalError
from kombu.exceptions import OperationalError as BrokerDown

from billing_portal.celery import app
from customers.services.sync.credential_pool import users_to_check_with
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync

BATCH = 500
# Seconds until an untaken batch is dropped; the next run sends it again.
EXPIRES = 3600
__all__ = ["BrokerDown", "check_batch", "distribute", "send_due"]


@app.task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=3)
def check_batch(org_ids: list[str], options: dict[str, Any]) -> None:
    """Checks only what is still due, so a batch delivered twice does nothing."""
    Sync(
        Options(
            user_ids=tuple(options["user_ids"]),
            org_ids=tuple(org_ids),
            is_only_due=True,
            max_age=timedelta(seconds=options["max_age"]),
            concurrency=options["concurrency"],
            max_rps=options["max_rps"],
        ),
        started_by="check_batch",
    ).run()


@app.task
def send_due() -> None:
    options = Options(
        user_ids=users_to_check_with([]),
        max_age=settings.CUSTOMER_MAX_AGE,
        max_rps=settings.CATALYZE_MAX_RPS,
    )
    if options.user_ids:
        distribute(options)


def distribute(options: Options) -> tuple[int, int]:
    """Returns how many organizations were sent, and in how many batches."""
    plain = {
        "user_ids": options.user_ids,
        "max_age": options.max_age.total_seconds(),
        "concurrency": options.concurrency,
        "max_rps": options.max_rps,
    }
    org_ids = Sync(options, started_by="send").due_org_ids()
    count = batches = 0
    while batch := list(islice(org_ids, BATCH)):
        check_batch.apply_async((batch, plain), expires=EXPIRES)
        count, batches = count + len(batch), batches + 1
    return count, batches
