"""The organization page: what it says for every kind of answer."""

import pytest


def test_a_card_is_shown_with_brand_digits_and_expiry(as_ana, sandbox):
    page = as_ana.get(f"/orgs/{sandbox.org_id('Bingo')}/")

    assert page.status_code == 200
    assert "Visa •••• 4242" in page.content.decode()
    assert "05/15" in page.content.decode()
    assert "The card has expired." in page.content.decode()
