"""An answer that belongs to another organization looks right; that two have it does not."""

import pytest

from tests.helpers.rows import stripe_customer

NOTICE = "Another organization has the same Stripe customer."


@pytest.fixture
def mixed_up(sandbox):
    """The upstream sends the customer of `theirs` for `ours` as well."""
    for org_id, payment in (("ours", ["ana"]), ("theirs", ["ana", "ben"]), ("bens", ["ben"])):
        sandbox.put_org(org_id, payment=payment)
        sandbox.put_customer(org_id, stripe_customer(id="cus_theirs"))
    return sandbox


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def test_the_same_customer_for_two_organizations_is_pointed_out_on_both(as_ana, mixed_up):
    alone = text_of(as_ana.get("/orgs/ours/"))

    second = text_of(as_ana.get("/orgs/theirs/"))
    first = text_of(as_ana.get("/orgs/ours/"))

    assert NOTICE not in alone
    assert NOTICE in second
    assert NOTICE in first
    assert "?q=cus_theirs" in first


def test_of_an_organization_that_one_may_not_see_nothing_is_told(as_ana, as_ben, mixed_up):
    as_ben.get("/orgs/bens/")
    as_ben.get("/orgs/theirs/")
    mixed_up.put_org("same-card", payment=["ana"])
    mixed_up.put_customer("same-card", stripe_customer(id="cus_another"))
    as_ana.get("/orgs/same-card/")

    text = text_of(as_ana.get("/orgs/ours/"))

    assert NOTICE not in text


def test_the_link_lists_both(as_ana, mixed_up):
    as_ana.get("/orgs/ours/")
    as_ana.get("/orgs/theirs/")

    text = text_of(as_ana.get("/orgs/?q=cus_theirs"))

    assert "/orgs/ours/" in text
    assert "/orgs/theirs/" in text


def test_organizations_without_a_customer_have_nothing_in_common(as_ana, sandbox):
    for org_id in ("one", "two"):
        sandbox.put_org(org_id, payment=["ana"])
        as_ana.get(f"/orgs/{org_id}/")

    assert NOTICE not in text_of(as_ana.get("/orgs/one/"))
