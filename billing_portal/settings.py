"""The settings of the portal. What the environment and `.env` decide is read by environment.py."""

import tomllib
from typing import Any

from csp.constants import NONE, SELF

from billing_portal import environment as env
from observability.logs import logging_config

BASE_DIR = env.BASE_DIR
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# Secrets and switches.
SECRET_KEY = env.required("SECRET_KEY", "It signs sessions; use 50 random characters or more.")
CREDENTIAL_KEYS = env.credential_keys()
DEBUG = env.switch("DEBUG", default=False)
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]

# The upstream.
CATALYZE_BASE_URL = env.base_url()
CATALYZE_CONNECT_TIMEOUT = env.number("CATALYZE_CONNECT_TIMEOUT", 3.05, least=0.05, most=60)
CATALYZE_READ_TIMEOUT = env.number("CATALYZE_READ_TIMEOUT", 8, least=0.05, most=120)
CATALYZE_DEADLINE = env.number("CATALYZE_DEADLINE", 15, least=0.1, most=300)
CATALYZE_MAX_RPS = env.number("CATALYZE_MAX_RPS", 20, least=0, most=100_000)
CATALYZE_PROXY = env.address("CATALYZE_PROXY")
CATALYZE_CA_BUNDLE = env.ca_bundle()
CATALYZE_KEEP_ALIVE = env.switch("CATALYZE_KEEP_ALIVE", default=True)

# The broker of `sync_customers --distribute`; nothing else needs it.
CELERY_BROKER_URL = env.address("CELERY_BROKER_URL")

# How old is old.
CUSTOMER_MAX_AGE = env.duration("CUSTOMER_MAX_AGE", "15m")
ACCESS_PROOF_TTL = env.duration("ACCESS_PROOF_TTL", "3d")
EXPIRY_WARNING_DAYS = env.whole_number("EXPIRY_WARNING_DAYS", 60, least=1, most=3650)
# How many organizations an hour one user may be shown before it is looked at whether that is usual.
UNUSUAL_VOLUME = env.whole_number("UNUSUAL_VOLUME", 200, least=1, most=1_000_000)

# How long what is past is kept, by prune_history.
CHANGE_RETENTION = env.retention("CHANGE_RETENTION", "1095d")
DISCLOSURE_RETENTION = env.retention("DISCLOSURE_RETENTION", "2190d")
SYNC_RUN_RETENTION = env.retention("SYNC_RUN_RETENTION", "90d")
SECURITY_EVENT_RETENTION = env.retention("SECURITY_EVENT_RETENTION", "400d")

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

DATABASES = {"default": env.database()}
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
SIGN_IN_ATTEMPTS = env.whole_number("SIGN_IN_ATTEMPTS", 10, least=3, most=1000)
SIGN_IN_PAUSE = env.pause("SIGN_IN_PAUSE", "15m")
# Whether everybody has to set up a second factor; those who have one are always asked for it.
REQUIRE_SECOND_FACTOR = env.switch("REQUIRE_SECOND_FACTOR", default=False)
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
TIME_ZONE = env.time_zone()
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "customers.dashboard.static_files.CollectedStaticFiles"},
}

# How many proxies stand in front, each of which adds an address to X-Forwarded-For.
PROXY_COUNT = env.whole_number("PROXY_COUNT", 0, least=0, most=10)

# What a browser may do with our pages.
SECURE_SSL_REDIRECT = env.switch("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # asked from close by, over plain http
SESSION_COOKIE_SECURE = env.switch("SESSION_COOKIE_SECURE", default=True)
CSRF_COOKIE_SECURE = env.switch("CSRF_COOKIE_SECURE", default=True)
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the form that they send
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
# In the database under hashes of their keys, so that a copy of it signs nobody in.
SESSION_ENGINE = "customers.services.accounts.session_store"
# A session ends so long after sign-in, and when nothing was opened for so long.
SESSION_LIFETIME = env.duration("SESSION_LIFETIME", "12h")
SESSION_IDLE_TIMEOUT = env.duration("SESSION_IDLE_TIMEOUT", "1h")
SESSION_COOKIE_AGE = int(SESSION_LIFETIME.total_seconds())
# What a form with a file may weigh.
MAX_UPLOAD_MB = env.whole_number("MAX_UPLOAD_MB", 20, least=1, most=1000)
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
EMAIL_CONFIG = env.mail()
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = EMAIL_CONFIG["EMAIL_FILE_PATH"]  # of filemail://, a folder
EMAIL_TIMEOUT = 30  # seconds
EMAIL_FROM = DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM").strip() or "billing-portal@localhost"
PORTAL_URL = env.portal_url()  # what links in mails begin with
DIGEST_RECIPIENTS = env.listed("DIGEST_RECIPIENTS")

# The log, on stderr: text for people, or one JSON object a line for machines.
LOGGING = logging_config(
    env.one_of("LOG_FORMAT", "line", ("line", "json")),
    env.one_of("LOG_LEVEL", "warning", ("debug", "info", "warning", "error")).upper(),
)

# Who may read /metrics; nobody without a token.
METRICS_TOKEN = env.metrics_token()
# Where gunicorn's workers add up their figures; gunicorn.conf.py names it unless the operator did.
_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METRICS_FOLDER = env.text(_METRICS_FOLDER)
