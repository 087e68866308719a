"""Cases: who may see and change them, and what opens and wakes them."""

from tests.mutants.calls import call, without_keyword
from tests.mutants.changes import never, returned
from tests.mutants.mutant import Mutant

_TESTS = "tests/services/cases/test_"
STANDING, STEPS, PANEL, MENTIONS = (
    f"{_TESTS}{what}.py" for what in ("standing", "steps", "panel", "mentions")
)
CASES = "services/cases"
ALL = call("plainly_visible", "Customer.objects")

MUTANTS = (
    Mutant(
        "services/lists/selection:selected_customers",
        call("visible_customers", "Customer.objects"),
        STEPS,
    ),
    Mutant(f"{CASES}/steps:_known", ALL, STEPS),
    Mutant(
        "services/access/visible:customers_shown_to",
        call("visible_customers", "Customer.objects"),
        PANEL,
    ),
    Mutant(f"{CASES}/panel:_steps", never("knows_past"), PANEL),
    Mutant(f"{CASES}/mentions:mention_colleagues", never("_sees"), MENTIONS),
    Mutant(f"{CASES}/mentions:_sees", ALL, MENTIONS),
    Mutant(f"{CASES}/standing:HAS_OWNER", without_keyword("case__owner__is_active"), STANDING),
    Mutant(f"{CASES}/standing:is_handled", returned("Q(case__handled_at__isnull=False)"), STANDING),
    Mutant(f"{CASES}/standing:is_snoozed", returned("Q(case__snoozed_until__gt=day)"), STANDING),
    Mutant(f"{CASES}/standing:_is_news", returned("has_changed"), STANDING),
    Mutant(
        f"{CASES}/standing:_is_news",
        returned("Q(**{known: None}) & each.condition(day)"),
        STANDING,
    ),
    Mutant(
        f"{CASES}/to_do:expires_before_renewal",
        returned("Q(charged_expires_on__lt=F('charged_renews_on'))"),
        "tests/services/lists/test_worklists.py",
    ),
    Mutant(
        "services/checking/interpret:_last_seen_to_change",
        never("asked_at"),
        "tests/services/checking/test_store_renewals.py",
    ),
)
