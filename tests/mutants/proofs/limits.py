"""When proofs of access do not fit into the pace, and which of them a sync renews first."""

import ast

from tests.mutants.calls import argument, call, first_argument, keyword, without_keyword
from tests.mutants.changes import (
    always,
    comparison,
    never,
    without_condition,
    without_statement,
)
from tests.mutants.finding import Change, holds
from tests.mutants.mutant import Mutant

LOAD, IN_USE = "services/operations/proof_load", "services/sync/proofs_in_use"
RUN, SAYS = "services/sync/runner", "management/commands/sync_customers:Command._say_shortfall"
LOADS = "tests/services/operations/test_proof_load.py"
ORDER = "tests/services/sync/test_proofs_in_use.py"

_NOT_HALVED = Change(
    "the whole of ACCESS_PROOF_TTL",
    lambda slot: isinstance(slot.node, ast.BinOp) and holds(slot.node, ("ACCESS_PROOF_TTL",)),
    lambda slot: slot.put(slot.node.left),
)

MUTANTS = (
    # The arithmetic.
    Mutant(f"{LOAD}:ProofLoad.fits", comparison("self.needed < self.possible", "needed"), LOADS),
    Mutant(f"{LOAD}:proof_load", _NOT_HALVED, LOADS),
    Mutant(f"{LOAD}:proof_load", first_argument("min"), LOADS),
    Mutant(f"{LOAD}:proof_load", keyword("key", "lambda load: load.needed"), LOADS),
    Mutant(f"{LOAD}:proof_load", keyword("needed", "organizations"), LOADS),
    Mutant(f"{LOAD}:_users_by_key", never("may_ask"), LOADS),
    Mutant(f"{LOAD}:_users_by_key", without_keyword("user__is_active"), LOADS),
    Mutant(f"{LOAD}:shortfall_words", never("is_slowed"), LOADS),
    # Who is told.
    Mutant(SAYS, never("fits"), LOADS),
    Mutant(SAYS, argument("proof_load", 0, "None"), LOADS),
    Mutant("dashboard/overview/overview:overview", always("has_perm"), LOADS),
    # What is renewed first.
    Mutant(f"{IN_USE}:_due_in_use", call("union", "owned.union(opened)"), ORDER),
    Mutant(f"{IN_USE}:_due_in_use", call("union", "in_use.union(owned)"), ORDER),
    Mutant(f"{IN_USE}:_due_in_use", keyword("owner__in", "()"), ORDER),
    Mutant(f"{IN_USE}:_due_in_use", without_keyword("seen_at__gte"), ORDER),
    Mutant(f"{IN_USE}:_due_in_use", without_keyword("where"), ORDER),
    Mutant(f"{IN_USE}:_due_in_use", without_keyword("state"), ORDER),
    Mutant(f"{IN_USE}:_due_in_use", call("exclude", "granted"), ORDER),
    Mutant(f"{IN_USE}:_due_in_use", never("org_ids"), ORDER),
    Mutant(f"{IN_USE}:plan_in_use", without_keyword("partition_by"), ORDER),
    Mutant(f"{IN_USE}:plan_in_use", keyword("order_by", "'-proved_at'"), ORDER),
    Mutant(f"{IN_USE}:plan_in_use", argument("order_by", 0, "'turn'", "failed"), ORDER),
    # What keeps runs apart, and users from each other's turns.
    Mutant(f"{IN_USE}:claim_in_use", argument("lease", 1, "scope.run_id"), ORDER),
    Mutant(f"{IN_USE}:claim_in_use", without_statement("release"), ORDER),
    Mutant(f"{IN_USE}:claim_in_use", call("exclude", "Customer.objects.all()"), ORDER),
    Mutant(f"{IN_USE}:ProofsInUse.claim", never("is_named"), ORDER),
    Mutant(f"{IN_USE}:ProofsInUse.claim", without_condition("_LOOK_EVERY"), ORDER),
    Mutant("services/sync/due:due", argument("Coalesce", 0, "'attempted_at'"), ORDER),
    Mutant(f"{RUN}:Sync._fill", without_condition("_partial"), ORDER),
    Mutant(f"{RUN}:Sync._store", without_condition("is_whole"), ORDER),
    Mutant(f"{RUN}:Sync._count", never("_counted"), ORDER),
)
