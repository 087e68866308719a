"""The settings: what stops the start, what is taken, and what `.env.example` promises."""

import json
import os
import re
import shutil
import subprocess
import sys
from typing import NamedTuple

import pytest

from tests.helpers.certificates import Authority
from tests.helpers.sandbox_process import PROJECT

REQUIRED = {
    "SECRET_KEY": "a secret key that only these tests use, long enough for the checks",
    "CREDENTIAL_KEYS": "c29tZSBrZXkgb2YgdGhlc2UgdGVzdHMsIDMyIGJ5dGU=",
    "CATALYZE_BASE_URL": "https://api.example.com",
}
OF_THE_DESIGN = {
    "SECRET_KEY",
    "CREDENTIAL_KEYS",
    "DEBUG",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "CATALYZE_BASE_URL",
    "CATALYZE_CONNECT_TIMEOUT",
    "CATALYZE_READ_TIMEOUT",
    "CATALYZE_DEADLINE",
    "CATALYZE_MAX_RPS",
    "CATALYZE_PROXY",
    "CATALYZE_CA_BUNDLE",
    "CATALYZE_KEEP_ALIVE",
    "CUSTOMER_MAX_AGE",
    "ACCESS_PROOF_TTL",
    "EXPIRY_WARNING_DAYS",
    "SECURITY_EVENT_RETENTION",
    "TIME_ZONE",
    "EMAIL_URL",
    "DIGEST_RECIPIENTS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
}
RETENTIONS = (
    "CHANGE_RETENTION",
    "DISCLOSURE_RETENTION",
    "SYNC_RUN_RETENTION",
    "SECURITY_EVENT_RETENTION",
)
NOT_A_DURATION = ["soon", "15", "-1h", "1.5h", "1h30m", "99999d"]
NOT_A_NUMBER = ["fast", "-1", "nan", "inf", "1,5"]
NOT_A_SWITCH = ["maybe", "2", "onn"]
BAD = [
    *(("CUSTOMER_MAX_AGE", text) for text in NOT_A_DURATION),
    *(("ACCESS_PROOF_TTL", text) for text in NOT_A_DURATION[:2]),
    *(("CATALYZE_CONNECT_TIMEOUT", text) for text in (*NOT_A_NUMBER, "0", "61")),
    *(("CATALYZE_READ_TIMEOUT", text) for text in (*NOT_A_NUMBER[:2], "0", "121")),
    *(("CATALYZE_DEADLINE", text) for text in (*NOT_A_NUMBER[:2], "0", "301")),
    *(("CATALYZE_MAX_RPS", text) for text in NOT_A_NUMBER[:3]),
    *(("EXPIRY_WARNING_DAYS", text) for text in ("many", "0", "3651", "1.5")),
    *((name, text) for name in RETENTIONS for text in ("1h", "23h", "86399s")),
    *(("SIGN_IN_PAUSE", text) for text in (*NOT_A_DURATION[:2], "0s")),
    *(("SIGN_IN_ATTEMPTS", text) for text in (*NOT_A_NUMBER[:2], "2", "1001", "3.5")),
    *(("DEBUG", text) for text in NOT_A_SWITCH),
    ("CATALYZE_KEEP_ALIVE", "maybe"),
    ("CATALYZE_CA_BUNDLE", "/no/such/file.pem"),
    ("CATALYZE_CA_BUNDLE", "customers"),
    ("CATALYZE_CA_BUNDLE", "manage.py"),
    *(
        (name, "maybe")
        for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    ),
    *(
        (name, text)
        for name in ("CHANGE_RETENTION", "DISCLOSURE_RETENTION", "SYNC_RUN_RETENTION")
        for text in ("soon", "0s", "1h", "23h", "86399s")
    ),
    ("TIME_ZONE", "Mars/Olympus"),
    ("TIME_ZONE", "../etc/passwd"),
    ("CATALYZE_BASE_URL", "api.example.com"),
    ("CATALYZE_BASE_URL", "ftp://api.example.com"),
    ("CATALYZE_BASE_URL", "https://"),
    ("CATALYZE_BASE_URL", "https://api.example.com:port"),
    ("CATALYZE_BASE_URL", "https://api.example.com:99999"),
    ("CATALYZE_BASE_URL", "https://[api"),
    ("CATALYZE_BASE_URL", "https://api.example.com/v2"),
    ("CATALYZE_BASE_URL", "https://api.example.com/v2/"),
    ("DATABASE_URL", "mysql://portal@127.0.0.1/portal"),
    ("DATABASE_URL", "portal.sqlite3"),
    ("DATABASE_URL", "postgres://portal@127.0.0.1:port/portal"),
    ("EMAIL_URL", "nonsense"),
    ("EMAIL_URL", "carrier-pigeon://127.0.0.1"),
    ("EMAIL_URL", "smtp://127.0.0.1:port"),
    ("EMAIL_URL", "filemail://"),
    ("EMAIL_URL", "filemail:///"),
    ("EMAIL_URL", "filemail:mails"),
    ("EMAIL_URL", "filemail://mails"),
    ("EMAIL_URL", "filemail://mails/of-the-portal"),
]
SHOW = (
    "import json; from billing_portal import settings;"
    "print(json.dumps({n: getattr(settings, n) for n in dir(settings) if n.isupper()},"
    " default=str))"
)


class Ended(NamedTuple):
    code: int
    out: str
    err: str


class Checkout:
    """A copy of the portal without a `.env`, run in an environment of nothing but what is given."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("billing_portal", "customers", "observability"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(PROJECT / name, folder / name, ignore=ignored)
        for name in ("manage.py", "pyproject.toml"):
            shutil.copy(PROJECT / name, folder)
        for name in ("static", "templates"):
            (folder / name).symlink_to(PROJECT / name)

    def check(self, environment):
        return self._run(["-W", "error", "manage.py", "check"], environment)

    def settings(self, environment):
        ended = self._run(["-W", "error", "-c", SHOW], environment)
        assert ended.code == 0, ended.err
        return json.loads(ended.out)

    def _run(self, arguments, environment):
        return self.run_in(self.folder, arguments, environment)

    def run_in(self, cwd, arguments, environment):
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"} | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return Checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def checkout_with_example(tmp_path):
    """A copy in which `.env.example` was copied to `.env`."""
    shutil.copy(PROJECT / ".env.example", tmp_path / ".env")
    return Checkout(tmp_path)


def names_in_example():
    text = (PROJECT / ".env.example").read_text()
    return re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)


def assert_said_plainly(ended, name):
    assert ended.code == 1
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert ended.err.startswith("The settings cannot be used: ")
    assert len(ended.err.splitlines()) == 1
    assert name in ended.err


@pytest.mark.parametrize("value", [None, "", "  "], ids=["absent", "empty", "blank"])
@pytest.mark.parametrize("name", REQUIRED)
def test_a_missing_secret_stops_the_start_with_its_name(checkout, name, value):
    environment = {key: text for key, text in REQUIRED.items() if key != name}
    if value is not None:
        environment[name] = value

    ended = checkout.check(environment)

    assert_said_plainly(ended, name)
    assert f"{name} is not set." in ended.err
    assert not [text for text in environment.values() if text.strip() and text in ended.err]


@pytest.mark.parametrize(("name", "text"), BAD)
def test_what_cannot_be_stops_the_start_with_its_name(checkout, name, text):
    ended = checkout.check(REQUIRED | {name: text})

    assert_said_plainly(ended, name)


@pytest.mark.parametrize(
    "keys", ["short", f"{REQUIRED['CREDENTIAL_KEYS']},a-second-one", "clé", ",", " , "]
)
def test_credential_keys_that_cannot_be_are_not_repeated(checkout, keys):
    ended = checkout.check(REQUIRED | {"CREDENTIAL_KEYS": keys})

    assert_said_plainly(ended, "CREDENTIAL_KEYS")
    assert not [key for key in keys.split(",") if key.strip() and key in ended.err]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("DATABASE_URL", "mysql://portal:a-password@127.0.0.1/portal"),
        ("DATABASE_URL", "postgres://portal:a-password@127.0.0.1:port/portal"),
        ("EMAIL_URL", "carrier-pigeon://portal:a-password@127.0.0.1"),
        ("CATALYZE_BASE_URL", "ftp://portal:a-password@127.0.0.1"),
    ],
)
def test_a_password_in_an_address_is_not_repeated(checkout, name, text):
    assert "a-password" not in checkout.check(REQUIRED | {name: text}).err


@pytest.mark.parametrize(
    "url", ["http://api.example.com", "HTTP://10.0.0.1", "http://127.0.0.1.example.com"]
)
def test_plain_http_to_another_machine_stops_the_start(checkout, url):
    ended = checkout.check(REQUIRED | {"CATALYZE_BASE_URL": url})

    assert_said_plainly(ended, "CATALYZE_BASE_URL")
    assert "https://" in ended.err


@pytest.mark.parametrize(
    "url",
    ["HTTPS://API.example.com", "https://10.0.0.1:8443", "http://localhost:1", "http://[::1]"],
)
def test_https_and_plain_http_on_this_machine_are_possible(checkout, url):
    ended = checkout.check(REQUIRED | {"CATALYZE_BASE_URL": url})

    assert (ended.code, ended.err) == (0, "")


@pytest.mark.parametrize("secret_key", ["$" + "k" * 60, "k$" + "#" * 60, "{0}%s" + "k" * 60])
def test_a_secret_key_may_hold_any_character(checkout, secret_key):
    settings = checkout.settings(REQUIRED | {"SECRET_KEY": secret_key})

    assert settings["SECRET_KEY"] == secret_key


def test_three_secrets_are_enough(checkout):
    ended = checkout.check(REQUIRED)

    assert (ended.code, ended.err) == (0, "")


def test_the_defaults(checkout):
    settings = checkout.settings(REQUIRED)

    assert settings["DEBUG"] is False
    assert settings["DATABASES"]["default"]["ENGINE"] == "customers.database.private_sqlite"
    assert settings["DATABASES"]["default"]["NAME"] == str(checkout.folder / "portal.sqlite3")
    assert settings["CUSTOMER_MAX_AGE"] == "0:15:00"
    assert settings["ACCESS_PROOF_TTL"] == "3 days, 0:00:00"
    assert settings["EXPIRY_WARNING_DAYS"] == 60
    switches = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    assert [settings[name] for name in switches] == [True] * 3
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60
    assert settings["LANGUAGE_COOKIE_SECURE"] is True
    assert (settings["SIGN_IN_ATTEMPTS"], settings["SIGN_IN_PAUSE"]) == (10, "0:15:00")
    retentions = ["1095 days, 0:00:00", "2190 days, 0:00:00", "90 days, 0:00:00"]
    assert [settings[name] for name in RETENTIONS] == [*retentions, "400 days, 0:00:00"]
    assert "*" not in settings["ALLOWED_HOSTS"]
    assert settings["CATALYZE_PROXY"] == ""
    assert settings["CATALYZE_CA_BUNDLE"] == ""
    assert settings["CATALYZE_KEEP_ALIVE"] is True


@pytest.mark.parametrize("name", sorted(OF_THE_DESIGN - REQUIRED.keys()))
def test_an_empty_setting_is_its_default(checkout, name):
    assert checkout.settings(REQUIRED | {name: ""}) == checkout.settings(REQUIRED)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("DEBUG", "ON", True),
        ("DEBUG", "yes", True),
        ("DEBUG", "False", False),
        ("SECURE_SSL_REDIRECT", "off", False),
        ("SESSION_COOKIE_SECURE", "0", False),
        ("CSRF_COOKIE_SECURE", "no", False),
        ("ALLOWED_HOSTS", " a.example , b.example,", ["a.example", "b.example"]),
        ("CATALYZE_BASE_URL", "https://api.example.com/", "https://api.example.com"),
        ("CATALYZE_BASE_URL", "http://127.0.0.1:8900", "http://127.0.0.1:8900"),
        ("CATALYZE_CONNECT_TIMEOUT", "0.5", 0.5),
        ("CATALYZE_MAX_RPS", "0", 0),
        ("CATALYZE_PROXY", "http://proxy.example:3128", "http://proxy.example:3128"),
        ("CATALYZE_KEEP_ALIVE", "off", False),
        ("CUSTOMER_MAX_AGE", "0s", "0:00:00"),
        ("ACCESS_PROOF_TTL", "7d", "7 days, 0:00:00"),
        ("SECURITY_EVENT_RETENTION", "24h", "1 day, 0:00:00"),
        ("EXPIRY_WARNING_DAYS", "90", 90),
        ("TIME_ZONE", "Europe/Berlin", "Europe/Berlin"),
        ("DIGEST_RECIPIENTS", "a@example.com, b@example.com", ["a@example.com", "b@example.com"]),
        ("CREDENTIAL_KEYS", "{0}, {0}".format(REQUIRED["CREDENTIAL_KEYS"]), None),
    ],
)
def test_what_a_setting_says_is_taken(checkout, name, text, value):
    expected = [REQUIRED["CREDENTIAL_KEYS"]] * 2 if value is None else value

    assert checkout.settings(REQUIRED | {name: text})[name] == expected


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("filemail:///mails", "/mails"),
        ("FileMail:///mails", "/mails"),
        ("filemail:///srv/portal/mails/", "/srv/portal/mails/"),
        ("filemail:///srv/a%20folder+more", "/srv/a folder+more"),
    ],
)
def test_mails_may_go_to_a_folder_by_its_whole_path(checkout, url, folder):
    assert checkout.settings(REQUIRED | {"EMAIL_URL": url})["EMAIL_FILE_PATH"] == folder


def test_certificates_of_an_internal_authority_are_a_file(checkout):
    """A relative path begins beside manage.py, wherever the command was called."""
    (checkout.folder / "ca.pem").write_bytes(Authority().pem)
    (checkout.folder / "empty.pem").touch()

    named = [
        checkout.settings(REQUIRED | {"CATALYZE_CA_BUNDLE": name})["CATALYZE_CA_BUNDLE"]
        for name in ("ca.pem", str(checkout.folder / "ca.pem"))
    ]
    ended = checkout.check(REQUIRED | {"CATALYZE_CA_BUNDLE": "empty.pem"})

    assert named == [str(checkout.folder / "ca.pem")] * 2
    assert_said_plainly(ended, "CATALYZE_CA_BUNDLE")
    assert "holds no certificate" in ended.err


def test_a_postgresql_database(checkout):
    url = "postgres://portal:p%40ss@db.example:5433/billing"

    database = checkout.settings(REQUIRED | {"DATABASE_URL": url})["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    parts = [database[part] for part in ("USER", "PASSWORD", "HOST", "PORT", "NAME")]
    assert parts == ["portal", "p@ss", "db.example", 5433, "billing"]
    assert database["OPTIONS"] == {
        "options": "-c jit=off -c max_parallel_workers_per_gather=0",
        "prepare_threshold": 0,
    }


def test_an_address_may_say_more_of_the_database(checkout):
    url = "postgres://db.example/billing?sslmode=require&options=-c%20work_mem%3D16MB"

    database = checkout.settings(REQUIRED | {"DATABASE_URL": url})["DATABASES"]["default"]

    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["options"] == "-c work_mem=16MB"


def test_the_example_lists_every_setting_of_the_design_once():
    names = names_in_example()

    assert set(names) >= OF_THE_DESIGN
    assert len(names) == len(set(names))


def test_the_example_lists_what_is_read_and_nothing_else():
    source = (PROJECT / "billing_portal" / "settings.py").read_text()
    read = re.findall(r'(?:env[\w.]*|_\w+)\(\s*"([A-Z_]+)"', source)

    assert set(read) == set(names_in_example())


def test_the_example_is_usable_as_it_is(checkout_with_example):
    ended = checkout_with_example.check({})

    assert (ended.code, ended.err) == (0, "")


def test_the_example_holds_no_secret_of_anyone():
    text = (PROJECT / ".env.example").read_text()

    assert "SECRET_KEY=change-me" in text
    assert "http://127.0.0.1" in text


def test_the_environment_wins_over_the_file(checkout_with_example):
    settings = checkout_with_example.settings({"CUSTOMER_MAX_AGE": "1h"})

    assert settings["CUSTOMER_MAX_AGE"] == "1:00:00"
    assert settings["EXPIRY_WARNING_DAYS"] == 60
