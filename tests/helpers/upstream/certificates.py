"""A certificate authority for tests."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

HOST = ipaddress.IPv4Address("127.0.0.1")
_A_DAY = timedelta(days=1)


class Authority:
    """Signs certificates for this machine; clients have to be told to trust it."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("An authority of the tests")
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        unsigned = _certificate(self._name, self._name, self._key.public_key())
        unsigned = unsigned.add_extension(constraints, critical=True)
        self.pem = unsigned.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def server_context(self, folder: Path, **options: Any) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server_file(folder, **options))
        return context

    def server_file(
        self, folder: Path, *, lasts: timedelta = _A_DAY, host: ipaddress.IPv4Address = HOST
    ) -> Path:
        """A key and its certificate, for that address alone; expired, if `lasts` is negative."""
        key = ec.generate_private_key(ec.SECP256R1())
        unsigned = _certificate(_named("A server"), self._name, key.public_key(), lasts)
        unsigned = unsigned.add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(host)]), critical=False
        )
        certificate = unsigned.sign(self._key, hashes.SHA256())
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file = folder / "server.pem"
        file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
        file.chmod(0o600)
        return file


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    lasts: timedelta = _A_DAY,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + lasts)
    )
