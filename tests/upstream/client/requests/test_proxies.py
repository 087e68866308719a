"""Which proxy the client asks through, and what a broken one becomes."""

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import Unavailable
from tests.helpers.upstream.recorder import LIMITS, SECRETS, TOKEN, recording


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("spelled", [str.upper, str.lower])
def test_proxy_variables_are_ignored(recorder, client, monkeypatch, name, spelled):
    with recording() as stray:
        monkeypatch.setenv(spelled(name), stray.url)
        monkeypatch.setenv("NO_PROXY", "")

        client.get_customer("7c1f", SECRETS)

    assert stray.requests == []
    assert len(recorder.requests) == 1


@pytest.mark.parametrize("no_proxy", ["", "127.0.0.1", "*"])
def test_the_proxy_of_the_setting_is_used(recorder, monkeypatch, no_proxy):
    monkeypatch.setenv("NO_PROXY", no_proxy)
    with recording() as proxy:
        client = CatalyzeClient(recorder.url, LIMITS, proxy=proxy.url)

        answer = client.get_customer("a b", SECRETS)
        client.close()

    assert answer.customer.id == "cus_1"
    assert [request.target for request in proxy.requests] == [
        f"{recorder.url}/v2/org/a%20b/customer"
    ]
    assert proxy.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert recorder.requests == []


def test_a_proxy_that_asks_for_a_password_gets_it(recorder):
    with recording() as proxy:
        address = proxy.url.replace("//", "//portal:proxy-password@")
        client = CatalyzeClient(recorder.url, LIMITS, proxy=address)

        client.get_customer("7c1f", SECRETS)
        client.close()

    assert proxy.requests[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "proxy", ["http://portal:proxy-password@127.0.0.1:9", "http://", "socks5://127.0.0.1:9", "::"]
)
def test_a_proxy_that_does_not_work_is_unavailable(recorder, proxy):
    client = CatalyzeClient(recorder.url, LIMITS, proxy=proxy)

    with pytest.raises(Unavailable) as raised:
        client.get_customer("7c1f", SECRETS)
    client.close()

    assert "proxy-password" not in f"{raised.value} {raised.value.args}"
    assert recorder.requests == []
