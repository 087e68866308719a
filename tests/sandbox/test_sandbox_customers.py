"""The made-up customers: every Stripe era and every state is among them."""

import json
from calendar import monthrange
from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import SandboxProcess

TODAY = date(2015, 3, 31)


@pytest.fixture(scope="module")
def customers(world: SandboxProcess) -> dict[str, Any]:
    """What Ana gets for each organization, by name: a customer or a status."""
    ana = Caller(world, "ana")
    told = {}
    for org in world.organizations():
        answer = ana.customer(org["org_id"])
        told[org["name"]] = answer.json() if answer.ok else answer.status_code
    return told


def last_day(card: dict[str, Any]) -> date:
    year, month = card["exp_year"], card["exp_month"]
    return date(year, month, monthrange(year, month)[1])


def only_card(customer: dict[str, Any]) -> dict[str, Any]:
    (card,) = customer["cards"]["data"]
    return card


def test_most_organizations_are_fine_and_some_are_not(customers):
    told = [customer for customer in customers.values() if customer != 403]
    states = Counter(
        "not set up" if customer == 400 else str(customer.get("delinquent")) for customer in told
    )

    assert states["False"] > 0.8 * len(told)
    assert states["True"] > 5
    assert states["not set up"] > 5
    live = [c for c in told if c != 400 and c.get("livemode")]
    assert len(live) > 0.9 * (len(told) - states["not set up"])


def test_the_first_era_has_an_embedded_card_and_no_list(customers):
    customer = customers["Alder Street Clinic"]

    assert customer["active_card"]["type"] == "MasterCard"
    assert "id" not in customer["active_card"]
    assert not {"cards", "sources", "default_card"} & customer.keys()


def test_an_old_card_has_a_type_and_no_brand(customers):
    card = only_card(customers["Birchwood Pediatrics"])

    assert card["type"] == "American Express"
    assert "brand" not in card


def test_the_default_card_is_one_of_the_listed(customers):
    customer = customers["Cedar Valley Health"]

    assert customer["default_card"] == only_card(customer)["id"]


def test_old_and_new_names_stand_side_by_side(customers):
    customer = customers["Dogwood Diagnostics"]

    assert customer["default_card"] == customer["default_source"]
    assert customer["cards"]["data"] == customer["sources"]["data"]


def test_a_default_source_is_an_id_or_in_full(customers):
    assert customers["Elm Park Therapy"]["default_source"].startswith("card_")
    assert customers["Fern Hill Medical Group"]["default_source"]["brand"] == "JCB"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ginkgo Labs", "card"),
        ("Maple Leaf Wellness", "sepa_debit"),
        ("Nutmeg Imaging", "ach_credit_transfer"),
    ],
)
def test_a_source_keeps_its_details_under_its_type(customers, name, kind):
    (source,) = customers[name]["sources"]["data"]

    assert (source["object"], source["type"]) == ("source", kind)
    assert source[kind]["fingerprint"]


def test_a_payment_method_is_in_full_or_only_an_id(customers):
    full = customers["Hawthorn Telehealth"]["invoice_settings"]["default_payment_method"]
    bare = customers["Ivy Lane Dental"]["invoice_settings"]["default_payment_method"]

    assert full["card"]["brand"] == "visa"
    assert bare.startswith("pm_")
    assert "sources" not in customers["Juniper Home Care"]


def test_a_bank_account_can_be_the_default(customers):
    (account,) = customers["Larch Cooperative"]["sources"]["data"]

    assert account["object"] == "bank_account"


def test_a_deleted_customer_is_a_stub(customers):
    assert customers["Oakline Orthopedics"]["deleted"] is True


def test_a_customer_may_have_no_method_or_not_say(customers):
    empty, silent = customers["Pinecrest Family Practice"], customers["Quince Analytics"]

    assert empty["cards"]["data"] == []
    assert (empty["default_card"], empty["account_balance"]) == (None, 12500)
    assert empty["email"]
    defaults = {"cards", "sources", "default_card", "default_source", "invoice_settings"}
    assert not defaults & silent.keys()


def test_cards_may_be_listed_without_a_default(customers):
    customer = customers["Rowan Urgent Care"]

    assert customer["default_card"] is None
    assert len(customer["cards"]["data"]) == 2


def test_delinquency_is_yes_no_or_unknown(customers):
    assert customers["Sycamore Surgical"]["delinquent"] is True
    assert customers["Cedar Valley Health"]["delinquent"] is False
    assert customers["Tamarack Rural Health"]["delinquent"] is None
    (subscription,) = customers["Umbra Sleep Center"]["subscriptions"]["data"]
    assert subscription["status"] == "past_due"


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("Viburnum Vision", date(2015, 3, 31)),
        ("Willow Creek Hospice", date(2015, 4, 30)),
        ("Yarrow Nutrition", date(2015, 2, 28)),
        ("Sycamore Surgical", date(2014, 12, 31)),
    ],
)
def test_expiry_is_counted_from_the_given_day(customers, name, last):
    assert last_day(only_card(customers[name])) == last


def test_without_a_given_day_expiry_is_counted_from_the_current_one(sandbox, ana):
    customer = ana.customer(sandbox.org_id("Yarrow Nutrition")).json()

    assert last_day(only_card(customer)) < date.today()


def test_ten_cards_are_listed_and_the_default_may_be_beyond_them(customers):
    for name in ("Zelkova Health Network", "Acacia Health Network"):
        cards = customers[name]["cards"]
        assert (len(cards["data"]), cards["total_count"], cards["has_more"]) == (10, 12, True)

    beyond = customers["Acacia Health Network"]
    assert beyond["default_card"] not in {card["id"] for card in beyond["cards"]["data"]}


def test_balances_come_in_currencies_with_other_units(customers):
    yen, dinars = customers["桜メディカル"], customers["Kuwait Gulf Care"]

    assert (yen["currency"], yen["account_balance"]) == ("jpy", 150000)
    assert (dinars["currency"], dinars["balance"]) == ("kwd", -12345)


def test_a_discount_ends_later(customers):
    discount = customers["Magnolia Birth Center"]["discount"]

    assert discount["coupon"]["percent_off"] == 25
    assert date.fromtimestamp(discount["end"]) > TODAY


def test_three_organizations_share_one_card(customers):
    names = ("Northwind Health East", "Northwind Health West", "Northwind Holdings")

    cards = [only_card(customers[name]) for name in names]

    assert len({card["fingerprint"] for card in cards}) == 1
    assert len({card["id"] for card in cards}) == 3


def test_texts_may_hold_markup_be_long_or_in_any_script(world, customers):
    names = [org["name"] for org in world.organizations()]
    (markup,) = (name for name in names if name.startswith("Markup & Sons"))

    assert "<script>" in markup
    assert "<script>" in customers[markup]["description"]
    assert "<script>" in only_card(customers[markup])["brand"]
    assert max(map(len, names)) > 200
    assert {"Клиника «Здоровье»", "מרפאת השלום", "Ünïted 🏥 Çare"} <= set(names)


def test_odd_cards(customers):
    assert only_card(customers["Nightshade Labs"])["brand"] == "Moonbeam Express"
    assert only_card(customers["Verbena Skin Care"])["exp_month"] == 0
    assert only_card(customers["Fig Tree Physio"])["cvc_check"] == "fail"
    assert customers["Foxglove Testing"]["livemode"] is False
    assert json.dumps(customers["Wisteria Wallets"]).count("apple_pay") == 1


def test_some_are_not_set_up_and_some_are_not_for_ana(customers):
    assert customers["Hemlock Start-up"] == 400
    assert customers["Benedict Recovery"] == 403
    assert customers["Nobody's Clinic"] == 403
