"""Organizations with a life to tell of; the rest of the desk is quiet."""

from dataclasses import dataclass

from sandbox.world import lives
from sandbox.world.lives import Life
from sandbox.world.people import BEN

_NORTHWIND = lives.shared_card("MasterCard", "7007", "Northwind0Shared")
_BELLWETHER = lives.shared_card("Visa", "3318", "Bellwether0Shared")


@dataclass(frozen=True, slots=True)
class Scripted:
    """Without a name, it has the name and the country of its number."""

    life: Life
    name: str = ""
    description: str = ""
    country: str = ""
    seen_by: frozenset[str] | None = None


SCRIPTED = (
    # A charge failed, and is not paid yet.
    Scripted(lives.in_arrears(60), "Sycamore Surgical", "Day surgery, Denver CO, 62 staff", "US"),
    Scripted(lives.in_arrears(26), "Marlow Road Surgery", "GP surgery, Reading, 18 staff", "GB"),
    Scripted(lives.in_arrears(5), "Praxis am Stadtpark", "General practice, Hanau, 9 staff", "DE"),
    Scripted(
        lives.in_arrears_with_an_expired_card(33),
        "Quarry Bank Dental",
        "Dental practice, York, 11 staff",
        "GB",
    ),
    Scripted(
        lives.owes_an_invoice(19),
        "Saffron County Health",
        "County clinics, Salem OR, 310 staff",
        "US",
    ),
    # A charge failed, and was paid.
    Scripted(
        lives.in_arrears(75, 60), "Elm Park Therapy", "Physical therapy, Albany NY, 24 staff", "US"
    ),
    Scripted(
        lives.in_arrears(54, 41), "Ginkgo Labs", "Genetics laboratory, San Diego CA, 85 staff", "US"
    ),
    Scripted(
        lives.paid_with_another_card(40, 18),
        "Hawthorn Telehealth",
        "Video consultations, Raleigh NC, 47 staff",
        "US",
    ),
    Scripted(
        lives.in_arrears(19, 8), "Cabinet dentaire Bellevue", "Dental practice, Lyon, 7 staff", "FR"
    ),
    # The card ends before the year that is paid for does.
    Scripted(
        lives.expires_before_renewal(1, 75),
        "Cedar Valley Health",
        "Primary care, Spokane WA, 130 staff",
        "US",
    ),
    Scripted(
        lives.expires_before_renewal(1, 110),
        "Juniper Home Care",
        "Home care agency, Santa Fe NM, 58 staff",
        "US",
    ),
    Scripted(
        lives.expires_before_renewal(2, 120),
        "Thornbury Opticians",
        "Opticians, Hull, 6 staff",
        "GB",
    ),
    Scripted(
        lives.expires_before_renewal(3, 150),
        "Willow Creek Hospice",
        "Hospice, Lincoln NE, 71 staff",
        "US",
    ),
    *(Scripted(lives.expires_in(months)) for months in (0, 1, 1, 2, 3, 3, 4, 5)),
    *(Scripted(lives.expires_in(months)) for months in (5, 6, 7, 8, 9, 9, 10, 10)),
    Scripted(lives.expires_in(-1), "Yarrow Nutrition", "Dietitians, Burlington VT, 13 staff", "US"),
    Scripted(lives.expires_in(-2), "Heron Quay Physio", "Physiotherapy, Hull, 15 staff", "GB"),
    # One card for two.
    Scripted(_NORTHWIND, "Northwind Health East", "Clinics, Boston MA, 140 staff", "US"),
    Scripted(_NORTHWIND, "Northwind Health West", "Clinics, Sacramento CA, 95 staff", "US"),
    Scripted(_BELLWETHER, "Bellwether Labs", "Clinical laboratory, Toronto ON, 52 staff", "CA"),
    Scripted(_BELLWETHER, "Bellwether Imaging", "Imaging centre, Toronto ON, 33 staff", "CA"),
    # The card changed, or went.
    *(Scripted(lives.renewed_by_its_bank(on)) for on in (67, 31, 10)),
    *(Scripted(lives.another_card(on)) for on in (52, 12)),
    Scripted(
        lives.no_card(24), "Pinecrest Family Practice", "Primary care, Bangor ME, 16 staff", "US"
    ),
    Scripted(lives.no_card(999), "Rowan Urgent Care", "Walk-in clinic, Fresno CA, 29 staff", "US"),
    Scripted(lives.deleted(38), "Oakline Orthopedics", "Closed in autumn", "US"),
    # Not set up yet, or only since.
    Scripted(lives.not_set_up, "Hemlock Speech Therapy", "Signed up this month", "US"),
    Scripted(lives.not_set_up, "Labor Isarblick", "Signed up this month", "DE"),
    *(Scripted(lives.set_up(on)) for on in (47, 17)),
    Scripted(
        lives.first_payment_outstanding,
        "Tulip Tree Pediatrics",
        "Pediatric practice, Reno NV, 12 staff",
        "US",
    ),
    Scripted(lives.on_trial(6), "Clover Midwives", "Midwives, Truro, 5 staff", "GB"),
    Scripted(lives.on_trial(11)),
    # Pays otherwise.
    *(Scripted(lives.billed_by_invoice) for _ in range(3)),
    Scripted(
        lives.from_a_bank_account, "Larch Cooperative", "Clinics, Missoula MT, 44 staff", "US"
    ),
    Scripted(
        lives.from_a_bank_account, "Dogwood Diagnostics", "Laboratory, Mobile AL, 38 staff", "US"
    ),
    Scripted(
        lives.from_a_bank_account, "Acacia Birth Center", "Birth center, Yuma AZ, 17 staff", "US"
    ),
    Scripted(
        lives.by_direct_debit, "Zahnärzte Marienplatz", "Dental practice, Trier, 8 staff", "DE"
    ),
    Scripted(
        lives.by_direct_debit, "Clinique Montplaisir", "Private clinic, Tours, 90 staff", "FR"
    ),
    Scripted(lives.by_direct_debit, "Praxis Seeufer", "General practice, Kiel, 10 staff", "DE"),
    # Smaller things.
    Scripted(lives.details_not_sent),
    Scripted(lives.checks_failed),
    Scripted(lives.ends_with_its_period),
    Scripted(lives.paused_between(20, 40)),
    *(Scripted(lives.credited(on, amount)) for on, amount in ((59, 5000), (44, 1250), (3, 24900))),
    # Not for Ana.
    *(Scripted(lives.steady, seen_by=frozenset({BEN})) for _ in range(3)),
    Scripted(
        lives.in_arrears(12),
        "Verbena Skin Care",
        "Dermatology, Macon GA, 14 staff",
        "US",
        frozenset({BEN}),
    ),
)
