"""Settings for pages that are opened without `collectstatic`."""

from typing import Any

from django.conf import settings

_FROM_THE_SOURCES = "django.contrib.staticfiles.storage.StaticFilesStorage"
NOT_COLLECTED: dict[str, Any] = {
    "STORAGES": settings.STORAGES | {"staticfiles": {"BACKEND": _FROM_THE_SOURCES}},
    "MIDDLEWARE": [name for name in settings.MIDDLEWARE if "whitenoise" not in name],
}
