"""Which columns a user's lists have, and how many rows per page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from customers.services.accounts.language_and_zone import chosen_by, keep_choices
from customers.services.lists.columns import COLUMNS, DEFAULT
from customers.services.lists.listing import PAGE_SIZE

PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True, slots=True)
class Preferences:
    columns: tuple[str, ...]
    page_size: int


def preferences_of(user: AbstractBaseUser) -> Preferences:
    row = chosen_by(user)
    if row is None:
        return Preferences(DEFAULT, PAGE_SIZE)
    return Preferences(tuple(row.columns) or DEFAULT, row.page_size or PAGE_SIZE)


def save_preferences(user: AbstractBaseUser, columns: Iterable[str], page_size: int) -> None:
    """Save what is valid; without any valid column, the default ones."""
    wanted = set(columns)
    names = [column.name for column in COLUMNS if column.name in wanted]
    keep_choices(
        user,
        columns=names or list(DEFAULT),
        page_size=page_size if page_size in PAGE_SIZES else PAGE_SIZE,
    )
