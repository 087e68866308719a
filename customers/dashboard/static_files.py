"""Whether the static files of pages have been collected, and what to do if not."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

REMEDY = "Run `python manage.py collectstatic --noinput`, then restart the portal."
# Every page uses it.
_ONE = "css/base.css"


class NotCollected(ValueError):
    """A page needs a file that is not collected. A ValueError, because WhiteNoise expects one."""


class CollectedStaticFiles(CompressedManifestStaticFilesStorage):
    def stored_name(self, name: str) -> str:
        try:
            stored: str = super().stored_name(name)
        except ValueError as exc:
            raise NotCollected(f"{name} has not been collected.") from exc
        return stored


def are_collected() -> bool:
    """Whether pages can be rendered, judged by one file."""
    return _is_collected(_ONE)


def not_collected() -> list[str]:
    ignored = StaticFilesConfig.ignore_patterns
    names = (name for finder in get_finders() for name, _ in finder.list(ignored))
    return [name for name in names if not _is_collected(name)]


def _is_collected(name: str) -> bool:
    try:
        staticfiles_storage.url(name)
    except NotCollected:
        return False
    return True
