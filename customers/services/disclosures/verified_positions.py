"""Note how far the disclosure log was verified, so that the next run can begin there.
A note is believed only if the portal signed it, and for `all` only if that run began recently: a
former note that is put back must not make a run over the whole log skip much of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from customers.models import VerifiedPosition
from customers.services.disclosures.signature import is_signed, sign_position

Run = VerifiedPosition.Run
_CONTINUED_FOR = timedelta(days=1)
_NOTED: Sequence[str] = ("number", "hash", "began_at", "signature")


def noted_position(run: str) -> VerifiedPosition | None:
    position = VerifiedPosition.objects.filter(run=run).first()
    if position is None or not is_signed(position):
        return None
    if run == Run.ALL and not _is_recent(position.began_at):
        return None
    return position


def _is_recent(began_at: datetime) -> bool:
    """A time in the future is from a clock set back."""
    return timedelta() <= timezone.now() - began_at <= _CONTINUED_FOR


def note_position(run: str, number: int, hash_: bytes, began_at: datetime) -> None:
    position = VerifiedPosition(run=run, number=number, hash=hash_, began_at=began_at)
    sign_position(position)
    with _if_it_can_be_written():
        VerifiedPosition.objects.bulk_create(
            [position], update_conflicts=True, unique_fields=["run"], update_fields=_NOTED
        )


def forget_position(run: str) -> None:
    with _if_it_can_be_written():
        VerifiedPosition.objects.filter(run=run).delete()


@contextmanager
def _if_it_can_be_written() -> Iterator[None]:
    """Not in a copy that is only read, nor while another process holds SQLite's lock."""
    with suppress(DatabaseError), transaction.atomic():
        yield
