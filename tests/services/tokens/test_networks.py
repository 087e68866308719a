"""The addresses that a token is bound to."""

import pytest

from customers.services.tokens.networks import (
    MOST_NETWORKS,
    BadNetwork,
    TooManyNetworks,
    is_within,
    read_networks,
)


@pytest.mark.parametrize(
    ("text", "networks"),
    [
        ("", []),
        (" \n", []),
        ("192.0.2.7", ["192.0.2.7"]),
        ("192.0.2.7/32", ["192.0.2.7"]),
        ("10.0.0.0/8, 2001:DB8::/32\n2001:db8::1", ["10.0.0.0/8", "2001:db8::/32", "2001:db8::1"]),
        ("10.0.0.0/255.0.0.0; 10.0.0.0/8", ["10.0.0.0/8"]),
        ("::ffff:192.0.2.7", ["192.0.2.7"]),
    ],
)
def test_addresses_and_networks_are_read(text, networks):
    assert read_networks(text) == networks


@pytest.mark.parametrize(
    "wrong", ["300.1.1.1", "10.0.0.1/8", "example.com", "1", "fe80::1%eth0", "10.0.0.0/33"]
)
def test_a_wrong_one_is_named(wrong):
    with pytest.raises(BadNetwork) as caught:
        read_networks(f"10.0.0.0/8 {wrong}")

    assert str(caught.value) == wrong


def test_there_is_a_limit():
    most = [f"192.0.2.{number}" for number in range(MOST_NETWORKS)]

    assert read_networks(" ".join(most)) == most
    with pytest.raises(TooManyNetworks):
        read_networks(" ".join([*most, "10.0.0.0/8"]))


@pytest.mark.parametrize(
    ("address", "is_in"),
    [
        ("10.1.2.3", True),
        ("192.0.2.7", True),
        ("2001:db8:0:0::9", True),
        ("192.0.2.8", False),
        ("11.0.0.0", False),
        ("2001:db9::", False),
        (None, False),
    ],
)
def test_an_address_is_within_one_of_the_networks(address, is_in):
    assert is_within(address, ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32"]) is is_in


@pytest.mark.parametrize("address", ["192.0.2.7", None])
def test_without_networks_every_address_will_do(address):
    assert is_within(address, [])
