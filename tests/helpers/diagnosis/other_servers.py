"""Faults of the servers that an installation needs; see faults.py."""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection

from tests.helpers.diagnosis.breaking import setting
from tests.helpers.diagnosis.faults import Fault
from tests.helpers.mail.server import mail_server
from tests.helpers.portals.ports import free_port
from tests.helpers.single_sign_on.provider import provider_server
from tests.helpers.upstream.certificates import Authority
from tests.helpers.upstream.doors import refused
from tests.helpers.upstream.wire import wire

REFUSED = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@contextmanager
def upstream_is_away(installation: Any) -> Iterator[None]:
    with refused() as url:
        installation.settings.CATALYZE_BASE_URL = url
        yield


def upstream_sends(kind: str, **parameters: Any) -> Callable[[Any], None]:
    def breaks(installation: Any) -> None:
        installation.sandbox.set_fault(kind, route="verify", **parameters)

    return breaks


def clock_is_ahead(seconds: float) -> Callable[[Any], None]:
    """That of this machine, as far as the upstream's tells."""

    def breaks(installation: Any) -> None:
        installation.sandbox.set_clock(-seconds)

    return breaks


def certificate(*, is_trusted: bool = True, **options: Any) -> Callable[[Any], Any]:
    """An upstream over https, whose certificate has these options."""

    @contextmanager
    def breaks(installation: Any) -> Iterator[None]:
        authority, settings = Authority(), installation.settings
        bundle = installation.folder / "ca.pem"
        bundle.write_bytes((authority if is_trusted else Authority()).pem)
        context = authority.server_context(installation.folder, **options)
        with wire(lambda _: [REFUSED], context) as server:
            settings.CATALYZE_BASE_URL, settings.CATALYZE_CA_BUNDLE = server.url, str(bundle)
            yield

    return breaks


def sign_in_provider(*, is_away: bool = False, **discovery: Any) -> Callable[[Any], Any]:
    """Single sign-on at a provider that says this of itself."""

    @contextmanager
    def breaks(installation: Any) -> Iterator[None]:
        with provider_server() as server:
            provider = server.add(lambda secret: None)
            provider.is_away = is_away
            provider.discovery = discovery
            installation.settings.OIDC = provider.settings()
            yield

    return breaks


def mails_to(port: int, **more: Any) -> dict[str, Any]:
    return {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port} | more


def no_mail_server(installation: Any) -> None:
    setting(**mails_to(free_port()))(installation)


@contextmanager
def mail_is_refused(installation: Any) -> Iterator[None]:
    with mail_server("535 Wrong password") as server:
        signs_in = {"EMAIL_HOST_USER": "portal", "EMAIL_HOST_PASSWORD": "wrong password 1"}
        setting(**mails_to(server.port), **signs_in)(installation)
        yield


def database_is_away(_installation: Any) -> Any:
    def breaks(*_: Any) -> None:
        raise OperationalError("the connection is gone")

    return connection.execute_wrapper(breaks)


SERVERS = {
    "no upstream": Fault(upstream_is_away, "upstream", "problem", "could not be reached"),
    "a failing upstream": Fault(upstream_sends("503"), "upstream", "problem", "an error (503)"),
    "another server": Fault(
        upstream_sends("status", status=404), "upstream", "problem", "is not Catalyze (404)"
    ),
    "an expired certificate": Fault(
        certificate(lasts=timedelta(days=-1)), "certificate", "problem", "certificate has expired"
    ),
    "a strange certificate": Fault(
        certificate(is_trusted=False), "certificate", "problem", "certificate is not accepted: "
    ),
    "a certificate of another": Fault(
        certificate(host=ipaddress.IPv4Address("127.0.0.2")),
        *("certificate", "problem", "IP address mismatch"),
    ),
    "a certificate about to end": Fault(
        certificate(lasts=timedelta(days=13)), "certificate", "warning", "certificate ends on 20"
    ),
    "a clock far ahead": Fault(
        clock_is_ahead(600), "clock", "problem", "10 minutes ahead of Catalyze's"
    ),
    "a clock far behind": Fault(
        clock_is_ahead(-600), "clock", "problem", "10 minutes behind Catalyze's"
    ),
    "a clock a little ahead": Fault(
        clock_is_ahead(45), "clock", "warning", "seconds ahead of Catalyze's"
    ),
    "no sign-in provider": Fault(
        sign_in_provider(is_away=True), "single_sign_on", "problem", "single sign-on does not"
    ),
    "another sign-in provider": Fault(
        sign_in_provider(issuer="https://id.example.com"),
        *("single_sign_on", "problem", "does not describe itself as OIDC_ISSUER says"),
    ),
    "no mail server": Fault(no_mail_server, "mail", "problem", "does not answer"),
    "a mail server that refuses": Fault(
        mail_is_refused, "mail", "problem", "refuses the user or password"
    ),
    "mails to the console": Fault(
        setting(
            EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend",
            CATALYZE_BASE_URL="https://catalyze.invalid",
        ),
        *("mail", "warning", "they reach nobody"),
    ),
    "no database": Fault(database_is_away, "database", "problem", "does not answer"),
}
