"""What is recorded of whom: disclosures, their chain, the digest."""

from tests.mutants.calls import argument, within
from tests.mutants.changes import (
    comparison,
    never,
    without_condition,
    without_element,
    without_first_condition,
    without_first_element,
    without_statement,
)
from tests.mutants.mutant import Mutant

_RECORDED = "tests/access/test_disclosures_are_recorded.py::test_what_a_page_shows_is_recorded"
LISTED, EXPORTED = (f"{_RECORDED}_and_nothing_else[{page}]" for page in ("organizations", "export"))
CHAIN, PRUNING, POSITIONS, NOTES = (
    f"tests/services/disclosures/test_{what}.py"
    for what in ("chain", "pruning", "verified_positions", "noted_positions")
)
SENDING, NEWS = (f"tests/commands/send_digest/test_{what}.py" for what in ("sending", "news"))

LISTS, LOG = "dashboard/lists/lists:organizations", "services/disclosures"
NOTED, VERIFY = f"{LOG}/verified_positions", "management/commands/verify_disclosures"
SEND = "services/digest/send:_send"

MUTANTS = (
    Mutant("services/lists/export:_recorded", without_statement("record"), EXPORTED),
    Mutant(
        "services/organizations/page_fingerprint:fingerprint_of",
        within("repr", without_first_element()),
        "tests/dashboard/organizations/test_in_place.py",
    ),
    Mutant(LISTS, within("record", never()), LISTED),
    Mutant(LISTS, without_element("customer"), LISTED),
    Mutant(f"{LOG}/entry_hash:_FORMER", without_element("purpose"), CHAIN),
    Mutant(f"{LOG}/entry_hash:HASHED", without_element("id"), CHAIN),
    Mutant(f"{LOG}/chain:_is_next", never("format", "Lt"), CHAIN),
    Mutant(f"{LOG}/chain:_is_next", comparison("True", "id"), CHAIN),
    Mutant(f"{LOG}/chain:_verify_to", without_statement("check_beginning"), POSITIONS),
    Mutant(f"{LOG}/chain:_verify_to", never("ALL"), NOTES),
    Mutant(f"{LOG}/chain:_check_end", without_statement("check_removal"), POSITIONS),
    Mutant(f"{LOG}/chain:_verified_earlier", comparison("False", "hash"), POSITIONS),
    Mutant(f"{LOG}/chain:_verified_earlier", comparison("False", "pruned_through"), NOTES),
    Mutant(f"{NOTED}:noted_position", without_condition("is_signed"), NOTES),
    Mutant(f"{NOTED}:noted_position", never("_is_recent"), NOTES),
    Mutant(f"{LOG}/chain:_verify_to", never("began_at"), NOTES),
    Mutant(f"{NOTED}:noted_position", without_first_condition("_is_recent"), NOTES),
    Mutant(f"{VERIFY}:Command._verify", never("head"), POSITIONS),
    Mutant(f"{LOG}/pruning:_check", without_statement("check_beginning"), PRUNING),
    Mutant(f"{LOG}/pruning:_check", without_statement("follow"), PRUNING),
    Mutant(f"{LOG}/pruning:_check", without_statement("check_removal"), PRUNING),
    Mutant(SEND, without_statement("record"), SENDING),
    Mutant(SEND, argument("_settle", 1, "timezone.now()", "False"), NEWS),
    Mutant(SEND, argument("_settle", 1, "timezone.now()", "True"), NEWS),
)
