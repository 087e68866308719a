"""Secrets in files of their own: which settings may be, and what is refused."""

from tests.mutants.calls import argument
from tests.mutants.changes import never, without_element
from tests.mutants.mutant import Mutant

FILES = "billing_portal/secret_files"
TESTS = "tests/billing_portal/test_secret_files.py"

MUTANTS = (
    Mutant(f"{FILES}:value_of", never("SECRETS"), TESTS),
    Mutant(f"{FILES}:value_of", argument("rstrip", 0, "None"), TESTS),
    Mutant(f"{FILES}:value_of", never("splitlines"), TESTS),
    Mutant(f"{FILES}:SECRETS", without_element("OIDC_CLIENT_SECRET"), TESTS),
)
