"""The Celery application, for `celery -A billing_portal.celery worker`; nothing else imports it
but `sync_customers --distribute`."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "billing_portal.settings")

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
)
app.autodiscover_tasks(["customers"])
