"""The networks that a token may be used from."""

import ipaddress
import re
from collections.abc import Sequence

MOST_NETWORKS = 20


class BadNetwork(ValueError):
    """Its text is what could not be read."""


class TooManyNetworks(ValueError):
    """More than MOST_NETWORKS."""


def read_networks(text: str) -> list[str]:
    """Addresses and networks, separated by commas or space. Raises BadNetwork, TooManyNetworks."""
    found = list(dict.fromkeys(_network(part) for part in re.split(r"[\s,;]+", text) if part))
    if len(found) > MOST_NETWORKS:
        raise TooManyNetworks
    return found


def is_within(ip_address: str | None, networks: Sequence[str]) -> bool:
    """Whether there are no networks, or the address is in one; an unknown address is in none."""
    if not networks:
        return True
    if ip_address is None:
        return False
    address = ipaddress.ip_address(ip_address)
    return any(address in ipaddress.ip_network(network) for network in networks)


def _network(text: str) -> str:
    try:
        network = ipaddress.ip_network(text)
    except ValueError as exc:
        raise BadNetwork(text) from exc
    if network.num_addresses > 1:
        return str(network)
    address = network.network_address
    # As requests name it: without /32 or /128, IPv4 never as IPv6, and never with a zone.
    if not isinstance(address, ipaddress.IPv6Address):
        return str(address)
    if address.scope_id:
        raise BadNetwork(text)
    return str(address.ipv4_mapped or address)
