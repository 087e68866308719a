"""The settings of the portal, read from the environment or `.env`; nothing else reads them."""

import re
import tomllib
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

import environ
from cryptography import x509
from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from billing_portal.addresses import database_of, refuse_unescaped
from billing_portal.env_file import env_text
from customers.services.wording.durations import parse_duration
from customers.upstream.loopback import is_loopback
from observability.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
_DATABASE = "sqlite:///portal.sqlite3"  # beside manage.py

env = environ.Env()
env.read_env(StringIO(env_text(BASE_DIR / ".env")))


def _text(name: str) -> str:
    """The value as it is: django-environ would read one that starts with `$` as a reference."""
    return str(env.ENVIRON.get(name, ""))


def _required(name: str, example: str) -> str:
    value = _text(name).strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {example}")
    return value


def _bool(name: str, *, default: bool) -> bool:
    text = _text(name).strip().lower()
    if text in {"on", "true", "yes", "1"}:
        return True
    if text in {"off", "false", "no", "0"}:
        return False
    if text:
        raise ImproperlyConfigured(f"{name} is {text!r}; write on or off.")
    return default


def _duration(name: str, default: str) -> timedelta:
    try:
        return parse_duration(_text(name) or default)
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name}: {exc}") from exc


def _retention(name: str, default: str) -> timedelta:
    """A day at least: a slip must not empty the history."""
    duration = _duration(name, default)
    if duration < timedelta(days=1):
        raise ImproperlyConfigured(f"{name} must be 1d or more; 36500d keeps everything.")
    return duration


def _pause(name: str, default: str) -> timedelta:
    duration = _duration(name, default)
    if not duration:
        raise ImproperlyConfigured(f"{name} must be 1s or more, or nobody would have to wait.")
    return duration


def _number(name: str, default: float, *, least: float, most: float) -> float:
    text = _text(name).strip() or str(default)
    try:
        number = float(text)
    except ValueError as exc:
        raise ImproperlyConfigured(f"{name} is {text!r}, which is not a number.") from exc
    if not least <= number <= most:
        raise ImproperlyConfigured(f"{name} is {text}; it must be from {least:g} to {most:g}.")
    return number


def _whole_number(name: str, default: int, *, least: int, most: int) -> int:
    number = _number(name, default, least=least, most=most)
    if number != int(number):
        raise ImproperlyConfigured(f"{name} is {number:g}; it must be a whole number.")
    return int(number)


def _one_of(name: str, default: str, values: tuple[str, ...]) -> str:
    text = _text(name).strip().lower() or default
    if text not in values:
        raise ImproperlyConfigured(f"{name} is {text!r}; write one of: {', '.join(values)}.")
    return text


def _metrics_token() -> str:
    token = _text("METRICS_TOKEN").strip()
    if token and not re.fullmatch(r"[!-~]{16,}", token):
        raise ImproperlyConfigured(
            "METRICS_TOKEN must be 16 or more letters, digits or signs without a space."
        )
    return token


def _credential_keys() -> list[str]:
    text = _required(
        "CREDENTIAL_KEYS",
        "It holds the keys that encrypt stored credentials, newest first, separated by commas. "
        'Make one with: python -c "from cryptography.fernet import Fernet; '
        'print(Fernet.generate_key().decode())"',
    )
    keys = [key.strip() for key in text.split(",") if key.strip()]
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


def _time_zone() -> str:
    name = _text("TIME_ZONE") or "UTC"
    if name not in available_timezones():
        raise ImproperlyConfigured(f"TIME_ZONE is {name!r}; write a name such as Europe/Berlin.")
    return ZoneInfo(name).key


def _address(name: str) -> str:
    """An address that may hold a password, which nothing may cut."""
    url = _text(name).strip()
    refuse_unescaped(name, url)
    return url


def _mail() -> dict[str, Any]:
    url = _address("EMAIL_URL") or "consolemail://"
    try:
        mail: dict[str, Any] = env.email_url_config(url)
    except (ImproperlyConfigured, ValueError):
        raise ImproperlyConfigured(
            "EMAIL_URL must be an address such as smtp+tls://user:password@host:587."
        ) from None
    if urlsplit(url).scheme == "filemail":
        mail["EMAIL_BACKEND"] = "customers.services.operations.mail_files.EmailBackend"
        mail["EMAIL_FILE_PATH"] = _mail_folder(url)
    return mail


def _mail_folder(url: str) -> str:
    """django-environ would look for it below the working directory."""
    parts = urlsplit(url)
    if parts.netloc or not parts.path.startswith("/") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "EMAIL_URL must name a folder by its whole path, such as filemail:///srv/portal/mails."
        )
    return unquote(parts.path)


def _portal_url() -> str:
    url = _text("PORTAL_URL").strip().rstrip("/")
    if url and not re.fullmatch(r"https?://[^/\s?#]+", url):
        raise ImproperlyConfigured(
            "PORTAL_URL must be the address of this portal, such as https://portal.example.com."
        )
    return url


def _base_url() -> str:
    url = _required(
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


def _ca_bundle() -> str:
    """The path of a file with certificates; a relative one begins beside manage.py."""
    text = _text("CATALYZE_CA_BUNDLE").strip()
    if not text:
        return ""
    path = BASE_DIR / text
    try:
        x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as exc:
        raise ImproperlyConfigured(
            f"CATALYZE_CA_BUNDLE: {path} cannot be read ({exc.strerror})."
        ) from exc
    except ValueError as exc:
        raise ImproperlyConfigured(
            f"CATALYZE_CA_BUNDLE: {path} holds no certificate; it must be a PEM file with the "
            "certificate of the authority that signed the upstream's."
        ) from exc
    return str(path)


VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# Secrets and switches.
SECRET_KEY = _required("SECRET_KEY", "It signs sessions; use 50 random characters or more.")
CREDENTIAL_KEYS = _credential_keys()
DEBUG = _bool("DEBUG", default=False)
ALLOWED_HOSTS = [host.strip() for host in _text("ALLOWED_HOSTS").split(",") if host.strip()] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
]

# The upstream.
CATALYZE_BASE_URL = _base_url()
CATALYZE_CONNECT_TIMEOUT = _number("CATALYZE_CONNECT_TIMEOUT", 3.05, least=0.05, most=60)
CATALYZE_READ_TIMEOUT = _number("CATALYZE_READ_TIMEOUT", 8, least=0.05, most=120)
CATALYZE_DEADLINE = _number("CATALYZE_DEADLINE", 15, least=0.1, most=300)
CATALYZE_MAX_RPS = _number("CATALYZE_MAX_RPS", 20, least=0, most=100_000)
CATALYZE_PROXY = _address("CATALYZE_PROXY")
CATALYZE_CA_BUNDLE = _ca_bundle()
CATALYZE_KEEP_ALIVE = _bool("CATALYZE_KEEP_ALIVE", default=True)

# The broker of `sync_customers --distribute`; nothing else needs it.
CELERY_BROKER_URL = _address("CELERY_BROKER_URL")

# How old is old.
CUSTOMER_MAX_AGE = _duration("CUSTOMER_MAX_AGE", "15m")
ACCESS_PROOF_TTL = _duration("ACCESS_PROOF_TTL", "3d")
EXPIRY_WARNING_DAYS = _whole_number("EXPIRY_WARNING_DAYS", 60, least=1, most=3650)
# How many organizations an hour one user may be shown before it is looked at whether that is usual.
UNUSUAL_VOLUME = _whole_number("UNUSUAL_VOLUME", 200, least=1, most=1_000_000)

# How long what is past is kept, by prune_history.
CHANGE_RETENTION = _retention("CHANGE_RETENTION", "1095d")
DISCLOSURE_RETENTION = _retention("DISCLOSURE_RETENTION", "2190d")
SYNC_RUN_RETENTION = _retention("SYNC_RUN_RETENTION", "90d")
SECURITY_EVENT_RETENTION = _retention("SECURITY_EVENT_RETENTION", "400d")

INSTALLED_APPS = [
    "billing_portal.apps.BackOfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "customers",
]
MIDDLEWARE = [
    "observability.middleware.observe",
    # Guards stand before whatever answers by itself, files and refusals too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After WhiteNoise, whose files are compressed already. It pads pages at random (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "customers.dashboard.requests.upload_limit.UploadLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "customers.dashboard.requests.origin.OriginMiddleware",
    "customers.dashboard.requests.session_timeout.SessionTimeoutMiddleware",
    "customers.dashboard.account.pauses.PauseMiddleware",
]
ROOT_URLCONF = "billing_portal.urls"
WSGI_APPLICATION = "billing_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {
                "portal": "customers.dashboard.templatetags.portal",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "customers.dashboard.context.portal",
            ],
        },
    },
]

DATABASES = {
    "default": database_of(_text("DATABASE_URL").strip() or _DATABASE, BASE_DIR, env.db_url_config)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Django's own, with a file for its owner alone.
    DATABASES["default"]["ENGINE"] = "customers.database.private_sqlite"
    # WAL lets pages read while a sync writes; IMMEDIATE takes the write lock when a transaction
    # begins, so that two writers wait for each other instead of failing half-way.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
    # A query of a page or a sync takes a millisecond or two; to compile it first, which PostgreSQL
    # does when it thinks that there is much to read, takes forty, and to have two more processes
    # read with it ten.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c jit=off -c max_parallel_workers_per_gather=0"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}NumericPasswordValidator"},
    {"NAME": "customers.services.accounts.password_changes.PasswordChangeRecorder"},
]
# After so many wrong passwords for a name, or ten times as many from an address, sign-in pauses; a
# name that does not exist is treated alike. What is typed during the pause does not make it longer.
SIGN_IN_ATTEMPTS = _whole_number("SIGN_IN_ATTEMPTS", 10, least=3, most=1000)
SIGN_IN_PAUSE = _pause("SIGN_IN_PAUSE", "15m")
# Whether everybody has to set up a second factor; those who have one are always asked for it.
REQUIRE_SECOND_FACTOR = _bool("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Billing portal"
# Wrong codes are counted in customers/services/accounts/codes.py; the library's own wait after
# each would let a thief of the password keep the owner out.
OTP_TOTP_THROTTLE_FACTOR = 0
LOGIN_REDIRECT_URL = "overview"
LOGIN_URL = LOGOUT_REDIRECT_URL = "admin:login"
CSRF_FAILURE_VIEW = "customers.dashboard.error_pages.form_too_old"

# Commands, exports and logs are in LANGUAGE_CODE; pages are in the reader's choice.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60  # seconds
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = _time_zone()
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "customers.dashboard.static_files.CollectedStaticFiles"},
}

# How many proxies stand in front, each of which adds an address to X-Forwarded-For.
PROXY_COUNT = _whole_number("PROXY_COUNT", 0, least=0, most=10)

# What a browser may do with our pages.
SECURE_SSL_REDIRECT = _bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # asked from close by, over plain http
SESSION_COOKIE_SECURE = _bool("SESSION_COOKIE_SECURE", default=True)
CSRF_COOKIE_SECURE = _bool("CSRF_COOKIE_SECURE", default=True)
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the form that they send
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
# In the database under hashes of their keys, so that a copy of it signs nobody in.
SESSION_ENGINE = "customers.services.accounts.session_store"
# A session ends so long after sign-in, and when nothing was opened for so long.
SESSION_LIFETIME = _duration("SESSION_LIFETIME", "12h")
SESSION_IDLE_TIMEOUT = _duration("SESSION_IDLE_TIMEOUT", "1h")
SESSION_COOKIE_AGE = int(SESSION_LIFETIME.total_seconds())
# What a form with a file may weigh.
MAX_UPLOAD_MB = _whole_number("MAX_UPLOAD_MB", 20, least=1, most=1000)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_SSL_REDIRECT else 0
# Other hosts below this one's name are not ours to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Mail, for the digest and for what Django itself reports.
EMAIL_CONFIG = _mail()
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = EMAIL_CONFIG["EMAIL_FILE_PATH"]  # of filemail://, a folder
EMAIL_TIMEOUT = 30  # seconds
EMAIL_FROM = DEFAULT_FROM_EMAIL = _text("EMAIL_FROM").strip() or "billing-portal@localhost"
PORTAL_URL = _portal_url()  # what links in mails begin with
DIGEST_RECIPIENTS = [
    address.strip() for address in _text("DIGEST_RECIPIENTS").split(",") if address.strip()
]

# The log, on stderr: text for people, or one JSON object a line for machines.
LOGGING = logging_config(
    _one_of("LOG_FORMAT", "line", ("line", "json")),
    _one_of("LOG_LEVEL", "warning", ("debug", "info", "warning", "error")).upper(),
)

# Who may read /metrics; nobody without a token.
METRICS_TOKEN = _metrics_token()
# Where gunicorn's workers add up their figures; gunicorn.conf.py names it unless the operator did.
_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METRICS_FOLDER = _text(_METRICS_FOLDER)
