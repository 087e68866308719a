"""NAME_FILE names a file that holds a secret; whatever is wrong with it is said without it."""

import re
import traceback

import pytest
from django.core.exceptions import ImproperlyConfigured

from billing_portal.secret_files import SECRETS, file_setting, value_of
from tests.helpers.portals.checkout import REQUIRED, assert_said_plainly
from tests.helpers.sandbox_process import PROJECT

KEY = "hunter2-" * 8
VALUES = REQUIRED | {
    "CATALYZE_PROXY": "http://portal:hunter2@proxy.example:3128",
    "CELERY_BROKER_URL": "redis://:hunter2@redis.example:6379/0",
    "DATABASE_URL": "postgres://portal:hunter2@db.example/billing",
    "EMAIL_URL": "smtp+tls://portal:hunter2@mail.example:587",
    "METRICS_TOKEN": "hunter2-hunter2-hunter2",
    "OIDC_CLIENT_ID": "billing-portal",
    "OIDC_CLIENT_SECRET": "hunter2-hunter2",
    "OIDC_ISSUER": "https://id.example.com",
    "OIDC_PROXY": "http://portal:hunter2@proxy.example:3128",
    "SECRET_KEY": KEY,
}
TRIED = sorted(SECRETS)


@pytest.fixture
def in_files(tmp_path):
    """Every secret in a file of its own; nothing but their paths in the environment."""
    for name in TRIED:
        (tmp_path / name).write_text(f"{VALUES[name]}\n")
    plain = {name: text for name, text in VALUES.items() if name not in TRIED}
    return plain | {file_setting(name): str(tmp_path / name) for name in TRIED}


def read(folder, content):
    (folder / "key").write_bytes(content)
    return value_of("SECRET_KEY", {"SECRET_KEY_FILE": "key"}, folder)


def test_each_secret_is_read_from_its_file_as_from_the_environment(checkout, in_files):
    read, given = checkout.settings(in_files), checkout.settings(VALUES)

    named = {in_files[file_setting(name)] for name in TRIED}
    assert set(read.pop("SECRET_FILES")) == named
    assert given.pop("SECRET_FILES") == []
    assert read == given


def test_env_may_name_the_files(checkout, in_files):
    lines = [f"{name}={text}" for name, text in in_files.items()]
    (checkout.folder / ".env").write_text("\n".join(lines))
    try:
        assert checkout.settings({"METRICS_TOKEN_FILE": ""})["SECRET_KEY"] == KEY
    finally:
        (checkout.folder / ".env").unlink()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (KEY.encode(), KEY),
        (f"{KEY}\n".encode(), KEY),
        (f"{KEY}\r\n".encode("utf-8-sig"), KEY),
        (f"{KEY}\n".encode("utf-16"), KEY),
        (f" ${KEY}'\"# \n".encode(), f" ${KEY}'\"# "),
    ],
    ids=["no newline", "a newline", "as Windows writes it", "utf-16", "signs of a shell"],
)
def test_a_file_is_taken_as_it_is_but_for_the_newline(tmp_path, content, key):
    assert read(tmp_path, content) == key


@pytest.mark.parametrize("name", TRIED)
def test_a_secret_that_is_set_twice_is_refused(in_files, tmp_path, name):
    with pytest.raises(ImproperlyConfigured, match=f"{name} and {name}_FILE are both set") as told:
        value_of(name, in_files | {name: VALUES[name]}, tmp_path)

    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (f"{KEY}\n{KEY}\n".encode(), "several lines"),
        (KEY.encode("utf-16-le"), "encoding that is not known"),
    ],
    ids=["empty", "a newline alone", "two lines", "encoding"],
)
def test_what_a_file_holds_is_never_said(tmp_path, content, said):
    with pytest.raises(ImproperlyConfigured, match=f"SECRET_KEY_FILE.*{said}") as told:
        read(tmp_path, content)

    assert "hunter2" not in "".join(traceback.format_exception(told.value))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/no/such/file", "No such file"),
        ("/", "Is a directory"),
        (KEY, "No such file"),  # a secret that was taken for a path
    ],
)
def test_a_file_that_cannot_be_read_stops_the_start(checkout, in_files, path, said):
    ended = checkout.check(in_files | {"SECRET_KEY_FILE": path})

    assert_said_plainly(ended, f"SECRET_KEY_FILE names a file that cannot be read: {said}")
    assert "hunter2" not in ended.err


def test_what_is_no_secret_has_no_file(tmp_path):
    (tmp_path / "zone").write_text("Europe/Berlin")

    assert value_of("TIME_ZONE", {"TIME_ZONE_FILE": "zone"}, tmp_path) == ""


def test_every_setting_that_sounds_like_a_secret_may_be_in_a_file():
    example = (PROJECT / ".env.example").read_text()
    secret = re.findall(r"^([A-Z_]+_(?:KEYS?|TOKEN|SECRET|PASSWORD))=", example, re.MULTILINE)

    assert {"SECRET_KEY", "CREDENTIAL_KEYS", "METRICS_TOKEN"} <= set(secret) <= SECRETS
