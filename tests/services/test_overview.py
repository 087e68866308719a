"""What the overview says beside its figures."""

import pytest
from django.utils.translation import override

from customers.services import overview
from customers.services.overview import tiles

pytestmark = pytest.mark.django_db


def test_counts_are_written_as_the_language_writes_them(ana, monkeypatch):
    monkeypatch.setattr(overview, "capped_count", lambda rows: 1234)

    with override("de"):
        notes = [tile.note for tile in tiles(ana)]

    assert "1.234 seit gestern" in notes
