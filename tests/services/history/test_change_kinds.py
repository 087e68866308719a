"""The kinds of a change: what a feed can be narrowed to."""

from importlib import import_module

import pytest

from customers.models.change import KINDS
from customers.services.history.change_kinds import kinds_of

first_fill = import_module("customers.migrations.0007_fill_change_kinds")
NOT_SET_UP = {"customer_id": ["cus_1", ""], "balance": [0, None], "email": ["a@b.example", ""]}
CASES = [
    ({"delinquent": [False, True]}, ["became_delinquent"]),
    ({"delinquent": [None, True]}, ["became_delinquent"]),
    ({"delinquent": [True, False]}, ["was_paid"]),
    ({"delinquent": [True, None]}, ["changed_details"]),
    ({"delinquent": [None, False]}, ["changed_details"]),
    ({"state": ["card", "none"], "last4": ["4242", ""]}, ["lost_method"]),
    ({"state": ["unlisted", "none"]}, ["lost_method"]),
    ({"state": ["none", "bank_account"]}, ["gained_method"]),
    ({"state": ["card", "deleted"], "last4": ["4242", ""]}, ["deleted_customer"]),
    ({"state": ["card", "details_not_sent"]}, ["changed_method"]),
    ({"last4": ["4242", "1881"], "exp_year": [2026, 2030]}, ["changed_method"]),
    ({"default_id": ["card_1", "card_2"], "funding": ["credit", "debit"]}, ["changed_method"]),
    ({"exp_month": [None, 5]}, ["changed_expiry"]),
    ({"balance": [0, -1250]}, ["changed_balance"]),
    ({"currency": ["", "usd"]}, ["changed_balance"]),
    ({"subscription_status": ["active", "past_due"]}, ["changed_subscriptions"]),
    ({"email": ["a@b.example", "c@d.example"]}, ["changed_details"]),
    ({"balance": [0, 5], "email": ["a@b.example", "c@d.example"]}, None),
    ({"balance": [0, 5], "delinquent": [True, None]}, None),
    ({"balance": [0, 5], "email": ["", "c@d.example"]}, ["changed_balance"]),
    ({"livemode": [True, False]}, ["changed_details"]),
    (NOT_SET_UP | {"state": ["card", "none"]}, ["lost_method"]),
    (NOT_SET_UP | {"state": ["card", "none"], "delinquent": [True, None]}, ["lost_method"]),
    (NOT_SET_UP, ["changed_details"]),
    (
        {"customer_id": ["", "cus_1"], "state": ["none", "card"], "delinquent": [None, True]},
        ["became_delinquent", "gained_method"],
    ),
]


@pytest.mark.parametrize(("differences", "kinds"), CASES)
def test_a_change_is_of_the_kinds_that_its_differences_tell(differences, kinds):
    assert kinds_of(differences) == (kinds or ["changed_balance", "changed_details"])


@pytest.mark.parametrize("differences", [differences for differences, _ in CASES])
def test_changes_from_before_were_filled_in_alike(differences):
    assert list(first_fill._kinds(differences)) == kinds_of(differences)


def test_every_kind_is_reached():
    reached = {kind for differences, _ in CASES for kind in kinds_of(differences)}

    assert reached == set(KINDS)
