"""The watch over secrets notices one that gets out, whichever way it takes."""

import logging

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse

from customers.models import Credentials, Organization
from customers.services.credentials.store import open_credentials
from customers.services.tokens.token_text import new_token_text
from customers.upstream.errors import SessionExpired
from tests.conftest import browser_of
from tests.helpers.rows import give_credentials

TOKEN = "4cf7bfc3-5d3c-4f0e-9d10-planted-leak"


@pytest.fixture
def planted(ana, secrecy):
    """The watch, once the portal holds a secret; what the test lets out on purpose is forgiven."""
    give_credentials(ana, TOKEN)
    assert secrecy.take_leaks() == []
    yield secrecy
    secrecy.take_leaks()


def test_a_secret_in_a_log_line_is_noticed(planted):
    logging.getLogger("customers.anything").warning("asked with %s", TOKEN)

    assert "log of customers.anything" in planted.leaks[0]
    assert TOKEN not in planted.leaks[0]


def test_a_secret_in_the_traceback_of_a_log_line_is_noticed(planted):
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logging.getLogger("customers.anything").exception("it broke")

    assert "log of" in planted.leaks[0]


@pytest.mark.parametrize(
    "answer",
    [HttpResponse(TOKEN), HttpResponse(headers={"X-Token": TOKEN})],
    ids=["body", "header"],
)
def test_a_secret_in_a_response_is_noticed(planted, ana, monkeypatch, answer):
    monkeypatch.setattr("customers.dashboard.overview.overview.render", lambda *_: answer)

    browser_of(ana).get("/")

    assert planted.leaks[0].startswith("response to GET /")


def test_a_secret_in_a_streamed_response_is_noticed(planted, ana, monkeypatch):
    streamed = StreamingHttpResponse(iter([b"a", TOKEN.encode()]))
    monkeypatch.setattr("customers.dashboard.overview.overview.render", lambda *_: streamed)

    browser_of(ana).get("/").getvalue()

    assert planted.leaks


def test_a_secret_in_a_row_is_noticed(planted):
    Organization.objects.create(org_id="x", description=f"token {TOKEN}")

    assert "database" in planted.leaks[0]


def test_a_secret_in_the_admin_history_is_noticed(planted, ana):
    LogEntry.objects.create(user=ana, action_flag=2, change_message=TOKEN)

    assert "database" in planted.leaks[0]


def test_a_secret_in_an_error_is_noticed(planted):
    error = SessionExpired(f"refused {TOKEN}")

    assert TOKEN in str(error)
    assert "error SessionExpired" in planted.leaks[0]


def test_a_secret_in_a_commands_output_is_noticed(planted, tmp_path):
    with (tmp_path / "out").open("w") as file:
        OutputWrapper(file).write(TOKEN)

    assert "command output" in planted.leaks[0]


def test_an_api_token_is_noticed_unless_it_is_just_created(planted, ana):
    token = new_token_text()
    logging.getLogger("customers.anything").warning("refused %s", token)
    Organization.objects.create(org_id="x", description=token)

    assert [leak.partition(",")[0] for leak in planted.leaks] == [
        "log of customers.anything: …refused [a secret]",
        "database",
    ]
    assert planted.take_leaks()
    planted.look("response to POST /tokens/create/", token)
    planted.look("command output", token)
    planted.look("database", f"gAAAAABrDt2PD67kUPZhEcl5{token}")
    assert planted.leaks == []


def test_a_dump_of_the_database_holds_no_secret(planted, ana, tmp_path):
    dump = tmp_path / "dump.json"
    call_command("dumpdata", output=str(dump), verbosity=0)

    assert "customers.credentials" in dump.read_text()
    assert TOKEN not in dump.read_text()
    assert open_credentials(ana.pk).secrets.session_token == TOKEN


@pytest.mark.django_db(transaction=True)
def test_the_file_of_the_database_holds_no_secret(ana, secrecy, tmp_path):
    give_credentials(ana, TOKEN)
    if connection.vendor == "sqlite":
        copy = tmp_path / "copy.sqlite3"
        connection.cursor().execute("VACUUM INTO %s", [str(copy)])
        content = copy.read_bytes()
    else:
        content = b"".join(bytes(row.sealed) for row in Credentials.objects.all())

    assert b"customers_credentials" in content or connection.vendor != "sqlite"
    assert TOKEN.encode() not in content
