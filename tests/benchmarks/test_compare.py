"""The comparison with an earlier release measures both of them by turns."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks import compare
from benchmarks.comparing.releases import THIS, Release


@pytest.fixture
def with_itself(monkeypatch):
    @contextmanager
    def checked_out(commit: str) -> Iterator[Release]:
        yield THIS._replace(name=commit)

    monkeypatch.setattr(compare, "checked_out", checked_out)
    monkeypatch.setattr(compare, "_WARMING", 0)
    monkeypatch.setattr(compare, "_TIMES", 1)
    monkeypatch.setattr(compare, "_SYNCS", 1)


def test_every_page_and_a_sync_are_set_beside_those_of_the_other_release(
    with_itself, monkeypatch, capsys
):
    monkeypatch.setattr(
        "sys.argv", ["compare", "--release=HEAD", "--organizations=200", "--synced=50"]
    )

    compare.main()

    printed = capsys.readouterr().out
    for page in (
        "organization with a card on file",
        "overview",
        "list, brand=Visa",
        "list, q=4242",
    ):
        assert f"| {page} |" in printed
    assert "| CPU s per 1,000 |" in printed
