"""Break the access rules on purpose, one at a time, in a copy of the project: tests must fail.

Run with `make mutants`. Each mutant is one replacement; one that no test notices is named, and the
run ends with 1.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TESTS = ("tests/services/test_access.py", "tests/access", "tests/services/test_storing_access.py")
# file, what stands there, what is put in its place
MUTANTS = (
    ("customers/services/access.py", "settings.ACCESS_PROOF_TTL", "settings.ACCESS_PROOF_TTL * 9"),
    (
        "customers/services/access.py",
        "credentials.proves_since)",
        "timezone.now() - settings.ACCESS_PROOF_TTL)",
    ),
    ("customers/services/storing.py", "row.customer_sent_at = None", "pass"),
    ("customers/services/checking.py", "not _has_met(user, org_id)", "False"),
    ("customers/services/checking.py", "if not asked_with.has_worked:", "if False:"),
    ("customers/services/exports.py", "record(user, chunk, where, origin)", "pass"),
    ("customers/dashboard/site.py", "if not request.user.has_perm(permission):", "if False:"),
    ("customers/dashboard/organization.py", "if knows_past", "if True"),
)


def main() -> int:
    survivors = [mutant for mutant in MUTANTS if survives(*mutant)]
    for file, before, after in survivors:
        sys.stdout.write(f"No test noticed: {file}: {before!r} became {after!r}\n")
    return bool(survivors)


def survives(file: str, before: str, after: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", ".venv", "*.sqlite3*", "__pycache__", ".env")
        shutil.copytree(PROJECT, copy, ignore=ignored)
        source = (copy / file).read_text()
        if before not in source:
            raise SystemExit(f"{file} no longer holds {before!r}; bring the mutant up to date.")
        (copy / file).write_text(source.replace(before, after, 1))
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", *TESTS],
            cwd=copy,
            capture_output=True,
            check=False,
        )
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
