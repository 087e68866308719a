"""The settings: their defaults, and what is taken from the environment."""

import pytest

from tests.helpers.portals.checkout import OF_THE_DESIGN, REQUIRED, RETENTIONS, assert_said_plainly
from tests.helpers.upstream.certificates import Authority


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
        ("MASS_CHANGE_SHARE", "", 0.2),
        ("MASS_CHANGE_SHARE", "0.3", 0.3),
        ("MASS_CHANGE_SHARE", "15 %", 0.15),
        ("MASS_CHANGE_SHARE", "15", 0.15),
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
        "connect_timeout": 5,
        "options": "-c jit=off -c max_parallel_workers_per_gather=0",
    }


def test_an_address_may_say_more_of_the_database(checkout):
    url = "postgres://db.example/billing?sslmode=require&options=-c%20work_mem%3D16MB"

    database = checkout.settings(REQUIRED | {"DATABASE_URL": url})["DATABASES"]["default"]

    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["options"] == "-c work_mem=16MB"
