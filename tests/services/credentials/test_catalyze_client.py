"""The client of this process follows the settings."""

import pytest

from customers.services.credentials.catalyze_client import client
from customers.upstream.errors import Unavailable
from customers.upstream.secrets import Secrets
from tests.helpers.upstream.certificates import Authority
from tests.helpers.upstream.tunnel import ESTABLISHED, tunnel
from tests.helpers.upstream.wire import answer, body_of, wire

SECRETS = Secrets("browser api.example.com 525ad5d6993247cccb083e5a", "a-session-token")


def right_answer(org_id):
    return [answer(body_of(org_id))]


def ask_twice():
    for org_id in ("one", "two"):
        assert client().get_customer(org_id, SECRETS).customer.id == f"cus_{org_id}"


@pytest.mark.parametrize(("keep_alive", "connections"), [(True, [0, 0]), (False, [0, 1])])
def test_connections_are_kept_unless_told_otherwise(settings, keep_alive, connections):
    settings.CATALYZE_KEEP_ALIVE = keep_alive
    with wire(right_answer) as server:
        settings.CATALYZE_BASE_URL = server.url

        ask_twice()
        client().close()

    assert [asked.connection for asked in server.asked] == connections


def test_the_authority_and_the_proxy_are_those_of_the_settings(settings, tmp_path):
    authority = Authority()
    bundle = tmp_path / "ca.pem"
    bundle.write_bytes(authority.pem)
    with (
        wire(right_answer, authority.server_context(tmp_path)) as server,
        tunnel(ESTABLISHED) as proxy,
    ):
        settings.CATALYZE_BASE_URL = server.url
        settings.CATALYZE_PROXY = proxy.url

        with pytest.raises(Unavailable, match="certificate"):
            ask_twice()
        settings.CATALYZE_CA_BUNDLE = str(bundle)
        ask_twice()
        client().close()

    assert set(proxy.asked_for) == {f"127.0.0.1:{server.port}".encode()}
