"""Whatever shows an organization's billing is in the disclosure log, and nothing else is.

Walks the table of pages and commands as somebody who may see all of it.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command, load_command_class
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from customers.dashboard.site import staff_page
from customers.models import Customer, Disclosure, DisclosureHead
from customers.services.disclosures.declared import Undeclared, only
from customers.services.disclosures.log import record
from customers.services.lists.export import export
from tests.conftest import browser_of
from tests.helpers.access.access_table import PAGES
from tests.helpers.access.command_table import COMMANDS
from tests.helpers.access.people import EMPTIED_ORG, KINDS, WALKED_ORG, make_world
from tests.helpers.commands import run
from tests.helpers.pages.of_one_moment import without_moments
from tests.helpers.pages.visits import body, filled

# What only an answer of Catalyze about the organization tells.
BILLING = {
    WALKED_ORG: ("9876", "cus_walked", "billing@walked.example"),
    EMPTIED_ORG: ("1881", "Emptied Organization"),
}

# May hold any four digits: ids of requests, and the fractions of seconds.
_ANY_DIGITS = re.compile(r"[0-9a-f]{32}|(?<=\d\d:\d\d:\d\d)\.\d+")


@pytest.fixture
def walker(db, settings) -> User:
    """Somebody with every permission, who was sent both customers."""
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    make_world()
    return KINDS["superuser with proof"].make()


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_shows_is_recorded_and_nothing_else(walker, name):
    page = PAGES[name]
    client = browser_of(walker)
    found = set()

    for org in (WALKED_ORG, EMPTIED_ORG):
        url = page.url.format(org=org)
        asked = [(client.get, filled(query, org)) for query in page.queries]
        for method, sent in (*asked, (client.post, filled(page.post, org))):
            with transaction.atomic():
                text = body(method(url, sent))
                found |= checked(text, f"{name} {sent}", sent)
                transaction.set_rollback(True)

    assert found == set(page.where)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_shows_is_recorded_and_nothing_else(walker, name):
    command, found = COMMANDS[name], set()

    for org in (WALKED_ORG, EMPTIED_ORG):
        arguments = [text.format(user="walker", org=org) for text in command.arguments]
        with transaction.atomic():
            ran = run(name, *arguments)
            found |= checked(ran.out + ran.err, f"{name} {arguments}")
            transaction.set_rollback(True)

    assert found == set(command.where)


def test_everything_that_shows_billing_is_known_to_the_log_by_a_name():
    for row in (*PAGES.values(), *COMMANDS.values()):
        assert bool(row.shows) == bool(row.where), row


@pytest.mark.parametrize("name", PAGES)
def test_a_page_declares_what_the_log_says_of_it(name):
    """The walked organizations share no card, so that no page of one names others in a list."""
    declared = set(getattr(views()[name], "discloses", ()))

    assert declared - ({"list"} if "page" in declared else set()) == set(PAGES[name].where)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_declares_what_the_log_says_of_it(name):
    command = load_command_class("customers", name)
    sent_by_mail = {"digest"} if name == "send_digest" else set()

    assert set(getattr(command.handle, "discloses", ())) == {*COMMANDS[name].where, *sent_by_mail}


def test_a_page_shows_nothing_that_it_has_not_declared(walker, rf):
    def show(request):
        record(request.user, Customer.objects.all(), "list")
        return HttpResponse("shown")

    request = rf.get("/")
    request.user, request.session = walker, {}
    shown = staff_page(discloses=["list"])(show)(request)

    assert shown.content == b"shown"
    for declared in ([], ["page"]):
        with pytest.raises(Undeclared, match="list"):
            staff_page(discloses=declared)(show)(request)
    assert Disclosure.objects.values("shown_together").distinct().count() == 1


def test_an_export_is_refused_before_its_first_line_if_it_is_not_declared(walker):
    with only(["list"]), pytest.raises(Undeclared, match="export"):
        export(walker, Customer.objects.all(), "csv", "export")


def test_only_what_the_log_knows_can_be_declared():
    with pytest.raises(ValueError, match="somewhere"), only(["somewhere"]):
        pass


def views():
    """The views of the staff pages and the others of the table, by the names of their URLs."""
    found = {}
    for pattern in _url_patterns(get_resolver()):
        found.setdefault(str(pattern.name), pattern.callback)
    return found


def _url_patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif pattern.namespace not in {"admin", "api"}:
            yield from _url_patterns(pattern)


@pytest.mark.parametrize("name", [name for name, page in PAGES.items() if page.where])
def test_a_page_that_cannot_be_recorded_shows_nothing(walker, name):
    page = PAGES[name]
    client = browser_of(walker)
    client.raise_request_exception = False
    nothing_can_be_recorded(walker)

    for org in (WALKED_ORG, EMPTIED_ORG):
        url = page.url.format(org=org)
        asked = [(client.get, filled(query, org)) for query in page.queries]
        for method, sent in (*asked, (client.post, filled(page.post, org))):
            with transaction.atomic():
                text = "".join(as_far_as_it_comes(method(url, sent)))
                assert shown_by(text, sent) == set(), f"{name} {sent}"
                transaction.set_rollback(True)


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.where])
def test_a_command_that_cannot_be_recorded_shows_nothing(walker, name):
    nothing_can_be_recorded(walker)

    for org in (WALKED_ORG, EMPTIED_ORG):
        arguments = [text.format(user="walker", org=org) for text in COMMANDS[name].arguments]
        out = StringIO()
        with transaction.atomic():
            with pytest.raises(IntegrityError):
                call_command(name, *arguments, stdout=out, stderr=out)
            assert shown_by(out.getvalue()) == set()
            transaction.set_rollback(True)


def nothing_can_be_recorded(user: User) -> None:
    """The next entry of the log would have a number that another one has."""
    record(user, [Customer.objects.first()], "command")
    DisclosureHead.objects.update(number=0)


def as_far_as_it_comes(response: HttpResponseBase) -> Iterator[str]:
    if not response.streaming:
        yield response.content.decode()
        return
    with suppress(IntegrityError):
        for part in response.streaming_content:
            yield part.decode()


def checked(text: str, what: str, sent: dict[str, str] | None = None) -> set[str]:
    """Where the log says that something was shown; it must name just what `text` shows, as of one
    answer."""
    entries = set(Disclosure.objects.values_list("org_id", "where"))
    assert {org for org, _ in entries} == shown_by(text, sent), f"{what}: {text}"
    assert Disclosure.objects.values("shown_together").distinct().count() == bool(entries), what
    return {where for _, where in entries}


def shown_by(text: str, sent: dict[str, str] | None = None) -> set[str]:
    """The organizations whose billing is in `text`, but for what was `sent` and is said back."""
    said_back = " ".join((sent or {}).values())
    text = without_moments(_ANY_DIGITS.sub("", text))
    return {
        org
        for org, marks in BILLING.items()
        if any(mark in text and mark not in said_back for mark in marks)
    }
