"""The documents name files that are there."""

import re

import pytest

from tests.helpers.code_imports import SUB_ROOMS
from tests.helpers.sandbox_process import PROJECT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md")
_PATH = re.compile(r"`([a-z_]+(?:/[\w.-]+)*(?:/|\.(?:py|html|md|txt)))`")
_ROOM = re.compile(r"^\| `([a-z_]+)/` \|", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document):
    text = (PROJECT / document).read_text()
    within = PROJECT / "customers/services"
    paths = set(_PATH.findall(text)) - {"screenshots/"}

    missing = {
        path for path in paths if not ((PROJECT / path).exists() or (within / path).exists())
    }

    assert not missing
    if document in {"CONTRIBUTING.md", "docs/architecture.md"}:
        assert len(paths) > 10


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_of_a_document_leads_somewhere(document):
    file = PROJECT / document
    links = set(_LINK.findall(file.read_text()))

    assert {link for link in links if not (file.parent / link).exists()} == set()


def test_the_architecture_lists_the_rooms_of_services_in_their_order():
    text = (PROJECT / "docs/architecture.md").read_text()

    assert tuple(_ROOM.findall(text)) == SUB_ROOMS
