"""Retention: what is removed once it is old, and what stays at any age."""

from tests.mutants.calls import argument, not_excluded, not_filtered, without_keyword
from tests.mutants.changes import without_statement
from tests.mutants.mutant import Mutant

RETENTION = "services/operations/retention"
_PRUNE = "tests/commands/prune_history/test_"
PRUNING, BATCHES = f"{_PRUNE}prune_history.py", f"{_PRUNE}in_batches.py"
EVENTS = (
    "tests/dashboard/account/test_security_events.py::test_"
    "old_events_are_pruned_and_younger_ones_stay"
)
PASTED = (
    "tests/dashboard/pasted/test_pasted_lists.py::test_"
    "a_list_ends_after_thirty_days_when_it_is_opened_or_pruned"
)
TOKENS = "tests/services/tokens/test_stored_tokens.py"

MUTANTS = (
    Mutant(f"{RETENTION}:old_changes", not_filtered("seen_at__lt"), PRUNING),
    Mutant(f"{RETENTION}:old_digests", not_excluded("pk"), PRUNING),
    Mutant(f"{RETENTION}:old_digests", argument("order_by", 0, "'day'"), PRUNING),
    Mutant(f"{RETENTION}:old_events", not_filtered("happened_at__lt"), EVENTS),
    Mutant(f"{RETENTION}:old_pasted_lists", not_filtered("pasted_at__lt"), PASTED),
    Mutant(f"{RETENTION}:old_attempts", not_excluded("pk__in"), PRUNING),
    Mutant(f"{RETENTION}:old_attempts", not_excluded("began_at__gte"), PRUNING),
    Mutant(f"{RETENTION}:prune_changes", argument("order_by", 0, "'-seen_at'"), BATCHES),
    Mutant(f"{RETENTION}:_prune_changes", without_keyword("first_checked_at__lt"), PRUNING),
    Mutant(f"{RETENTION}:_prune_changes", without_statement("update"), PRUNING),
    Mutant("services/operations/command_runs:old_runs", without_keyword("exit_code"), PRUNING),
    Mutant("services/tokens/stored_tokens:old_tokens", without_keyword("revoked_at__lt"), TOKENS),
)
