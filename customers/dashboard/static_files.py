"""Whether the files that pages are made of have been collected, and what to say if not."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

REMEDY = "Run `python manage.py collectstatic --noinput`, then restart the portal."
# One of every page's.
_ONE = "css/base.css"


class NotCollected(ValueError):
    """A page names a file that collectstatic has not seen. WhiteNoise knows it as Django's own."""


class CollectedStaticFiles(CompressedManifestStaticFilesStorage):
    def stored_name(self, name: str) -> str:
        try:
            stored: str = super().stored_name(name)
        except ValueError as exc:
            raise NotCollected(f"{name} has not been collected.") from exc
        return stored


def are_collected() -> bool:
    """Whether pages can be drawn, as far as one file tells."""
    return _is_collected(_ONE)


def not_collected() -> list[str]:
    """All files that pages may name and cannot."""
    ignored = StaticFilesConfig.ignore_patterns
    names = (name for finder in get_finders() for name, _ in finder.list(ignored))
    return [name for name in names if not _is_collected(name)]


def _is_collected(name: str) -> bool:
    try:
        staticfiles_storage.url(name)
    except NotCollected:
        return False
    return True
