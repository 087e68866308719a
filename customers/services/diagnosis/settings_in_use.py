"""Settings that Django accepts but that an installation should not run with."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from customers.services.diagnosis.finding import Finding, ok, problem, warning
from customers.upstream.loopback import is_loopback

_NAME, _FILES = "settings", "static_files"
# Of Django, about the same settings as _debug, _hosts and _transport.
_SAID_HERE = {f"security.W{number}" for number in ("004", "008", "012", "016", "018", "020")}
_OVER_HTTPS = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")


def settings_in_use() -> list[Finding]:
    found = [*_debug(), *_hosts(), *_transport(), *_links(), *_system_checks()]
    return found or [ok(_NAME, "No setting is dangerous.")]


def static_files() -> list[Finding]:
    found = [_said(_FILES, message) for message in _checked(checks.Tags.staticfiles)]
    return found or [ok(_FILES, "All static files are collected.")]


def _debug() -> list[Finding]:
    if not settings.DEBUG:
        return []
    return [
        problem(
            _NAME, "DEBUG is on: error pages show settings and data.", "Set DEBUG=off, and restart."
        )
    ]


def _hosts() -> list[Finding]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        problem(
            _NAME,
            "ALLOWED_HOSTS is *: links can be made to lead to any other server.",
            "Name the hosts that browsers use for the portal.",
        )
    ]


def _transport() -> list[Finding]:
    """The sandbox may be served over plain http."""
    off = [name for name in _OVER_HTTPS if not getattr(settings, name)]
    if not off:
        return []
    say = warning if is_loopback(settings.CATALYZE_BASE_URL) else problem
    return [
        say(
            _NAME,
            f"{' and '.join(off)} {'is' if len(off) == 1 else 'are'} off: sessions can be read on "
            "the way.",
            "Serve the portal over https, and turn them on.",
        )
    ]


def _links() -> list[Finding]:
    address = settings.PORTAL_URL
    if not address:
        sentence, remedy = (
            "PORTAL_URL is not set: mails have no links.",
            "Set the portal's address.",
        )
    elif settings.SECURE_SSL_REDIRECT and urlsplit(address).scheme == "http":
        sentence, remedy = "PORTAL_URL is plain http.", "Set it to the https address."
    else:
        return []
    return [warning(_NAME, sentence, remedy)]


def _system_checks() -> list[Finding]:
    found = _checked(checks.Tags.security, "portal")
    return [_said(_NAME, message) for message in found if message.id not in _SAID_HERE]


def _checked(*tags: str) -> list[checks.CheckMessage]:
    found = checks.run_checks(tags=list(tags), include_deployment_checks=True)
    return sorted((one for one in found if not one.is_silenced()), key=lambda one: one.id or "")


def _said(name: str, message: checks.CheckMessage) -> Finding:
    say = problem if message.is_serious() else warning
    return say(name, message.msg, message.hint or f"See {message.id} in Django's documentation.")
