"""Settings; environment.py reads what the environment and `.env` decide."""

import tomllib
from typing import Any

from csp.constants import NONE, SELF

from billing_portal import environment as env
from billing_portal.single_sign_on import local_sign_in, single_sign_on
from observability.logs import logging_config

BASE_DIR = env.BASE_DIR
VERSION: str = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]

# Security.
SECRET_KEY = env.required("SECRET_KEY", "It signs sessions; use 50 random characters or more.")
CREDENTIAL_KEYS = env.credential_keys()
SECRET_FILES = env.secret_files()  # whose permissions doctor looks at
DEBUG = env.switch("DEBUG", default=False)
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]

# The upstream.
CATALYZE_BASE_URL = env.base_url()
CATALYZE_CONNECT_TIMEOUT = env.number("CATALYZE_CONNECT_TIMEOUT", 3.05, least=0.05, most=60)
CATALYZE_READ_TIMEOUT = env.number("CATALYZE_READ_TIMEOUT", 8, least=0.05, most=120)
CATALYZE_DEADLINE = env.number("CATALYZE_DEADLINE", 15, least=0.1, most=300)
CATALYZE_MAX_RPS = env.number("CATALYZE_MAX_RPS", 20, least=0, most=100_000)
CATALYZE_PROXY = env.address("CATALYZE_PROXY")
CATALYZE_CA_BUNDLE = env.ca_bundle("CATALYZE_CA_BUNDLE")
CATALYZE_KEEP_ALIVE = env.switch("CATALYZE_KEEP_ALIVE", default=True)

# The broker of `sync_customers --distribute`; nothing else needs it.
CELERY_BROKER_URL = env.address("CELERY_BROKER_URL")

# Where customers update their payment method; replies name it.
CUSTOMER_BILLING_URL = env.customer_billing_url()

# How long answers and proofs stay current.
CUSTOMER_MAX_AGE = env.duration("CUSTOMER_MAX_AGE", "15m")
ACCESS_PROOF_TTL = env.duration("ACCESS_PROOF_TTL", "3d")
# What proves access: answers to the user's own credentials, or Catalyze's permission lists too.
ACCESS_PROOFS = env.one_of("ACCESS_PROOFS", "own", ("own", "listed"))
# How old answers may be, as reports and the overview measure it.
FRESHNESS_OBJECTIVE = env.duration("FRESHNESS_OBJECTIVE", "6h")
# The share of a sync's answers from which on they are a mass change (services/sync/mass_change.py).
MASS_CHANGE_SHARE = env.share("MASS_CHANGE_SHARE", "20%")
EXPIRY_WARNING_DAYS = env.whole_number("EXPIRY_WARNING_DAYS", 60, least=1, most=3650)
# Organizations per hour above which a user's hour may be flagged (services/disclosures/volume.py).
UNUSUAL_VOLUME = env.whole_number("UNUSUAL_VOLUME", 200, least=1, most=1_000_000)

# The schedule that commands are held to.
CRONTAB = BASE_DIR / (env.text("CRONTAB").strip() or "deploy/crontab")

# How long prune_history keeps records.
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
    # Security headers first, so that files and refusals get them too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before whatever reads cookies; after the security headers, which problems get too.
    "customers.api.program_requests.ProgramMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After WhiteNoise, whose files are already compressed. Random padding protects against BREACH.
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
    "customers.dashboard.requests.localization.LocalizationMiddleware",
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
                "signs": "customers.dashboard.templatetags.signs",
                "organization_page": "customers.dashboard.templatetags.organization_page",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "customers.dashboard.context.portal",
                "customers.dashboard.context.reader",
            ],
        },
    },
]

DATABASES = {"default": env.database()}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Django's backend, with files that only their owner can read.
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
    # Queries take a millisecond or two. JIT compilation would add forty, parallel workers ten, when
    # PostgreSQL overestimates the number of rows.
    _POSTGRESQL = DATABASES["default"].setdefault("OPTIONS", {})
    _POSTGRESQL.setdefault("options", "-c jit=off -c max_parallel_workers_per_gather=0")
    _POSTGRESQL.setdefault("connect_timeout", 5)  # seconds
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATORS}UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATORS}MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}NumericPasswordValidator"},
    {"NAME": "customers.services.accounts.password_changes.PasswordChangeRecorder"},
]
AUTHENTICATION_BACKENDS = ["customers.services.accounts.session_users.SessionUsers"]
# Wrong passwords for a name, existing or not, after which sign-in pauses; ten times as many for an
# address. Attempts during the pause do not prolong it.
SIGN_IN_ATTEMPTS = env.whole_number("SIGN_IN_ATTEMPTS", 10, least=3, most=1000)
SIGN_IN_PAUSE = env.duration(
    "SIGN_IN_PAUSE", "15m", least="1s", why=", or nobody would have to wait"
)
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # seconds that the link of an invitation works
# Whether everyone must set up a second factor; those who have one are always asked for it.
REQUIRE_SECOND_FACTOR = env.switch("REQUIRE_SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "Billing portal"
# services/accounts/codes.py counts wrong codes; the library's own wait after each would let whoever
# stole the password lock the owner out.
OTP_TOTP_THROTTLE_FACTOR = 0
# Sign-in at an OpenID Connect provider (the settings OIDC_…), and who may still use a password.
OIDC = single_sign_on()
LOCAL_SIGN_IN = local_sign_in(OIDC)
# How long an API token may last, and how many requests it may make per minute; 0 is no limit.
API_TOKEN_MAX_AGE = env.duration(
    "API_TOKEN_MAX_AGE", "90d", least="1s", why=", or no token could ever be used"
)
API_MAX_RPM = env.whole_number("API_MAX_RPM", 600, least=0, most=1_000_000)
LOGIN_REDIRECT_URL = "overview"
LOGIN_URL = LOGOUT_REDIRECT_URL = "admin:login"
CSRF_FAILURE_VIEW = "customers.dashboard.error_pages.form_too_old"

# Commands, exports and logs use LANGUAGE_CODE; pages use the reader's language.
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

# The number of proxies in front, each of which appends an address to X-Forwarded-For.
PROXY_COUNT = env.whole_number("PROXY_COUNT", 0, least=0, most=10)

# Transport, cookies and what browsers may do with our pages.
SECURE_SSL_REDIRECT = env.switch("SECURE_SSL_REDIRECT", default=True)
# Requested over plain http by local monitoring.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SESSION_COOKIE_SECURE = env.switch("SESSION_COOKIE_SECURE", default=True)
CSRF_COOKIE_SECURE = env.switch("CSRF_COOKIE_SECURE", default=True)
CSRF_COOKIE_HTTPONLY = True  # scripts read the token from the form
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
# Stored under hashes of their keys, so that a copy of the database cannot be used to sign in.
SESSION_ENGINE = "customers.services.accounts.session_store"
# Sessions end this long after sign-in, or after this long without a request.
SESSION_LIFETIME = env.duration("SESSION_LIFETIME", "12h")
SESSION_IDLE_TIMEOUT = env.duration("SESSION_IDLE_TIMEOUT", "1h")
SESSION_COOKIE_AGE = int(SESSION_LIFETIME.total_seconds())
# The size limit of a form with a file.
MAX_UPLOAD_MB = env.whole_number("MAX_UPLOAD_MB", 20, least=1, most=1000)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_SSL_REDIRECT else 0
# HSTS for subdomains and preloading is not ours to decide.
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

# Mail.
EMAIL_CONFIG = env.mail()
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG["EMAIL_HOST"]
EMAIL_PORT = EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL_CONFIG["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = EMAIL_CONFIG["EMAIL_FILE_PATH"]  # the folder of filemail://
EMAIL_TIMEOUT = 30  # seconds
EMAIL_FROM = DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM").strip() or "billing-portal@localhost"
PORTAL_URL = env.portal_url()  # the start of links in mails
DIGEST_RECIPIENTS = env.listed("DIGEST_RECIPIENTS")

# Logs go to stderr, as text or as one JSON object per line.
LOGGING = logging_config(
    env.one_of("LOG_FORMAT", "line", ("line", "json")),
    env.one_of("LOG_LEVEL", "warning", ("debug", "info", "warning", "error")).upper(),
)

# Whether assistants may connect to /mcp (Model Context Protocol).
MCP = env.switch("MCP", default=False)

# Needed to read /metrics; if empty, nobody can.
METRICS_TOKEN = env.metrics_token()
# Shared by gunicorn's workers; gunicorn.conf.py sets it unless the operator has.
_METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
METRICS_FOLDER = env.text(_METRICS_FOLDER)
