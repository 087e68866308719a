"""Parse URLs that contain passwords, such as DATABASE_URL. Errors repeat no part of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

Read = Callable[[str], dict[str, Any]]  # the library's parser for well-formed URLs
_SQLITE, _POSTGRES = "sqlite:", ("postgres://", "postgresql://")
_MEMORY = ":memory:"


def refuse_unescaped(name: str, url: str) -> None:
    """An unescaped character in the password would make its rest a host, port or path."""
    parts = _split(url)
    if parts and not parts.fragment and "@" not in parts.path + parts.query:
        return
    raise ImproperlyConfigured(
        f"{name} cannot be read: percent-encode these signs in a username or password: "
        "/ as %2F, ? as %3F, # as %23, [ as %5B, ] as %5D, @ as %40, % as %25."
    )


def database_of(url: str, folder: Path, read: Read) -> dict[str, Any]:
    """Relative SQLite paths are below `folder`."""
    if not url.startswith((_SQLITE, *_POSTGRES)):
        raise ImproperlyConfigured(
            "DATABASE_URL must start with sqlite:/// or postgres://, such as "
            "postgres://user:password@host:5432/portal."
        )
    refuse_unescaped("DATABASE_URL", url)
    if url.startswith(_SQLITE):
        return _sqlite(url, folder, read)
    try:
        return read(url)
    except ValueError:
        raise ImproperlyConfigured("DATABASE_URL holds a port that is not a number.") from None


def _sqlite(url: str, folder: Path, read: Read) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.netloc not in {"", _MEMORY}:
        raise ImproperlyConfigured(
            "DATABASE_URL: write a file of SQLite with three slashes, such as "
            "sqlite:///portal.sqlite3, and a whole path with four."
        )
    path = unquote(parts.path.removeprefix("/") if url.startswith("sqlite://") else parts.path)
    name = _MEMORY if path in {"", _MEMORY} else str(_placed(Path(path), folder))
    return read(f"sqlite:///?{parts.query}") | {"NAME": name}


def _placed(path: Path, folder: Path) -> Path:
    """Below `folder`. Raises if a database of 0.3.0 or older is in the working directory."""
    placed = (folder / path).resolve()
    if not placed.exists() and path.exists():
        raise ImproperlyConfigured(
            f"DATABASE_URL names {path}, which is looked for in {folder}, but there is one in "
            f"{Path.cwd()}. Write its whole path, with four slashes: sqlite:////…"
        )
    return placed


def _split(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:
        return None
