"""Whether others on this machine can read or change what only the portal may."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from customers.services.diagnosis.finding import Finding, ok, problem, warning

_NAME = "files"
_OTHERS_READ, _OTHERS_WRITE = 0o004, 0o022


def private_files() -> list[Finding]:
    """Files of secrets are often readable by all within a container: they are only warned of."""
    found = [
        *(_open_to_others(problem, path, _OTHERS_READ) for path in _secret()),
        *(_open_to_others(warning, path, _OTHERS_READ) for path in settings.SECRET_FILES),
        *(_open_to_others(problem, path, 0) for path in _trusted()),
    ]
    return [finding for finding in found if finding] or [
        ok(_NAME, "Others on this machine can read neither database nor keys.")
    ]


def _secret() -> Iterator[Path]:
    yield settings.BASE_DIR / ".env"
    if connection.vendor == "sqlite":
        database = str(connection.settings_dict["NAME"])
        yield from (Path(f"{database}{end}") for end in ("", "-wal", "-shm"))


def _trusted() -> Iterator[Path]:
    """Certificates of authorities, which others may read."""
    if settings.CATALYZE_CA_BUNDLE:
        yield Path(settings.CATALYZE_CA_BUNDLE)
    if settings.OIDC and settings.OIDC.ca_bundle:
        yield Path(settings.OIDC.ca_bundle)


def _open_to_others(say: Callable[..., Finding], path: Path, reading: int) -> Finding | None:
    """`reading` is the bit that says so, or 0 where others may read."""
    try:
        mode = path.stat().st_mode
    except OSError:  # there is none, or only its owner sees it
        return None
    if not mode & (reading | _OTHERS_WRITE):
        return None
    what = "change" if mode & _OTHERS_WRITE else "read"
    return say(
        _NAME,
        f"Others on this machine can {what} {path.name} (mode {mode & 0o777:04o}).",
        f"Run `chmod {'o-rwx,' if reading else ''}go-w` on it as its owner.",
    )
