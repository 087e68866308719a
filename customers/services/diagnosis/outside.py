"""Servers that the portal needs: whether they answer, and how far their clock is from ours."""

import smtplib
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.mail.backends import console, smtp
from django.utils import timezone
from django.utils.module_loading import import_string

from customers.services.credentials.catalyze_client import client
from customers.services.diagnosis.finding import Finding, ok, problem, warning
from customers.services.wording.messages import said
from customers.upstream.contact import Contact, certificate_fault
from customers.upstream.errors import CatalyzeError
from customers.upstream.loopback import is_loopback

_UPSTREAM, _CERTIFICATE, _CLOCK, _MAIL = "upstream", "certificate", "clock", "mail"
_RENEW_BEFORE = timedelta(days=14)
_SLIGHTLY_OFF, _FAR_OFF = timedelta(seconds=30), timedelta(minutes=5)
_REDIRECTS, _BAD_REQUEST, _NOT_FOUND, _FAULTS = 300, 400, 404, 500
_NONE = timedelta()


def upstream_server(patience: float) -> list[Finding]:
    """Sends nobody's credentials, and asks once."""
    try:
        contact = client(connections=0, deadline=patience).contact()
    except CatalyzeError as exc:
        return [_not_reached(exc)]
    return [_reached(contact), *_certificate(contact), *_clock(contact)]


def mail_server(patience: float) -> list[Finding]:
    """Signs in to the mail server if EMAIL_URL says so, and sends nothing."""
    backend = import_string(settings.EMAIL_BACKEND)
    if backend is console.EmailBackend:
        return [_to_the_console()]
    if not issubclass(backend, smtp.EmailBackend):
        return [ok(_MAIL, "Mails are not sent to a server.")]
    server = backend(timeout=patience)
    try:
        server.open()
    except smtplib.SMTPAuthenticationError:
        return [_no_mail("The mail server refuses the user or password of EMAIL_URL.")]
    except (OSError, UnicodeError):  # SMTPException is the former; names are encoded as ASCII
        return [_no_mail("The mail server does not answer as EMAIL_URL says.")]
    finally:
        with suppress(OSError):
            server.close()
    return [ok(_MAIL, "The mail server answers.")]


def _not_reached(error: CatalyzeError) -> Finding:
    if fault := certificate_fault(error):
        return problem(
            _CERTIFICATE,
            f"Catalyze's certificate is not accepted: {fault}.",
            "Ask whoever runs Catalyze; an authority of your own belongs in CATALYZE_CA_BUNDLE.",
        )
    return problem(
        _UPSTREAM,
        said(error.message),
        "Look at CATALYZE_BASE_URL and CATALYZE_PROXY, and at the network. Pages show the last "
        "known state meanwhile.",
    )


def _reached(contact: Contact) -> Finding:
    status = contact.status
    if status >= _FAULTS:
        remedy = "Wait, or ask whoever runs Catalyze. Pages show the last known state meanwhile."
        return problem(_UPSTREAM, f"Catalyze answers with an error ({status}).", remedy)
    if status == _NOT_FOUND or _REDIRECTS <= status < _BAD_REQUEST:
        return problem(
            _UPSTREAM,
            f"What answers at CATALYZE_BASE_URL is not Catalyze ({status}).",
            "Set the address of the API, without /v2.",
        )
    return ok(_UPSTREAM, "Catalyze answers.")


def _certificate(contact: Contact) -> Iterator[Finding]:
    end = contact.certificate_ends
    if end is None:
        return
    if end - timezone.now() < _RENEW_BEFORE:
        remedy = "Ask whoever runs Catalyze to renew it: nothing can be checked afterwards."
        yield warning(_CERTIFICATE, f"Catalyze's certificate ends on {end:%Y-%m-%d}.", remedy)
    else:
        yield ok(_CERTIFICATE, f"Catalyze's certificate is valid until {end:%Y-%m-%d}.")


def _clock(contact: Contact) -> Iterator[Finding]:
    """To the second, which is what `Date` says."""
    if contact.date is None:
        return
    ahead = timezone.now() - contact.date
    if abs(ahead) <= _SLIGHTLY_OFF:
        yield ok(_CLOCK, "The clock of this machine agrees with Catalyze's.")
        return
    say = warning if abs(ahead) <= _FAR_OFF else problem
    direction = "ahead of" if ahead > _NONE else "behind"
    yield say(
        _CLOCK,
        f"The clock of this machine is {_length(abs(ahead))} {direction} Catalyze's: codes of "
        "second factors are refused, and times are wrong.",
        "Synchronize it (NTP).",
    )


def _length(span: timedelta) -> str:
    minutes = round(span / timedelta(minutes=1))
    return f"{minutes} minutes" if minutes > 1 else f"{round(span.total_seconds())} seconds"


def _to_the_console() -> Finding:
    if is_loopback(settings.CATALYZE_BASE_URL):
        return ok(_MAIL, "Mails go to the console, which is enough for the sandbox.")
    remedy = "Set EMAIL_URL to a mail server."
    return warning(_MAIL, "Mails go to the console: they reach nobody.", remedy)


def _no_mail(sentence: str) -> Finding:
    return problem(_MAIL, sentence, "Look at EMAIL_URL, at the server, and at the way to it.")
