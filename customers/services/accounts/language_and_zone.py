"""The language and the time zone that a user reads pages and mails in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.utils import timezone
from django.utils.translation import override

from customers.models import DeskPreferences

# Left out are former names and abbreviations, which the time zone database keeps for old programs.
_REGIONS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia"),
    *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
)


def chosen_by(user: AbstractBaseUser) -> DeskPreferences | None:
    try:
        row: DeskPreferences = user.deskpreferences  # type: ignore[attr-defined]
    except DeskPreferences.DoesNotExist:
        return None
    return row


def language_of(user: AbstractBaseUser) -> str:
    """ "" if they have chosen none, or one that the portal no longer speaks."""
    row = chosen_by(user)
    return row.language if row and row.language in dict(settings.LANGUAGES) else ""


def zone_of(user: AbstractBaseUser) -> tzinfo:
    """TIME_ZONE unless they have chosen another."""
    row = chosen_by(user)
    if row and row.time_zone:
        try:
            return ZoneInfo(row.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass  # the time zone database no longer has it
    return timezone.get_default_timezone()


@contextmanager
def as_read_by(user: AbstractBaseUser, otherwise: str | None = None) -> Iterator[None]:
    """For mails; `otherwise` is the language of those who have chosen none."""
    language = language_of(user) or otherwise or settings.LANGUAGE_CODE
    with override(language), timezone.override(zone_of(user)):
        yield


def choose_language_and_zone(
    user: AbstractBaseUser, *, language: str | None = None, time_zone: str | None = None
) -> None:
    """What is None stays; "" is no choice. Invalid values raise ValueError."""
    chosen = {"language": language, "time_zone": time_zone}
    values = {name: value for name, value in chosen.items() if value is not None}
    if language and language not in dict(settings.LANGUAGES):
        raise ValueError(language)
    if time_zone and time_zone not in time_zones():
        raise ValueError(time_zone)
    keep_choices(user, **values)


def keep_choices(user: AbstractBaseUser, **values: object) -> None:
    row, _ = DeskPreferences.objects.update_or_create(user_id=user.pk, defaults=values)
    row.user = cast("User", user)


@cache
def time_zones() -> tuple[str, ...]:
    places = (name for name in available_timezones() if name.partition("/")[0] in _REGIONS)
    return ("UTC", *sorted(name for name in places if "/" in name))
