"""Another release of the portal, with an environment of its own."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.machinery.portal import PROJECT


class Release(NamedTuple):
    name: str
    folder: Path
    python: str


THIS = Release("this tree", PROJECT, sys.executable)


@contextmanager
def checked_out(commit: str) -> Iterator[Release]:
    """A work tree of the commit, and the packages that it asks for."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "release"
        _run("git", "worktree", "add", "--quiet", "--detach", str(folder), commit)
        try:
            _run(sys.executable, "-m", "venv", str(folder / ".venv"))
            python = str(folder / ".venv/bin/python")
            requirements = str(folder / "requirements.txt")
            _run(python, "-m", "pip", "install", "--quiet", "--requirement", requirements)
            yield Release(commit, folder, python)
        finally:
            _run("git", "worktree", "remove", "--force", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, cwd=PROJECT, check=True)
