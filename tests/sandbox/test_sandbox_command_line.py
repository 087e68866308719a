"""`python -m sandbox`: options, output, and exit."""

import csv
import ipaddress
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import PROJECT, SandboxProcess

EVERY_ADDRESS = str(ipaddress.IPv4Address(0))


def run(*options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "sandbox", *options],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_help_has_an_example_and_lists_control_routes_and_faults():
    text = run("--help").stdout

    assert "python -m sandbox --port 0" in text
    assert "/sandbox/counts" in text
    assert "reset-midway" in text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_one_line_and_ends_cleanly(number):
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--port", "0"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    line = process.stdout.readline()

    process.send_signal(number)
    rest, errors = process.communicate(timeout=30)

    assert line.startswith("Sandbox of the Catalyze API listening on http://127.0.0.1:")
    assert line.endswith(" (made-up data)\n")
    assert (process.returncode, rest, errors) == (0, "", "")


def test_it_ends_cleanly_while_a_client_waits():
    with SandboxProcess("--fault", "timeout") as busy:
        ana = Caller(busy, "ana")
        with pytest.raises(OSError, match="timed out"):
            ana.customer("x", timeout=0.3)

        assert busy.stop() == 0


def test_a_busy_port_is_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        result = run("--port", str(port))

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"Cannot listen on 127.0.0.1 port {port}:")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("host", [EVERY_ADDRESS, "192.0.2.1", "::", "example.com"])
def test_only_this_machine_may_reach_it(host):
    result = run("--host", host)

    assert result.returncode == 2
    assert "not a loopback address" in result.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--fault", "nonsense"], "no fault"),
        (["--fault", "503:2"], "share"),
        (["--fault", "503:x"], "share"),
        (["--latency", "soon"], "duration"),
        (["--organizations", "-1"], "whole number"),
        (["--port", "70000"], "port"),
        (["--today", "tomorrow"], "day"),
        (["--lives-end-on", "soon"], "day"),
        (["--customers", "no-such-folder"], "folder"),
        (["--only-folder"], "--customers"),
    ],
)
def test_a_wrong_option_is_explained(options, sentence):
    result = run(*options)

    assert result.returncode == 2
    assert sentence in result.stderr


def test_latency_and_faults_can_be_set_from_the_start():
    with SandboxProcess("--latency", "10ms", "--fault", "503", "--fault", "500:0.5") as sandbox:
        bingo = sandbox.org_id("Bingo")
        assert Caller(sandbox, "ana").customer(bingo).status_code == 503

        sandbox.clear_faults()
        assert Caller(sandbox, "ana").customer(bingo).status_code == 200

        sandbox.reset()
        assert Caller(sandbox, "ana").customer(bingo).status_code == 503


def test_the_list_goes_to_a_file_or_to_stdout_and_is_what_is_served(tmp_path, sandbox):
    file = tmp_path / "organizations.csv"

    to_file = run("--odd", "--organizations-csv", str(file))
    to_stdout = run("--odd", "--organizations-csv", "-")

    assert (to_file.returncode, to_file.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == to_stdout.stdout
    assert list(csv.DictReader(to_stdout.stdout.splitlines())) == sandbox.organizations()


def test_a_list_that_cannot_be_written_is_one_sentence(tmp_path):
    result = run("--organizations-csv", str(tmp_path / "missing" / "x.csv"))

    assert result.returncode == 1
    assert result.stderr.startswith("Cannot write ")


@pytest.mark.parametrize("count", [0, 1, 5, 120, 3000])
def test_any_number_of_organizations(count):
    rows = list(
        csv.reader(
            run("--organizations", str(count), "--organizations-csv", "-").stdout.splitlines()
        )
    )

    assert rows[0] == ["org_id", "name", "description"]
    assert len({org_id for org_id, _, _ in rows[1:]}) == count


def test_a_folder_is_served_as_it_is_to_ana_only(tmp_path: Path):
    (tmp_path / "acme.json").write_bytes(b'{"object":  "customer"}\r\n')
    (tmp_path / "broken one.json").write_bytes(b"\xff not json")
    (tmp_path / "README.md").write_text("not a customer")

    with SandboxProcess("--customers", str(tmp_path)) as sandbox:
        ana, ben = Caller(sandbox, "ana"), Caller(sandbox, "ben")

        assert len(sandbox.organizations()) == 252
        assert ana.customer("acme").content == b'{"object":  "customer"}\r\n'
        assert ana.customer("broken one").content == b"\xff not json"
        assert ana.get("org/acme").json()["name"] == "acme"
        assert ben.customer("acme").status_code == 403


def test_a_folder_can_be_all_there_is(tmp_path: Path):
    (tmp_path / "acme.json").write_text(json.dumps({"object": "customer"}))

    with SandboxProcess("--customers", str(tmp_path), "--only-folder") as sandbox:
        assert [org["org_id"] for org in sandbox.organizations()] == ["acme"]
