"""Record whether Catalyze answers anybody at all.
An ended session, a denial and a request to slow down are answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from customers.models import CatalyzeSilence
from customers.upstream.errors import BadSecret, CatalyzeError, InvalidAnswer, NoAnswer
from customers.upstream.message import Message

_ROW = 1
# After this long without a call, nobody knows whether Catalyze is still silent.
_COUNTS = timedelta(minutes=15)
# Errors without a usable answer, although Catalyze did respond.
_ANSWERED = {
    *("slow_down", "slow_down_in_400", "slow_down_sign_in", "request_malformed"),
    *("status_unexpected_here", "session_not_verified", "more_than_one_answer"),
}


def is_silence(error: Message) -> bool:
    """Whether the error leaves the answer unavailable."""
    return error.code not in _ANSWERED


@contextmanager
def noting_silence() -> Iterator[None]:
    try:
        yield
    except (BadSecret, InvalidAnswer):  # never sent, or proves neither
        raise
    except NoAnswer as exc:
        if is_silence(exc.message):
            note_silence()
        raise
    except CatalyzeError:
        note_answer()
        raise
    note_answer()


def note_silence(about: str = "") -> None:
    """`about`: the org id if only one was asked about, which itself may then be the cause."""
    now = timezone.now()
    CatalyzeSilence.objects.bulk_create(
        [CatalyzeSilence(pk=_ROW, since=now, tried_at=now, only_about=about)],
        update_conflicts=True,
        update_fields=("tried_at",),
        unique_fields=("id",),
    )
    CatalyzeSilence.objects.exclude(only_about=about).update(only_about="")


def note_answer() -> None:
    CatalyzeSilence.objects.filter(pk=_ROW).delete()


def present_silence() -> QuerySet[CatalyzeSilence]:
    """One row while Catalyze answers nobody; none otherwise."""
    tried_after = timezone.now() - _COUNTS
    return CatalyzeSilence.objects.filter(pk=_ROW, tried_at__gt=tried_after, only_about="")
