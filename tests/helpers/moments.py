"""A moment in UTC, as it is written."""

from datetime import UTC, datetime


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
