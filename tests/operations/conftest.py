"""Empty databases for the tests of what operators do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.portals.databases import Database, drop, make_database


@pytest.fixture
def new_database(db, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Makes an empty database of the kind that the tests run on."""
    made = []

    def make(name: str) -> Database:
        made.append(make_database(tmp_path, name))
        return made[-1]

    yield make
    for database in made:
        drop(database)
