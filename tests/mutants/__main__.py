"""Break the rules on purpose, one at a time, in a copy of the project: tests must fail.

Run with `make mutants`. Each mutant is one change of the syntax tree, tried against the tests that
are about what it breaks; one that none of them notices is named, and the run ends with 1.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutants import MUTANTS
from tests.mutants.mutant import Mutant

PROJECT = Path(__file__).resolve().parents[2]
# No mutant touches a table, so that one database will do for all.
COMMAND = [sys.executable, "-B", "-m", "pytest", "-qx", "-pno:cacheprovider", "--reuse-db"]


def main() -> int:
    """Try those that the command line names a part of; without any, all."""
    parts = sys.argv[1:] or [""]
    chosen = [mutant for mutant in MUTANTS if any(part in str(mutant) for part in parts)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", ".venv", "*.sqlite3*", "__pycache__", ".env")
        shutil.copytree(PROJECT, copy, ignore=ignored)
        if not pass_in(copy, *{mutant.tests for mutant in chosen}):
            raise SystemExit(
                "The tests fail without any mutant, so that they would notice nothing."
            )
        survivors = sum(survives(mutant, copy) for mutant in chosen)
    return bool(survivors)


def survives(mutant: Mutant, copy: Path) -> bool:
    """Whether the tests pass with the mutant in the copy, which is whole again afterwards."""
    file = copy / mutant.file
    whole = file.read_text()
    file.write_text(mutant.applied_to(whole))
    try:
        is_noticed = not pass_in(copy, mutant.tests)
    finally:
        file.write_text(whole)
    verdict = "noticed" if is_noticed else f"NOT NOTICED by {mutant.tests}"
    sys.stdout.write(f"{verdict}: {mutant}\n")
    sys.stdout.flush()
    return not is_noticed


def pass_in(copy: Path, *tests: str) -> bool:
    ran = subprocess.run([*COMMAND, *tests], cwd=copy, capture_output=True, check=False)
    if ran.returncode not in {0, 1}:
        raise SystemExit(f"The tests could not run: {ran.stdout.decode()[-2000:]}")
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
