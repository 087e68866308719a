"""Moments in UTC, as they are written, and where it is another day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# Fourteen hours ahead of UTC: for most of the time it is tomorrow there.
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
