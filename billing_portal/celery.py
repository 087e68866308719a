"""The Celery application, for `celery -A billing_portal.celery worker` and `… beat`; nothing else
imports it but `sync_customers --distribute`."""

import os

from celery import Celery
from django.conf import settings

from billing_portal.utf8 import speak_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "billing_portal.settings")

speak_utf8()
app = Celery("billing_portal", broker=settings.CELERY_BROKER_URL or None)
app.conf.update(
    # A worker that dies gives its batch back; the lease in the database stays the truth.
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    # Seconds; longer than the longest batch takes, or it would be handed out twice.
    broker_transport_options={"visibility_timeout": 3600},
    broker_connection_retry_on_startup=True,
    # With `celery beat`, in place of cron. Batches that are still waiting then are not doubled:
    # a worker checks only what is due when it begins.
    beat_schedule={
        "sync": {
            "task": "customers.tasks.send_due",
            "schedule": settings.CUSTOMER_MAX_AGE.total_seconds() or 60.0,
            "options": {"expires": 60},
        }
    },
)
app.autodiscover_tasks(["customers"])
