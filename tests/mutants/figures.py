"""Figures of many organizations, without what leaves out those that a user may not see."""

from tests.mutants.calls import call
from tests.mutants.mutant import Mutant

ALL_SHOWN = call("plainly_visible", "Customer.objects")
ALL_PASTS = call("with_visible_past", "Customer.objects.all()")

MUTANTS = (
    Mutant(
        "services/overview/sample:_counted", ALL_SHOWN, "tests/services/overview/test_sample.py"
    ),
    Mutant("services/overview/queue:_counted", ALL_SHOWN, "tests/services/overview/test_queue.py"),
    Mutant("services/overview/tiles:_expiring", ALL_SHOWN, "tests/services/overview/test_tiles.py"),
    Mutant("services/overview/week:_counted", ALL_PASTS, "tests/services/overview/test_week.py"),
    Mutant(
        "services/overview/trends:_unchanged", ALL_PASTS, "tests/services/overview/test_trends.py"
    ),
    Mutant(
        "services/reports/delinquency_spells:_counted",
        ALL_PASTS,
        "tests/services/reports/test_delinquency_spells.py",
    ),
    Mutant(
        "services/reports/answer_ages:_counted",
        ALL_SHOWN,
        "tests/services/reports/test_answer_ages.py",
    ),
    Mutant(
        "services/reports/longest_delinquent:_keys",
        ALL_SHOWN,
        "tests/services/reports/test_longest_delinquent.py",
    ),
)
