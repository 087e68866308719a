"""Break the rules on purpose, one at a time, in copies of the project: tests must fail.

Run with `make mutants`. Each mutant is one change of the syntax tree, tried against the tests that
are about what it breaks; one that none of them notices is named, and the run ends with 1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty, SimpleQueue

from tests.mutants import MUTANTS
from tests.mutants.mutant import Mutant

PROJECT = Path(__file__).resolve().parents[2]
# No mutant touches a table, so that one database will do for all of a copy.
COMMAND = [sys.executable, "-B", "-m", "pytest", "-qx", "-pno:cacheprovider", "--reuse-db"]


def main() -> int:
    """Try those that the command line names a part of; without any, all."""
    parts = sys.argv[1:] or [""]
    chosen = [mutant for mutant in MUTANTS if any(part in str(mutant) for part in parts)]
    if not chosen:
        raise SystemExit(f"No mutant is called {' or '.join(parts)}.")
    waiting = SimpleQueue[Mutant]()
    for mutant in chosen:
        waiting.put(mutant)
    workers = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        copies = [copied_to(Path(folder) / str(number)) for number in range(workers)]
        if not pass_in(copies[0], {mutant.tests for mutant in chosen}, f"--numprocesses={workers}"):
            raise SystemExit(
                "The tests fail without any mutant, so that they would notice nothing."
            )
        survivors = sum(pool.map(lambda copy: tried_in(copy, waiting), copies))
    return bool(survivors)


def copied_to(folder: Path) -> Path:
    ignored = shutil.ignore_patterns(".git", ".venv", "*.sqlite3*", "__pycache__", ".env")
    return Path(shutil.copytree(PROJECT, folder, ignore=ignored))


def tried_in(copy: Path, waiting: SimpleQueue[Mutant]) -> int:
    """Try one after the other while any is waiting; how many of them survive."""
    survivors = 0
    while True:
        try:
            mutant = waiting.get_nowait()
        except Empty:
            return survivors
        survivors += survives(mutant, copy)


def survives(mutant: Mutant, copy: Path) -> bool:
    """Whether the tests pass with the mutant in the copy, which is whole again afterwards."""
    file = copy / mutant.file
    whole = file.read_text()
    file.write_text(mutant.applied_to(whole))
    try:
        is_noticed = not pass_in(copy, [mutant.tests])
    finally:
        file.write_text(whole)
    verdict = "noticed" if is_noticed else f"NOT NOTICED by {mutant.tests}"
    sys.stdout.write(f"{verdict}: {mutant}\n")
    sys.stdout.flush()
    return not is_noticed


def pass_in(copy: Path, tests: Iterable[str], *more: str) -> bool:
    ran = subprocess.run([*COMMAND, *more, *tests], cwd=copy, capture_output=True, check=False)
    if ran.returncode not in {0, 1}:
        raise SystemExit(f"The tests could not run: {ran.stdout.decode()[-2000:]}")
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
