"""A cached virtual environment for dj-stripe."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

_REQUIREMENTS = Path(__file__).with_name("requirements-djstripe.txt")
CACHE = Path.home() / ".cache" / "billing-portal"


def djstripe_python() -> Path:
    folder = CACHE / f"djstripe-{_version()}"
    python, is_complete = folder / "bin" / "python", folder / "is-complete"
    if not is_complete.exists():
        print(f"Installing dj-stripe into {folder}.", file=sys.stderr, flush=True)
        venv.create(folder, clear=True, with_pip=True)
        pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        subprocess.run((*pip, "--requirement", _REQUIREMENTS), check=True)
        is_complete.touch()
    return python


def _version() -> str:
    """Depends on the pinned packages and the Python version."""
    pinned = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    return f"{pinned[:12]}-python{sys.version_info.major}.{sys.version_info.minor}"
