"""Break the access rules on purpose, one at a time, in a copy of the project: tests must fail.

Run with `make mutants`. Each mutant is one replacement, tried against the tests that are about what
it breaks; one that none of them notices is named, and the run ends with 1.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ACCESS, FORMER = "tests/services/test_access.py", "tests/services/test_former_credentials.py"
STORING = "tests/services/test_storing_access.py"
_WALK = "tests/access/test_who_may_open.py::test_"
PAGES = f"{_WALK}each_page_opens_to_those_who_may_and_shows_what_they_proved"
_EXISTENCE = "tests/access/test_existence.py::test_"
CALLS = f"{_EXISTENCE}a_first_answer_costs_as_many_calls_whether_or_not_the_organization_is_known"
EXISTENCE = f"{_EXISTENCE}an_organization_that_is_known_looks_like_one_that_is_not"
DISCLOSURES = "tests/access/test_disclosures_are_recorded.py"
_ORGANIZATION = "tests/dashboard/test_organization.py::test_"
VIEWERS = f"{_ORGANIZATION}notes_and_viewers_are_not_told_to_who_was_never_sent_a_customer"
SERVICES, DASHBOARD = "customers/services", "customers/dashboard"


@dataclass(frozen=True, slots=True)
class Mutant:
    """`before` stands in `file` and becomes `after`; `tests` must notice."""

    file: str
    before: str
    after: str
    tests: str


MUTANTS = (
    Mutant(
        f"{SERVICES}/access.py",
        "return max(timezone.now() - settings.ACCESS_PROOF_TTL, credentials.proves_since)",
        "return credentials.proves_since",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access.py",
        "return max(timezone.now() - settings.ACCESS_PROOF_TTL, credentials.proves_since)",
        "return timezone.now() - settings.ACCESS_PROOF_TTL",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access.py",
        "filter(user_id=user.pk, shows_since__gte=floor)",
        "filter(shows_since__gte=floor)",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access.py",
        "customer_sent_at__gte=Subquery(proves_since)",
        "",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access.py",
        "customer_sent_at__gte=timezone.now() - settings.ACCESS_PROOF_TTL",
        "customer_sent_at__isnull=False",
        ACCESS,
    ),
    Mutant(
        f"{SERVICES}/access.py",
        "if recent or sent_at is None:",
        "if recent:",
        ACCESS,
    ),
    Mutant(f"{SERVICES}/storing.py", "row.customer_sent_at = None", "pass", STORING),
    Mutant(f"{SERVICES}/storing.py", "if is_doubtful and", "if False and", FORMER),
    Mutant(f"{SERVICES}/checking.py", "not _has_met(user, org_id)", "False", CALLS),
    Mutant(f"{SERVICES}/checking.py", "if not asked_with.has_worked:", "if False:", EXISTENCE),
    Mutant(f"{SERVICES}/exports.py", "record(user, chunk, where, origin)", "pass", DISCLOSURES),
    Mutant(f"{DASHBOARD}/site.py", "if not request.user.has_perm(permission):", "if False:", PAGES),
    Mutant(f"{DASHBOARD}/organization.py", "if knows_past", "if True", VIEWERS),
    Mutant(f"{DASHBOARD}/lists.py", "{*found.rows, owner} if owner else ", "", DISCLOSURES),
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", ".venv", "*.sqlite3*", "__pycache__", ".env")
        shutil.copytree(PROJECT, copy, ignore=ignored)
        survivors = sum(survives(mutant, copy) for mutant in MUTANTS)
    return bool(survivors)


def survives(mutant: Mutant, copy: Path) -> bool:
    """Whether the tests pass with the mutant in the copy, which is whole again afterwards."""
    file = copy / mutant.file
    whole = file.read_text()
    if mutant.before not in whole:
        raise SystemExit(f"{mutant.file} holds no {mutant.before!r}; bring the mutant up to date.")
    file.write_text(whole.replace(mutant.before, mutant.after, 1))
    try:
        command = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
        ran = subprocess.run([*command, mutant.tests], cwd=copy, capture_output=True, check=False)
    finally:
        file.write_text(whole)
    if ran.returncode not in {0, 1}:
        raise SystemExit(f"The tests could not run: {ran.stdout.decode()[-2000:]}")
    is_noticed = ran.returncode == 1
    verdict = "noticed" if is_noticed else f"NOT NOTICED by {mutant.tests}"
    sys.stdout.write(f"{verdict}: {mutant.file}: {mutant.before} -> {mutant.after}\n")
    sys.stdout.flush()
    return not is_noticed


if __name__ == "__main__":
    sys.exit(main())
