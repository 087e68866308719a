"""Watching: what may be watched, what is told of it, and what is read."""

from tests.mutants.calls import call
from tests.mutants.changes import sql, without_first_condition
from tests.mutants.mutant import Mutant

_TESTS = "tests/services/watching/test_"
WATCHES, UNREAD = f"{_TESTS}watches.py", f"{_TESTS}unread.py"
WATCHING = "services/watching"

MUTANTS = (
    Mutant(f"{WATCHING}/watches:watch", call("plainly_visible", "Customer.objects"), WATCHES),
    Mutant(f"{WATCHING}/watches:watched_by", call("plainly_visible", "Customer.objects"), WATCHES),
    Mutant(f"{WATCHING}/unread:_COUNT", sql("AND {shows}", "AND ({shows} OR TRUE)"), UNREAD),
    Mutant(f"{WATCHING}/unread:see_watched", without_first_condition("knows_past"), UNREAD),
    Mutant(f"{WATCHING}/unread:mark_all_read", call("Least", "until"), UNREAD),
)
