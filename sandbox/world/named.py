"""Hand-made organizations, one for every API version and state that staff can meet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sandbox.world import charged_states, states
from sandbox.world.dice import Dice
from sandbox.world.payment_methods import Json
from sandbox.world.people import ANA, BEN

BINGO_FILE = Path(__file__).parent / "data" / "bingo.json"
LONG_NAME = (
    "The Extraordinarily Long-Named " + "Interdisciplinary " * 9 + "Health Alliance of Llanfair"
)
MARKUP = "Markup & Sons <script>alert('name')</script>"

Made = Json | bytes | None


@dataclass(frozen=True, slots=True)
class Named:
    """`make` returns the customer as an object or bytes; None means not set up."""

    name: str
    description: str
    make: Callable[[Dice], Made]
    seen_by: frozenset[str] | None = None


def published_sample(_dice: Dice) -> bytes:
    return BINGO_FILE.read_bytes()


def not_set_up(_dice: Dice) -> None:
    return None


NAMED = (
    Named("Bingo", "The customer of the published reference, byte for byte", published_sample),
    Named("Alder Street Clinic", "Before July 2013: active_card only", states.active_card_only),
    Named("Birchwood Pediatrics", "2013: a card with type and no brand", states.card_with_type),
    Named("Cedar Valley Health", "2014: cards and default_card", states.fine_card),
    Named("Dogwood Diagnostics", "2015: old and new names side by side", states.both_names),
    Named("Elm Park Therapy", "sources and default_source", states.fine_source),
    Named("Fern Hill Medical Group", "default_source in full", states.expanded_source),
    Named("Ginkgo Labs", "A Source with its details under type", states.card_in_a_source),
    Named("Hawthorn Telehealth", "A PaymentMethod in full", states.expanded_payment_method),
    Named("Ivy Lane Dental", "A PaymentMethod by its id only", states.payment_method_id_only),
    Named("Juniper Home Care", "A default source by its id only", states.source_id_only),
    Named("Larch Cooperative", "Pays from a bank account", states.pays_from_a_bank_account),
    Named("Maple Leaf Wellness", "Pays by SEPA direct debit", states.pays_by_sepa_debit),
    Named("Nutmeg Imaging", "Pays by ACH credit transfer", states.pays_by_transfer),
    Named("Oakline Orthopedics", "The customer was deleted", states.deleted),
    Named("Pinecrest Family Practice", "A customer without any method", states.empty_list),
    Named("Quince Analytics", "Neither a list nor a default", states.neither_list_nor_default),
    Named("Rowan Urgent Care", "Cards are listed, none is the default", states.no_default),
    Named("Sycamore Surgical", "Delinquent, and the card has expired", states.delinquent_expired),
    Named("Tamarack Rural Health", "Delinquent is null", states.delinquent_unknown),
    Named("Umbra Sleep Center", "Delinquent with a past-due subscription", states.past_due),
    Named("Viburnum Vision", "The card expires this month", states.expires_this_month),
    Named("Willow Creek Hospice", "The card expires next month", states.expires_next_month),
    Named("Yarrow Nutrition", "The card expired last month", states.expired_last_month),
    Named("Zelkova Health Network", "Twelve cards, ten listed", states.twelve_cards),
    Named("Acacia Health Network", "The default is beyond the ten listed", states.default_unlisted),
    Named("桜メディカル", "Owes a balance in yen", states.balance_in_yen),
    Named("Kuwait Gulf Care", "Credit in dinars, three decimals", states.credit_in_dinars),
    Named("Magnolia Birth Center", "Has a discount", states.discounted),
    Named("Nightshade Labs", "A brand nobody has heard of", states.unknown_brand),
    Named("Northwind Health East", "Shares one card with two others", states.shared_card),
    Named("Northwind Health West", "Shares one card with two others", states.shared_card),
    Named("Northwind Holdings", "Shares one card with two others", states.shared_card),
    Named(MARKUP, '<b>Markup</b> in "every" text field', states.markup),
    Named(LONG_NAME, "A very long name", states.long_texts),
    Named("Клиника «Здоровье»", "Кириллица", states.fine_source),
    Named("מרפאת השלום", "נכתב מימין לשמאל", states.fine_card),
    Named("Ünïted 🏥 Çare", "Accents and an emoji", states.expanded_payment_method),
    Named("Verbena Skin Care", "Nobody knows when the card expires", states.expiry_unknown),
    Named("Wisteria Wallets", "A card in a phone", states.wallet),
    Named("Fig Tree Physio", "A prepaid card that fails its checks", states.failed_checks),
    Named("Foxglove Testing", "A customer in test mode", states.test_mode),
    Named("Hemlock Start-up", "Has not added a card yet", not_set_up),
    Named("Ironwood Start-up", "Has not added a card yet", not_set_up),
    Named("Jasmine Start-up", "Has not added a card yet", not_set_up),
    Named("Benedict Recovery", "Only Ben may see it", states.fine_card, frozenset({BEN})),
    Named("Bergamot Recovery", "Only Ben may see it", not_set_up, frozenset({BEN})),
    Named("Nobody's Clinic", "Nobody here may see it", states.fine_card, frozenset()),
    Named("Poppy Checkout", "A subscription names the only card", charged_states.from_checkout),
    Named("Primrose Checkout", "The same by its id", charged_states.from_checkout_by_id),
    Named("Quarry Imaging", "Two cards", charged_states.own_method_beside_a_default),
    Named("Rosemary Public Health", "Billed by invoice", charged_states.invoiced),
    Named("Saffron City Clinic", "An overdue invoice", charged_states.invoice_overdue),
    Named("Spruce Hospice", "Ends within its period", charged_states.ends_within_its_period),
    Named("Sorrel Hospice", "Ends after its renewal", charged_states.ends_after_its_renewal),
    Named("Sumac Clinic", "Paused until next month", charged_states.paused_for_a_while),
    Named("Teasel Clinic", "Paused, nobody knows until when", charged_states.paused_for_good),
    Named("Thistle Therapy", "On trial", charged_states.on_trial),
    Named("Tulip Telehealth", "The first payment is missing", charged_states.first_payment_missing),
    Named("Valerian Labs", "Its subscription never started", charged_states.never_started),
    Named("Vetch Labs", "Unpaid", charged_states.unpaid),
    Named("Walnut Trials", "A trial without a card", charged_states.trial_ended_without_a_method),
    Named("Woodruff Analytics", "Several items", charged_states.several_items),
    Named("Yew Wallets", "A card in Google Pay", charged_states.google_pay),
    Named("Zinnia Santé", "A card of two brands", charged_states.two_brands),
)


def seen_by(position: int) -> frozenset[str]:
    stated = NAMED[position].seen_by
    return _usual(position) if stated is None else stated


def _usual(position: int) -> frozenset[str]:
    return frozenset({ANA, BEN}) if position % 2 == 0 else frozenset({ANA})
