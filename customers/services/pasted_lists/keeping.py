"""Keep pasted lists: a few per user, for a while, each for the user who pasted it alone."""

import secrets

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import PastedId, PastedList
from customers.services.operations.retention import PASTED_LISTS_KEPT_FOR
from customers.services.pasted_lists.list_standing import still_counts_since
from customers.services.pasted_lists.pasted_text import Pasted, TooMuchPasted

MOST_LISTS = 20  # per user
MOST_IDS = 1_000  # per list
_KEY_BYTES = 12


def keep(user: AbstractBaseUser, pasted: Pasted) -> PastedList:
    """Store it at a URL of its own, with results that still count from the user's other lists.
    Deletes their oldest beyond MOST_LISTS. Raises TooMuchPasted, and then stores nothing."""
    if len(pasted.ids) > MOST_IDS:
        raise TooMuchPasted("ids", len(pasted.ids), MOST_IDS)
    now = timezone.now()
    earlier = _earlier_results(user)
    with transaction.atomic():
        kept = PastedList.objects.create(
            key=secrets.token_urlsafe(_KEY_BYTES),
            user_id=user.pk,
            pasted_at=now,
            lines=pasted.lines,
        )
        rows = [
            PastedId(pasted_list=kept, place=place, kind=kind, text=text)
            for place, (kind, text) in enumerate(pasted.ids)
        ]
        for row in rows:
            if before := earlier.get(row.text):
                row.result, row.asked_at = before.result, before.asked_at
        PastedId.objects.bulk_create(rows)
        _of(user).filter(pasted_at__lt=now - PASTED_LISTS_KEPT_FOR).delete()
        newest = _of(user).order_by("-pasted_at", "-pk").values_list("pk", flat=True)
        _of(user).exclude(pk__in=list(newest[:MOST_LISTS])).delete()
    return kept


def find_list(user: AbstractBaseUser, key: str) -> PastedList | None:
    """The user's own list; one that is too old is deleted."""
    found = _of(user).filter(key=key).first()
    if found and found.pasted_at < timezone.now() - PASTED_LISTS_KEPT_FOR:
        found.delete()
        return None
    return found


def lists_of(user: AbstractBaseUser) -> list[PastedList]:
    kept = _of(user).filter(pasted_at__gte=timezone.now() - PASTED_LISTS_KEPT_FOR)
    return list(kept.order_by("-pasted_at", "-pk"))


def remove_list(user: AbstractBaseUser, key: str) -> bool:
    """Returns whether the user had such a list."""
    return bool(_of(user).filter(key=key).delete()[0])


def ids_as_text(kept: PastedList) -> str:
    texts = dict(PastedId.objects.filter(pasted_list=kept).values_list("place", "text"))
    return "\n".join(" ".join(texts[place] for place in line or ()) for line in kept.lines)


def _of(user: AbstractBaseUser) -> QuerySet[PastedList]:
    return PastedList.objects.filter(user_id=user.pk)


def _earlier_results(user: AbstractBaseUser) -> dict[str, PastedId]:
    """The user's latest result for each org id that still counts."""
    since = still_counts_since(user)
    if since is None:
        return {}
    asked = PastedId.objects.filter(
        pasted_list__user_id=user.pk, kind=PastedId.Kind.ORG_ID, asked_at__gte=since
    )
    return {row.text: row for row in asked.exclude(result="").order_by("asked_at")}
