"""Databases for the tests of what operators do, of the kind that the tests run on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.portals.databases import Database, databases_in


@pytest.fixture
def new_database(db, tmp_path: Path) -> Iterator[Callable[..., Database]]:
    with databases_in(tmp_path) as make:
        yield make


@pytest.fixture(scope="module")
def lasting_database(
    django_db_setup, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Database]]:
    """Makes what takes long to fill, and is copied or only read by the tests of a module."""
    with databases_in(tmp_path_factory.mktemp("lasting")) as make:
        yield make
