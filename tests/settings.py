"""The portal's own settings for tests: fresh keys, and a database of the tests' own."""

import os
import secrets
from importlib import import_module

from cryptography.fernet import Fernet

os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
os.environ["CREDENTIAL_KEYS"] = Fernet.generate_key().decode()
os.environ["CATALYZE_BASE_URL"] = "http://127.0.0.1:9"
os.environ["CATALYZE_MAX_RPS"] = "0"
os.environ["CATALYZE_CONNECT_TIMEOUT"] = "1"
os.environ["CATALYZE_READ_TIMEOUT"] = "1"
os.environ["CATALYZE_DEADLINE"] = "2"
os.environ["CUSTOMER_MAX_AGE"] = "15m"
os.environ["ACCESS_PROOF_TTL"] = "3d"
os.environ["TIME_ZONE"] = "UTC"
os.environ["CELERY_BROKER_URL"] = "memory://"
os.environ.setdefault("DATABASE_URL", "sqlite:///unused.sqlite3")
for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
    os.environ[name] = "off"

# Only now, because it reads the environment when it is imported.
portal = import_module("billing_portal.settings")
globals().update({name: getattr(portal, name) for name in dir(portal) if name.isupper()})

# A file, as in production, and not SQLite's memory, which locks in other ways.
if "sqlite" in portal.DATABASES["default"]["ENGINE"]:
    portal.DATABASES["default"]["TEST"] = {"NAME": str(portal.BASE_DIR / "tests.sqlite3")}
STORAGES = portal.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# Quick on purpose: a test's sign-in need not withstand guessing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
