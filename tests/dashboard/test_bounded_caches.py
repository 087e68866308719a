"""Nothing that a request says keys a cache without a bound: memory does not grow by being asked."""

import functools
import gc
import logging
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.test.utils import override_script_prefix

from tests.conftest import browser_of
from tests.helpers.access.people import WALKED_ORG, make_world

MARK = "zq7grows"
REQUESTS = 25
# What one request may leave behind, however many there are: a context, a resolver match.
SOME = 8
CACHE = type(functools.lru_cache(maxsize=1)(len))
PAGES = ["/", "/orgs/", f"/orgs/{WALKED_ORG}/", "/changes/", "/credentials/", "/admin/login/"]


@pytest.fixture
def browser(ana, db, settings) -> Iterator[Client]:
    logging.disable()  # pytest remembers what is logged
    settings.ALLOWED_HOSTS = ["*"]
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    settings.METRICS_TOKEN = "a token for the metrics of the tests"
    make_world()
    client = browser_of(ana)
    client.get("/admin/login/")  # so that all is loaded
    yield client
    logging.disable(logging.NOTSET)


def ask(client: Client, number: int) -> None:
    """Every page, each time with words that nobody has sent before."""
    word = f"{MARK}{number}"
    said = {
        "HTTP_HOST": f"{word}.example.com",
        "HTTP_ACCEPT_LANGUAGE": f"{word[:8]}, de-{number}, en-{word[-6:]};q=0.5",
        "HTTP_USER_AGENT": word,
        "HTTP_REFERER": f"http://{word}.example.com/",
        "HTTP_X_REQUEST_ID": word,
        "HTTP_X_FORWARDED_FOR": word,
        "HTTP_AUTHORIZATION": f"Bearer {word}",
        "HTTP_COOKIE": f"{client.cookies.output(header='', sep=';')}; django_language={word}",
    }
    query = dict.fromkeys(
        ("q", "sort", "worklist", "brand", "card_of", "after", "answer", "reply"), word
    )
    for page in (*PAGES, f"/orgs/{word}/", f"/{word}/", f"/static/{word}.css", "/metrics"):
        client.generic("GET", page, QUERY_STRING="", **said)
        client.get(page, query, **said)
    client.generic(word.upper(), "/", **said)
    client.post("/language/", {"language": word, "next": f"/{word}"}, **said)
    client.post("/admin/login/", {"username": word, "password": word}, **said)


def held() -> Iterator[object]:
    """Whatever can hold something; Python does not list those that hold plain texts alone."""
    listed = {id(thing): thing for thing in gc.get_objects()}
    yield from listed.values()
    inside = (part for thing in listed.values() for part in gc.get_referents(thing))
    yield from {id(part): part for part in inside if id(part) not in listed}.values()


def bounded() -> set[int]:
    """The dictionaries behind caches that have a bound."""
    return {
        id(part)
        for cache in gc.get_objects()
        if type(cache) is CACHE and cache.cache_parameters()["maxsize"] is not None
        for part in gc.get_referents(cache)
    }


def holds(thing: object, mark: str, depth: int = 3) -> bool:
    if isinstance(thing, bytes):
        return mark.encode() in thing
    if isinstance(thing, str):
        return mark in thing
    is_compound = depth > 0 and isinstance(thing, tuple | frozenset)
    return is_compound and any(holds(part, mark, depth - 1) for part in thing)


def grown(mark: str) -> dict[str, int]:
    """What holds much of what was said, by a few words of it."""
    re.purge()  # it forgets by itself, after 512
    gc.collect()
    known = bounded()
    found: Counter[str] = Counter()
    for thing in held():
        if type(thing) in (dict, set, list) and id(thing) not in known:
            count = sum(holds(part, mark) for part in list(thing))
            if count > SOME:
                found[f"{type(thing).__name__} of {str(thing)[:300]}"] = count
    return dict(found)


def test_what_requests_say_is_not_remembered(browser):
    for number in range(REQUESTS):
        with override_script_prefix(f"/{MARK}{number}/"):  # the server's SCRIPT_NAME
            ask(browser, number)

    assert grown(MARK) == {}


class Remembering:
    """What a cache without a bound looks like: by itself, and behind a function."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.spelt = functools.cache(str.upper)


def test_a_cache_without_a_bound_is_noticed():
    there = Remembering()
    for number in range(REQUESTS):
        there.spelt(f"remembered {number}")
        there.kept["de", f"/remembered {number}"] = ""

    assert list(grown("remembered ").values()) == [REQUESTS, REQUESTS]
