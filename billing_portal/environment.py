"""Read settings from the environment or `.env`, with one clear sentence per mistake."""

import re
from datetime import timedelta
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

import environ
from cryptography import x509
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from billing_portal.addresses import database_of, refuse_unescaped
from billing_portal.env_file import env_text
from billing_portal.secret_files import SECRETS, file_setting, value_of
from customers.services.wording.durations import parse_duration
from customers.upstream.loopback import is_loopback

BASE_DIR = Path(__file__).resolve().parent.parent
_DATABASE = "sqlite:///portal.sqlite3"  # beside manage.py

_env = environ.Env()
_env.read_env(StringIO(env_text(BASE_DIR / ".env")))


def text(name: str) -> str:
    """Read directly: django-environ treats a leading `$` as a reference."""
    return value_of(name, _env.ENVIRON, BASE_DIR)


def secret_files() -> list[Path]:
    """Those that NAME_FILE names."""
    paths = (str(_env.ENVIRON.get(file_setting(name), "")).strip() for name in sorted(SECRETS))
    return [BASE_DIR / path for path in paths if path]


def required(name: str, example: str) -> str:
    value = text(name).strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {example}")
    return value


def listed(name: str) -> list[str]:
    return [part.strip() for part in text(name).split(",") if part.strip()]


def switch(name: str, *, default: bool) -> bool:
    value = text(name).strip().lower()
    if value in {"on", "true", "yes", "1"}:
        return True
    if value in {"off", "false", "no", "0"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is {value!r}; write on or off.")
    return default


def duration(name: str, default: str, *, least: str = "0s", why: str = "") -> timedelta:
    """`why` goes on with the sentence about what is less than `least`."""
    try:
        span = parse_duration(text(name) or default)
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name}: {exc}") from exc
    if span < parse_duration(least):
        raise ImproperlyConfigured(f"{name} must be {least} or more{why}.")
    return span


def retention(name: str, default: str) -> timedelta:
    """At least a day, so that a typo does not empty the history."""
    return duration(name, default, least="1d", why="; 36500d keeps everything")


def number(name: str, default: float, *, least: float, most: float) -> float:
    value = text(name).strip() or str(default)
    try:
        figure = float(value)
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name} is {value!r}, which is not a number.") from exc
    if not least <= figure <= most:
        raise ImproperlyConfigured(f"{name} is {value}; it must be from {least:g} to {most:g}.")
    return figure


def share(name: str, default: str) -> float:
    value = text(name).strip() or default
    try:
        figure = Fraction(value.removesuffix("%").strip())
    except (ValueError, ZeroDivisionError) as exc:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a share such as 20%.") from exc
    part = figure / 100 if value.endswith("%") or figure > 1 else figure
    if not 0 <= part <= 1:
        raise ImproperlyConfigured(f"{name} is {value}; it must be from 0% to 100%.")
    return float(part)


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    figure = number(name, default, least=least, most=most)
    if figure != int(figure):
        raise ImproperlyConfigured(f"{name} is {figure:g}; it must be a whole number.")
    return int(figure)


def one_of(name: str, default: str, values: tuple[str, ...]) -> str:
    value = text(name).strip().lower() or default
    if value not in values:
        raise ImproperlyConfigured(f"{name} is {value!r}; write one of: {', '.join(values)}.")
    return value


def metrics_token() -> str:
    token = text("METRICS_TOKEN").strip()
    if token and not re.fullmatch(r"[!-~]{16,}", token):
        raise ImproperlyConfigured(
            "METRICS_TOKEN must be 16 or more letters, digits or signs without a space."
        )
    return token


def credential_keys() -> list[str]:
    required(
        "CREDENTIAL_KEYS",
        "It holds the keys that encrypt stored credentials, newest first, separated by commas. "
        'Make one with: python -c "from cryptography.fernet import Fernet; '
        'print(Fernet.generate_key().decode())"',
    )
    keys = listed("CREDENTIAL_KEYS")
    if not keys:
        raise ImproperlyConfigured("CREDENTIAL_KEYS holds commas, but no key.")
    for position, key in enumerate(keys, 1):
        try:
            Fernet(key)
        except ValueError as exc:
            raise ImproperlyConfigured(
                f"CREDENTIAL_KEYS: key number {position} is not a Fernet key "
                "(32 bytes in URL-safe base64, 44 characters)."
            ) from exc
    return keys


def time_zone() -> str:
    name = text("TIME_ZONE") or "UTC"
    if name not in available_timezones():
        raise ImproperlyConfigured(f"TIME_ZONE is {name!r}; write a name such as Europe/Berlin.")
    return ZoneInfo(name).key


def address(name: str) -> str:
    url = text(name).strip()
    refuse_unescaped(name, url)
    return url


def database() -> dict[str, Any]:
    url = text("DATABASE_URL").strip() or _DATABASE
    return database_of(url, BASE_DIR, _env.db_url_config)


def mail() -> dict[str, Any]:
    url = address("EMAIL_URL") or "consolemail://"
    try:
        config: dict[str, Any] = _env.email_url_config(url)
    except (ImproperlyConfigured, ValueError):
        raise ImproperlyConfigured(
            "EMAIL_URL must be an address such as smtp+tls://user:password@host:587."
        ) from None
    if urlsplit(url).scheme == "filemail":
        config["EMAIL_BACKEND"] = "customers.services.operations.mail_files.EmailBackend"
        config["EMAIL_FILE_PATH"] = _mail_folder(url)
    return config


def _mail_folder(url: str) -> str:
    """Absolute: django-environ would look below the working directory."""
    parts = urlsplit(url)
    if parts.netloc or not parts.path.startswith("/") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "EMAIL_URL must name a folder by its whole path, such as filemail:///srv/portal/mails."
        )
    return unquote(parts.path)


def portal_url() -> str:
    url = text("PORTAL_URL").strip().rstrip("/")
    if url and not re.fullmatch(r"https?://[^/\s?#]+", url):
        raise ImproperlyConfigured(
            "PORTAL_URL must be the address of this portal, such as https://portal.example.com."
        )
    return url


def customer_billing_url() -> str:
    """Where a customer updates their payment method; only `{org_id}` may be filled in."""
    url = text("CUSTOMER_BILLING_URL").strip()
    host = r"https://[^/?#@{}\s<>]+"
    rest = r"([/?#]([^{}\s<>]|\{org_id\})*)?"
    if url and not re.fullmatch(host + rest, url):
        raise ImproperlyConfigured(
            "CUSTOMER_BILLING_URL must be an https address without a password, such as "
            "https://app.example.com/billing or https://app.example.com/{org_id}/billing."
        )
    return url


def base_url() -> str:
    url = required(
        "CATALYZE_BASE_URL",
        "It is the address of the deployment that is asked, such as https://api.example.com.",
    ).rstrip("/")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ImproperlyConfigured(
            "CATALYZE_BASE_URL must be an address such as https://api.example.com, without /v2."
        )
    if parts.path.endswith("/v2"):
        raise ImproperlyConfigured("CATALYZE_BASE_URL must not end in /v2; the portal adds it.")
    if parts.scheme == "http" and not is_loopback(url):
        raise ImproperlyConfigured(
            "CATALYZE_BASE_URL is plain http to another machine, so credentials and billing data "
            "would travel unencrypted; use https://."
        )
    return url


def ca_bundle(name: str) -> str:
    """The path of a PEM file; relative paths start beside manage.py."""
    value = text(name).strip()
    if not value:
        return ""
    path = BASE_DIR / value
    try:
        x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as exc:
        raise ImproperlyConfigured(f"{name}: {path} cannot be read ({exc.strerror}).") from exc
    except ValueError as exc:
        raise ImproperlyConfigured(
            f"{name}: {path} holds no certificate; it must be a PEM file with the certificate of "
            "the authority that signed the other side's."
        ) from exc
    return str(path)
