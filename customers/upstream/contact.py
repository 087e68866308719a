"""What any answer tells of the server that sent it, whatever it says."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cryptography import x509

_MOST_CAUSES = 10


@dataclass(frozen=True, slots=True)
class Contact:
    """`date` is the server's clock. `certificate_ends` is None over plain http."""

    status: int
    date: datetime | None
    certificate_ends: datetime | None


def contact_of(status: int, date: str, certificate: bytes | None) -> Contact:
    return Contact(status, _date(date), _end(certificate) if certificate else None)


def certificate_fault(error: BaseException | None) -> str:
    """OpenSSL's reason to refuse a certificate, without the server's name; "" for other causes."""
    for _ in range(_MOST_CAUSES):
        if error is None:
            break
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message.partition(", certificate")[0].rstrip(".")
        error = error.__cause__ or error.__context__
    return ""


def _date(header: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _end(certificate: bytes) -> datetime | None:
    try:
        return x509.load_der_x509_certificate(certificate).not_valid_after_utc
    except ValueError:
        return None
