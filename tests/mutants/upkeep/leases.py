"""Leases: what is due, who has claimed it, for how long, and which runs are over."""

import ast

from tests.mutants.calls import (
    keyword,
    within,
    without_keyword,
)
from tests.mutants.changes import never, operated, without_condition
from tests.mutants.mutant import Mutant

DUE, RUNS = "services/sync/due", "services/sync/run_record"
SESSIONS, RATE = "services/credentials/sessions", "services/credentials/rate_limit"
_SYNC, _CREDENTIALS = "tests/services/sync/test_", "tests/services/credentials/test_"
CLAIMS, DUE_NOW, ASKED = (f"{_SYNC}{what}.py" for what in ("claims", "due", "who_is_asked"))
RECORD, BREAKER = (f"{_SYNC}{what}.py" for what in ("run_record", "circuit_breaker"))
RENEWED, SLOWED = (f"{_CREDENTIALS}{what}.py" for what in ("sessions", "rate_limit_slows"))

MUTANTS = (
    Mutant(f"{DUE}:lease", keyword("lease_until__gte", "None"), CLAIMS),
    Mutant(f"{DUE}:lease", operated(ast.Add, ast.Sub, "CHECK_LEASE"), CLAIMS),
    Mutant(f"{DUE}:renew_leases", operated(ast.Add, ast.Sub, "CHECK_LEASE"), CLAIMS),
    Mutant(f"{DUE}:due", within("Q", without_keyword("claimed_by")), CLAIMS),
    Mutant(f"{DUE}:due", without_keyword("lease_until__isnull"), CLAIMS),
    Mutant(f"{DUE}:is_fresh", operated(ast.Div, ast.Mult, "2"), DUE_NOW),
    Mutant(f"{DUE}:is_fresh", without_keyword("proved_at__lte"), DUE_NOW),
    Mutant(f"{DUE}:_stale", without_keyword("checked_at__gt"), DUE_NOW),
    Mutant(f"{DUE}:has_failed", without_keyword("attempted_at__range"), DUE_NOW),
    Mutant(f"{DUE}:is_fresh", without_keyword("user_id"), DUE_NOW),
    Mutant(f"{DUE}:_urgent", without_keyword("seen_at__gte"), DUE_NOW),
    Mutant(f"{RATE}:RateLimit._slow", without_condition("_SECOND"), SLOWED),
    Mutant(f"{RATE}:RateLimit._reserved", never("_CLOCK_SET_BACK"), SLOWED),
    Mutant(f"{DUE}:_job", never("is_stale"), ASKED),
    Mutant(f"{RUNS}:end_lost_runs", within("filter", without_keyword("claimed_by")), RECORD),
    Mutant(f"{RUNS}:_is_dead", without_condition("_machine"), RECORD),
    Mutant("services/sync/circuit_breaker:CircuitBreaker.note", never("UNAVAILABLE"), BREAKER),
    Mutant(f"{SESSIONS}:_claimed", without_keyword("state"), RENEWED),
)
