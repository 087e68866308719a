"""A secret may be in a file of its own, which NAME_FILE names. Errors repeat nothing of either."""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from billing_portal.env_file import unicode_of

# Whatever is a secret, or an address that may hold a password.
SECRETS = frozenset(
    {
        "CATALYZE_PROXY",
        "CELERY_BROKER_URL",
        "CREDENTIAL_KEYS",
        "DATABASE_URL",
        "EMAIL_URL",
        "METRICS_TOKEN",
        "OIDC_CLIENT_SECRET",
        "OIDC_PROXY",
        "SECRET_KEY",
    }
)


def file_setting(name: str) -> str:
    return f"{name}_FILE"


def value_of(name: str, environment: Mapping[str, str], folder: Path) -> str:
    """What is set, or the line in the file that is named instead; relative files are in `folder`.

    A path may be a secret that was put into the wrong setting, so errors do not say it.
    """
    value = str(environment.get(name, ""))
    setting = file_setting(name)
    path = str(environment.get(setting, "")).strip() if name in SECRETS else ""
    if not path:
        return value
    if value.strip():
        raise ImproperlyConfigured(f"{name} and {setting} are both set; keep one of them.")
    try:
        content = (folder / path).read_bytes()
    except OSError as exc:
        raise ImproperlyConfigured(
            f"{setting} names a file that cannot be read: {exc.strerror}."
        ) from None
    line = unicode_of(content, f"The file of {setting}").rstrip("\r\n")
    if not line.strip():
        raise ImproperlyConfigured(f"{setting} names a file that is empty.")
    if len(line.splitlines()) > 1:
        raise ImproperlyConfigured(
            f"{setting} names a file of several lines; it must hold the value alone, in one line."
        )
    return line
