"""Argument types that several commands share, with clear error messages."""

import argparse
import os
from argparse import ArgumentTypeError
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management import CommandError, CommandParser
from django.utils import timezone

from customers.services.wording.durations import parse_duration
from customers.services.wording.messages import said
from customers.upstream.errors import BadOrgId
from customers.upstream.org_id import clean_org_id


def example(parser: CommandParser, text: str) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"example:\n  python manage.py {text}"


def period_arguments(parser: CommandParser) -> None:
    form = "such as 2026-11-01 or 2026-11-01T08:30, in TIME_ZONE"
    parser.add_argument("--since", metavar="WHEN", type=point_in_time, help=f"from then on, {form}")
    parser.add_argument("--until", metavar="WHEN", type=point_in_time, help=f"before then, {form}")


def duration(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as exc:
        raise ArgumentTypeError(str(exc)) from exc


def point_in_time(text: str) -> datetime:
    """A day or a time, in TIME_ZONE unless it names another."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as exc:
        raise ArgumentTypeError(f"{text!r} is not a day or time, such as 2026-11-01.") from exc
    return found if found.tzinfo else timezone.make_aware(found)


def org_id(text: str) -> str:
    try:
        return clean_org_id(as_utf8(text))
    except BadOrgId as exc:
        raise ArgumentTypeError(said(exc.message)) from exc


def as_utf8(text: str) -> str:
    """Undo the decoding of a UTF-8 argument in another locale."""
    try:
        return os.fsencode(text).decode()
    except UnicodeError:  # typed in the locale's encoding
        return text


def at_least(least: int, most: int) -> Any:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ArgumentTypeError(f"{text!r} is not a whole number from {least} to {most}.")
        return int(text)

    return number


def rate(text: str) -> float:
    try:
        number = float(text)
    except ValueError as exc:
        raise ArgumentTypeError(f"{text!r} is not a number of requests per second.") from exc
    if not 0 <= number <= 100_000:
        raise ArgumentTypeError(f"{text!r} is not from 0 (no limit) to 100000.")
    return number


def known_user(username: str) -> User:
    """Raises CommandError if there is no such user."""
    sendable = as_utf8(username).encode(errors="replace").decode()
    user = User.objects.filter(username=sendable).first()
    if user is None:
        raise CommandError(
            f"There is no user {username!r} in this portal; the back office lists them all."
        )
    return user


def active_user(username: str) -> User:
    """Raises CommandError if there is no such user, or they may not sign in."""
    user = known_user(username)
    if not user.is_active:
        raise CommandError(f"The user {username!r} is deactivated and may see nothing.")
    return user
