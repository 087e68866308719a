"""The Celery application; only `sync_customers --distribute` and Celery itself import it."""

import os

from celery import Celery
from django.conf import settings

from billing_portal.utf8 import speak_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "billing_portal.settings")

speak_utf8()
app = Celery("billing_portal", broker=settings.CELERY_BROKER_URL or None)
app.conf.update(
    # A worker that dies returns its batch; leases in the database prevent double work.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    # Seconds; longer than the longest batch, or it would be delivered twice.
    broker_transport_options={"visibility_timeout": 3600},
    broker_connection_retry_on_startup=True,
    # For `celery beat`, in place of cron. Waiting batches do no harm: workers check only what is
    # due.
    beat_schedule={
        "sync": {
            "task": "customers.tasks.send_due",
            "schedule": settings.CUSTOMER_MAX_AGE.total_seconds() or 60.0,
            "options": {"expires": 60},
        }
    },
)
app.autodiscover_tasks(["customers"])
