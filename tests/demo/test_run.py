"""What `make run` does in a checkout of its own: first, again, and with other settings."""

import socket

import pytest

from tests.helpers.portals.demo_checkout import (
    ORGANIZATION,
    DemoCheckout,
    is_open,
)
from tests.helpers.portals.ports import free_port

KEPT = ("change", "note", "case", "casestep")


def test_it_serves_the_sandbox_and_stops_with_it(demo):
    assert "Wrote .env" in demo.first_printed
    assert "Making 12 weeks of history" in demo.first_printed
    assert f"The portal is at http://127.0.0.1:{demo.port}/" in demo.first_printed
    assert demo.first_seen
    assert not is_open(demo.port)
    assert not is_open(demo.sandbox_port)


def test_started_again_it_keeps_what_is_there(demo):
    env = (demo.folder / ".env").read_bytes()
    kept = [demo.rows(f"SELECT * FROM customers_{table} ORDER BY 1") for table in KEPT]
    organizations = demo.rows("SELECT id, org_id, name FROM customers_organization ORDER BY id")

    with demo.running() as printed:
        _, page = demo.sign_in(printed, "ana")

    assert "Wrote .env" not in printed
    assert "of history" not in printed
    assert set(ORGANIZATION.findall(page)) & demo.first_seen
    assert [demo.rows(f"SELECT * FROM customers_{table} ORDER BY 1") for table in KEPT] == kept
    assert organizations == demo.rows(
        "SELECT id, org_id, name FROM customers_organization ORDER BY id"
    )
    assert (demo.folder / ".env").read_bytes() == env


@pytest.mark.parametrize(
    ("port", "remedy"), [("port", "try: make run PORT="), ("sandbox_port", "stop what listens")]
)
def test_a_port_that_is_taken_is_named_with_a_remedy(demo, port, remedy):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", getattr(demo, port)))
        taken.listen()

        code, printed = demo.ended()

    assert code == 1
    assert f"Port {getattr(demo, port)} is already in use; {remedy}" in printed


def test_made_up_data_is_never_shown_as_a_real_upstreams(demo):
    env = demo.folder / ".env"
    settings = env.read_text()
    sandbox = f"http://127.0.0.1:{demo.sandbox_port}"
    env.write_text(settings.replace(sandbox, "https://api.example.com"))
    try:
        code, printed = demo.ended()
    finally:
        env.write_text(settings)

    assert code == 1
    assert "This database holds the sandbox's made-up data" in printed


def test_with_a_real_upstream_no_sandbox_runs_and_nobody_is_made(tmp_path):
    demo = DemoCheckout(tmp_path)
    other = f"http://127.0.0.1:{free_port()}"
    with demo.running():
        env = demo.folder / ".env"
    env.write_text(env.read_text().replace(f"http://127.0.0.1:{demo.sandbox_port}", other))
    (demo.folder / "portal.sqlite3").unlink()

    with demo.running() as printed:
        assert f"It asks {other}. The sandbox runs only for" in printed
        assert "createsuperuser" in printed
        assert not is_open(demo.sandbox_port)


def test_settings_that_cannot_be_used_are_said(demo):
    env = demo.folder / ".env"
    settings = env.read_text()
    env.write_text(settings + "\nCUSTOMER_MAX_AGE=soon\n")
    try:
        code, printed = demo.ended()
    finally:
        env.write_text(settings)

    assert code == 1
    assert "The settings cannot be used: " in printed
    assert "CUSTOMER_MAX_AGE" in printed
