"""One demo, started once, for all that look at what a first start leaves."""

import pytest

from tests.helpers.portals.demo_checkout import ORGANIZATION, DemoCheckout


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    checkout = DemoCheckout(tmp_path_factory.mktemp("demo"))
    with checkout.running() as printed:
        http, page = checkout.sign_in(printed, "ana")
        checkout.first_printed, checkout.first_seen = printed, set(ORGANIZATION.findall(page))
        org_id = min(checkout.first_seen)
        at = f"http://127.0.0.1:{checkout.port}/orgs/{org_id}/"
        assert http.get(at, timeout=30).status_code == 200
    return checkout
