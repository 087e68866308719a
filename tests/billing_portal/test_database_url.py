"""DATABASE_URL: relative files stand beside manage.py, and what cannot be read right is refused."""

import traceback
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from environ import Env

from billing_portal import addresses
from billing_portal.addresses import refuse_unescaped
from tests.helpers.portals.checkout import REQUIRED, Checkout, assert_said_plainly

SECRET = "Tr0ub4dor"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path_factory, monkeypatch):
    """A checkout in which `make run` has made a database is not where these tests look."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))


def database_of(url, folder):
    return addresses.database_of(url, folder, Env.db_url_config)


def name_of(url, folder):
    return database_of(url, folder)["NAME"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///portal.sqlite3", "{folder}/portal.sqlite3"),
        ("sqlite:portal.sqlite3", "{folder}/portal.sqlite3"),
        ("sqlite:///./data/../portal.sqlite3", "{folder}/portal.sqlite3"),
        ("sqlite:///data/my%20portal.sqlite3", "{folder}/data/my portal.sqlite3"),
        ("sqlite:///a+b.sqlite3", "{folder}/a+b.sqlite3"),
        ("sqlite:////srv/portal.sqlite3", "/srv/portal.sqlite3"),
        ("sqlite:/srv/portal.sqlite3", "/srv/portal.sqlite3"),
        ("sqlite:////srv/a+b%3F%23.sqlite3", "/srv/a+b?#.sqlite3"),
        ("sqlite:///:memory:", ":memory:"),
        ("sqlite://:memory:", ":memory:"),
        ("sqlite://", ":memory:"),
    ],
)
def test_a_file_of_sqlite_does_not_follow_the_working_directory(tmp_path, url, name):
    assert name_of(url, tmp_path) == name.format(folder=tmp_path)


def test_what_an_address_says_more_is_taken(tmp_path):
    database = database_of("sqlite:///portal.sqlite3?timeout=30", tmp_path)

    assert database["NAME"] == str(tmp_path / "portal.sqlite3")
    assert database["OPTIONS"] == {"timeout": 30}


def test_commands_from_elsewhere_use_the_same_file(tmp_path):
    (tmp_path / "checkout").mkdir()
    checkout = Checkout(tmp_path / "checkout")
    environment = REQUIRED | {"DATABASE_URL": "sqlite:///portal.sqlite3"}

    for cwd in (checkout.folder, tmp_path):
        ended = checkout.run_in(cwd, [str(checkout.folder / "manage.py"), "migrate"], environment)
        assert ended.code == 0, ended.err

    assert "No migrations to apply." in ended.out
    assert [path.name for path in tmp_path.iterdir()] == ["checkout"]


def test_a_database_that_was_found_by_the_working_directory_is_not_left_behind(
    tmp_path, monkeypatch
):
    """An upgrade must not go on with a new and empty one."""
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "portal.sqlite3").touch()
    monkeypatch.chdir(tmp_path / "here")

    with pytest.raises(ImproperlyConfigured, match="whole path") as raised:
        database_of("sqlite:///portal.sqlite3", tmp_path)
    (tmp_path / "portal.sqlite3").touch()

    assert str(tmp_path / "here") in str(raised.value)
    assert name_of("sqlite:///portal.sqlite3", tmp_path) == str(tmp_path / "portal.sqlite3")


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("postgres://portal:a@b@db.example/billing", "a@b"),
        ("postgres://portal:a:b@db.example:5433/billing", "a:b"),
        ("postgres://portal:a+b@db.example/billing", "a+b"),
        ("postgres://portal:a%b@db.example/billing", "a%b"),
        ("postgres://portal:a%2Fb%3Fc%23d%40e%25f@db.example/billing", "a/b?c#d@e%f"),
        ("postgresql://portal:a&b=c!$;*()~'@db.example/billing", "a&b=c!$;*()~'"),
    ],
)
def test_a_password_that_can_be_read_is(tmp_path, url, password):
    database = database_of(url, tmp_path)

    assert (database["USER"], database["PASSWORD"]) == ("portal", password)
    assert (database["HOST"], database["NAME"]) == ("db.example", "billing")


@pytest.mark.parametrize("sign", ["/", "?", "#", "/1", "?a=", "#?/", "[", "]", "@/", "@?x=", "@#"])
@pytest.mark.parametrize("where", ["{sign}" + SECRET, SECRET + "{sign}", "12{sign}" + SECRET])
@pytest.mark.parametrize("form", ["postgres://portal:{}@db.example:5432/billing"])
def test_a_password_that_cuts_the_address_is_refused_without_saying_it(tmp_path, sign, where, form):
    url = form.format(where.format(sign=sign))

    with pytest.raises(ImproperlyConfigured) as raised:
        database_of(url, tmp_path)

    told = "".join(traceback.format_exception(raised.value))
    assert "percent-encode" in str(raised.value)
    assert SECRET not in told
    assert "db.example" not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgres://portal@db.example:port/billing", "port"),
        ("sqlite://portal.sqlite3", "three slashes"),
        ("sqlite:///portal#1.sqlite3", "percent-encode"),
        ("mysql://portal@db.example/billing", "must start with"),
    ],
)
def test_other_slips_are_said(tmp_path, url, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        database_of(url, tmp_path)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("EMAIL_URL", f"smtp+tls://portal:{SECRET}/x@mail.example:587"),
        ("EMAIL_URL", f"smtp+tls://portal:12?{SECRET}@mail.example:587"),
        ("CATALYZE_PROXY", f"http://portal:{SECRET}#x@proxy.example:3128"),
        ("CELERY_BROKER_URL", f"redis://:{SECRET}/x@redis.example:6379/0"),
        ("DATABASE_URL", f"postgres://portal:{SECRET}?x@db.example/billing"),
    ],
)
def test_every_address_with_a_password_is_looked_at(tmp_path, name, url):
    ended = Checkout(tmp_path).check(REQUIRED | {name: url})

    assert_said_plainly(ended, name)
    assert "percent-encode" in ended.err
    assert SECRET not in ended.err


def test_addresses_without_a_fault_pass():
    for url in ("", "consolemail://", "redis://:p%2Fw@redis.example:6379/0", "amqp://a:b@h//"):
        refuse_unescaped("CELERY_BROKER_URL", url)


def test_the_default_stands_beside_manage_py(tmp_path):
    settings = Checkout(tmp_path).settings(REQUIRED)

    assert Path(settings["DATABASES"]["default"]["NAME"]) == tmp_path / "portal.sqlite3"
