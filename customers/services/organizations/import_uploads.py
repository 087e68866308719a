"""Keep an uploaded file of organizations until its user has seen what it does, and confirms."""

import io
import zlib
from datetime import datetime, timedelta
from typing import TextIO
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import PendingImport
from customers.services.organizations.csv_import import (
    ChangedMeanwhile,
    ImportPlan,
    ImportReport,
    import_organizations,
    plan_import,
)
from customers.services.organizations.csv_rows import read_rows

IMPORT_WAITS = timedelta(hours=1)
MOST_LISTED = 200  # rows of each kind on the page
_LONGEST_NAME = 255


def keep_upload(user: AbstractBaseUser, name: str, content: bytes) -> PendingImport:
    """In place of an earlier one. Raises BadFile, and then keeps nothing."""
    next(read_rows(_text(content)), None)
    row, _ = PendingImport.objects.update_or_create(
        user_id=user.pk,
        defaults={
            "key": uuid4(),
            "file_name": name[:_LONGEST_NAME],
            "content": zlib.compress(content),
            "uploaded_at": timezone.now(),
        },
    )
    return row


def find_upload(user: AbstractBaseUser, key: UUID) -> PendingImport | None:
    """The user's own, unless it has lapsed or was replaced."""
    own = PendingImport.objects.filter(user_id=user.pk, key=key)
    return own.filter(uploaded_at__gt=timezone.now() - IMPORT_WAITS).first()


def plan_of(upload: PendingImport) -> ImportPlan:
    return plan_import(_text(_content(upload)), MOST_LISTED)


def confirm_upload(upload: PendingImport, digest: str) -> ImportReport:
    """Do what the plan with this digest says, then drop the upload. Raises ChangedMeanwhile as soon
    as the result would differ from the preview."""
    plan = plan_of(upload)
    if plan.digest != digest:
        raise ChangedMeanwhile(ImportReport())
    report = import_organizations(_text(_content(upload)), plan.batches)
    drop_upload(upload)
    return report


def drop_upload(upload: PendingImport) -> None:
    PendingImport.objects.filter(user_id=upload.user_id, key=upload.key).delete()


def lapsed_uploads(now: datetime) -> QuerySet[PendingImport]:
    return PendingImport.objects.filter(uploaded_at__lte=now - IMPORT_WAITS)


def _content(upload: PendingImport) -> bytes:
    return zlib.decompress(upload.content)


def _text(content: bytes) -> TextIO:
    return io.TextIOWrapper(
        io.BytesIO(content), encoding="utf-8-sig", errors="surrogateescape", newline=""
    )
