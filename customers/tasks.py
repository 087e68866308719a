"""Check a batch of organizations on a worker of Celery, as the command does on its own machine."""

from datetime import timedelta
from typing import Any

from django.db import OperationalError
from kombu.exceptions import OperationalError as BrokerDown

from billing_portal.celery import app
from customers.services.sync import Sync
from customers.services.sync_report import Options

BATCH = 500
__all__ = ["BrokerDown", "check_batch", "send"]


@app.task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=3)
def check_batch(org_ids: list[str], options: dict[str, Any]) -> None:
    """Check those of `org_ids` that are still due: a batch that comes twice does nothing."""
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


def send(options: Options) -> tuple[int, int]:
    """Hand what is due to the workers: how many organizations, in how many batches."""
    plain = {
        "user_ids": options.user_ids,
        "max_age": options.max_age.total_seconds(),
        "concurrency": options.concurrency,
        "max_rps": options.max_rps,
    }
    org_ids = list(Sync(options, started_by="send").due_org_ids())
    batches = [org_ids[start : start + BATCH] for start in range(0, len(org_ids), BATCH)]
    for batch in batches:
        check_batch.delay(batch, plain)
    return len(org_ids), len(batches)
