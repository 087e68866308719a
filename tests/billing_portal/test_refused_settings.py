"""The settings: what stops the start, and says so without a secret."""

import pytest

from tests.helpers.portals.checkout import REQUIRED, RETENTIONS, assert_said_plainly

NOT_A_DURATION = ["soon", "15", "-1h", "1.5h", "1h30m", "99999d"]
NOT_A_NUMBER = ["fast", "-1", "nan", "inf", "1,5"]
NOT_A_SWITCH = ["maybe", "2", "onn"]
BAD = [
    *(("CUSTOMER_MAX_AGE", text) for text in NOT_A_DURATION),
    *(("ACCESS_PROOF_TTL", text) for text in NOT_A_DURATION[:2]),
    *(("ACCESS_PROOFS", text) for text in ("list", "own, listed", "on")),
    *(("CATALYZE_CONNECT_TIMEOUT", text) for text in (*NOT_A_NUMBER, "0", "61")),
    *(("CATALYZE_READ_TIMEOUT", text) for text in (*NOT_A_NUMBER[:2], "0", "121")),
    *(("CATALYZE_DEADLINE", text) for text in (*NOT_A_NUMBER[:2], "0", "301")),
    *(("CATALYZE_MAX_RPS", text) for text in NOT_A_NUMBER[:3]),
    *(("EXPIRY_WARNING_DAYS", text) for text in ("many", "0", "3651", "1.5")),
    *((name, text) for name in RETENTIONS for text in ("1h", "23h", "86399s")),
    *(("MASS_CHANGE_SHARE", text) for text in (*NOT_A_NUMBER[:3], "101", "120%", "1/0", "%")),
    *(("SIGN_IN_PAUSE", text) for text in (*NOT_A_DURATION[:2], "0s")),
    *(("API_TOKEN_MAX_AGE", text) for text in (*NOT_A_DURATION[:2], "0s")),
    *(("API_MAX_RPM", text) for text in (*NOT_A_NUMBER[:2], "1.5")),
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
    *(
        ("CUSTOMER_BILLING_URL", text)
        for text in (
            *(
                "app.example.com/billing",
                "http://app.example.com/",
                "https://",
                "https://{org_id}/",
            ),
            *("https://me:secret@app.example.com/", "https://app.example.com/{organization}"),
            *("https://app.example.com/a b", "https://app.example.com/<b>", "javascript:alert(1)"),
        )
    ),
    ("EMAIL_URL", "nonsense"),
    ("EMAIL_URL", "carrier-pigeon://127.0.0.1"),
    ("EMAIL_URL", "smtp://127.0.0.1:port"),
    ("EMAIL_URL", "filemail://"),
    ("EMAIL_URL", "filemail:///"),
    ("EMAIL_URL", "filemail:mails"),
    ("EMAIL_URL", "filemail://mails"),
    ("EMAIL_URL", "filemail://mails/of-the-portal"),
]


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
