"""The origin of a request: the address behind proxies, and the browser's name."""

import logging

import pytest
from django.test import Client

from customers.dashboard.account.browsers import browser_of as family_of
from customers.dashboard.requests import proxies
from customers.dashboard.requests.ip_addresses import client_address
from customers.models import SecurityEvent

PASSWORD = "a password of the tests"
PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies_in_front", "forwarded", "address"),
    [
        (0, "203.0.113.5", PROXY),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "6.6.6.6, 203.0.113.5", "203.0.113.5"),
        (2, "6.6.6.6, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (1, "203.0.113.5:4711", "203.0.113.5"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
        (1, "2001:DB8:0::1", "2001:db8::1"),
        (1, '"[2001:db8::1]:443"', "2001:db8::1"),
        (1, "::ffff:203.0.113.5", "203.0.113.5"),
        (1, "[::ffff:203.0.113.5]:80", "203.0.113.5"),
        (1, "fe80::1%eth0", "fe80::1"),
        (2, "203.0.113.5", None),
        (1, "", None),
        (1, "unknown", None),
        (1, "_hidden", None),
        (1, "203.0.113.5,", None),
        (1, "999.1.1.1", None),
        (1, "[2001:db8::1", "2001:db8::1"),
        (1, "1:2", None),
        (1, "x" * 9999, None),
    ],
)
def test_the_address_is_the_one_that_the_proxies_saw(
    rf, settings, proxies_in_front, forwarded, address
):
    settings.PROXY_COUNT = proxies_in_front

    request = rf.get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=PROXY)

    assert client_address(request) == address


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("203.0.113.5:4711", "203.0.113.5"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "127.0.0.1"),
        ("", None),
        ("unix:", None),
    ],
)
def test_without_proxies_the_address_is_the_peers(rf, peer, address):
    assert client_address(rf.get("/", REMOTE_ADDR=peer)) == address


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_proxy_on_this_machine_that_is_not_counted_is_nobodys_address(rf, header, peer):
    assert client_address(rf.get("/", REMOTE_ADDR=peer, **{header: "203.0.113.5"})) is None


def try_to_sign_in(name, password="wrong", **headers):
    form = {"username": name, "password": password}
    return Client().post("/admin/login/", form, **headers).status_code


@pytest.mark.parametrize(
    ("proxies_in_front", "headers"),
    [
        (0, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.5"}),
        (0, {"REMOTE_ADDR": ""}),
        (1, {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "unknown"}),
        (1, {"REMOTE_ADDR": PROXY}),
        (2, {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "203.0.113.5"}),
    ],
    ids=["no count", "Unix socket", "unreadable", "missing", "count too high"],
)
def test_strangers_whose_address_is_unknown_keep_nobody_out(
    ana, settings, proxies_in_front, headers
):
    settings.SIGN_IN_ATTEMPTS, settings.PROXY_COUNT = 3, proxies_in_front
    for number in range(35):
        try_to_sign_in(f"stranger {number}", **headers)

    assert try_to_sign_in("ana", PASSWORD, **headers) == 302
    for _ in range(3):
        try_to_sign_in("ana", **headers)
    assert try_to_sign_in("ana", PASSWORD, **headers) == 429


def test_one_browser_behind_a_proxy_is_paused_by_the_address_that_the_proxy_saw(ana, settings):
    settings.SIGN_IN_ATTEMPTS, settings.PROXY_COUNT = 3, 1
    for port in range(30):
        headers = {"HTTP_X_FORWARDED_FOR": f"9.9.9.{port}, [2001:db8::1]:{5000 + port}"}
        try_to_sign_in(f"name {port}", REMOTE_ADDR=PROXY, **headers)

    theirs = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "[2001:db8::1]:443"}
    others = {"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": "[2001:db8::2]:443"}
    assert try_to_sign_in("ana", PASSWORD, **theirs) == 429
    assert try_to_sign_in("ana", PASSWORD, **others) == 302


def test_an_unknown_address_is_recorded_as_none(ana):
    try_to_sign_in("ana", REMOTE_ADDR="")

    assert SecurityEvent.objects.get().ip_address is None


@pytest.fixture
def warnings(monkeypatch, caplog):
    """Warnings about proxies; `at` sets the time in seconds."""
    monkeypatch.setattr(proxies, "_seen", proxies.OneAddress())
    clock = [0.0]
    monkeypatch.setattr(proxies.time, "monotonic", lambda: clock[0])
    caplog.set_level(logging.WARNING, "customers.dashboard.requests.proxies")

    def said(at=None):
        if at is not None:
            clock[0] = at
        return [
            r.getMessage()
            for r in caplog.records
            if r.name == "customers.dashboard.requests.proxies"
        ]

    return said


def ask(forwarded="203.0.113.5", peer=PROXY, header="HTTP_X_FORWARDED_FOR"):
    Client().get("/healthz", REMOTE_ADDR=peer, **({header: forwarded} if forwarded else {}))


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"])
@pytest.mark.parametrize("peer", [PROXY, "127.0.0.1", ""])
def test_a_proxy_that_is_not_counted_is_said_once_an_hour(db, warnings, header, peer):
    for number in range(5):
        ask(f"203.0.113.{number}", peer, header)
    assert len(warnings()) == 1
    assert f"({peer or 'unknown'})" in warnings()[0]
    assert "Set PROXY_COUNT, which is 0" in warnings()[0]

    warnings(at=3599)
    ask(header=header, peer=peer)
    assert len(warnings()) == 1
    warnings(at=3600)
    ask(header=header, peer=peer)
    assert len(warnings()) == 2


@pytest.mark.parametrize("entries", ["203.0.113.5", "203.0.113.5, 10.0.0.9, 10.0.0.8"])
def test_a_wrong_count_is_said(db, warnings, settings, entries):
    settings.PROXY_COUNT = 2

    ask(entries)

    assert "Set PROXY_COUNT, which is 2" in warnings()[0]


def test_a_right_count_is_not_said_though_all_come_from_one_office(db, warnings, settings):
    settings.PROXY_COUNT = 1

    for _ in range(5):
        ask("203.0.113.5")

    assert warnings() == []


def test_direct_requests_cause_no_proxy_warning(db, warnings):
    ask(None)

    assert warnings() == []


def test_addresses_that_differ_are_not_said(db, warnings):
    ask(peer="192.0.2.1")
    ask(peer="192.0.2.2")
    said = len(warnings())

    for second in range(1, 4 * 3600, 60):
        warnings(at=second)
        ask(peer=f"192.0.2.{second % 2 + 1 + second // 60 % 2}")

    assert len(warnings()) == said


def test_direct_probes_do_not_hide_the_proxy(db, warnings):
    warnings(at=0)
    ask(None, "127.0.0.1")
    ask()
    ask(None, "127.0.0.1")
    warnings(at=3600)
    ask()

    assert len(warnings()) == 2


@pytest.mark.parametrize(
    ("user_agent", "family"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox, Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0.0.0 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like "
            "Gecko) Version/17.6 Safari/605.1.15",
            "Safari, macOS",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
            "like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1",
            "Chrome, iOS",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("curl/8.5.0", "curl"),
        ("", ""),
        ("\u202eevil", ""),
        ("x" * 100_000 + "Firefox/1", ""),
    ],
)
def test_the_family_of_a_browser_is_recognized(user_agent, family):
    assert family_of(user_agent) == family
