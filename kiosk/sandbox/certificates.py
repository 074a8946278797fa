"""The platform's own certificate authority for terminals: what a request may look like, and what comes out of it.

The key lies in the database, so that every server process signs with the same one; a real deployment keeps it in a
security module and gives these two functions another body.
"""

import hashlib
import ipaddress
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from . import tables as t
from .database import Store
from .moments import DAY, at
from .refusal import invalid

LIFETIME_MS = 90 * DAY
KEPT_IN_META = (
    "ca_key",
    "ca_cert",
)  # survive a reset: a listening server already shows a certificate of this authority
_SLACK = timedelta(minutes=5)  # a terminal's clock may be a little behind
_GOOD_HASHES = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True, slots=True)
class Asked:
    """The public key of a request whose holder has shown that the private half is there."""

    der: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate as it is kept and sent."""

    pem: str
    sha256: str
    serial: str
    issued_at: int
    expires_at: int


def read_request(pem: str) -> Asked:
    """The key of a certificate request. Its subject is not looked at: the platform says who a terminal is."""
    try:
        request = x509.load_pem_x509_csr(pem.encode())
        key = request.public_key()
        signed_well = isinstance(request.signature_hash_algorithm, _GOOD_HASHES) and request.is_signature_valid
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise invalid("/csr_pem", "a certificate request in PEM") from None
    if not signed_well:
        raise invalid("/csr_pem", "signed with its own key, SHA-256 or better")
    if not _strong(key):
        raise invalid("/csr_pem", "a key on P-256, or RSA of 2048 to 4096 bits")
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Asked(der, hashlib.sha256(der).hexdigest())


def _strong(key: object) -> bool:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return isinstance(key.curve, ec.SECP256R1)
    return isinstance(key, rsa.RSAPublicKey) and 2048 <= key.key_size <= 4096


class Authority:
    """Signs certificates. Cheap to read from the database, so nobody keeps one for long."""

    def __init__(self, key_pem: str, cert_pem: str) -> None:
        key = load_pem_private_key(key_pem.encode(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("the authority's key is of another kind")
        self._key = key
        self._certificate = x509.load_pem_x509_certificate(cert_pem.encode())
        self.pem = cert_pem

    @classmethod
    def of(cls, c: sa.Connection) -> "Authority":
        """The authority of this database."""
        rows = c.execute(sa.select(t.meta).where(t.meta.c.key.in_(KEPT_IN_META))).all()
        kept = {row.key: row.value for row in rows}
        return cls(kept["ca_key"], kept["ca_cert"])

    def for_terminal(self, key_der: bytes, terminal_id: str, site_id: str, kind: str, now: int) -> Issued:
        """A client certificate. The platform's clock counts its life; its first moment is one that no wall clock
        has before it, for TLS looks at the wall clock while the platform's may have been moved on."""
        key = load_der_public_key(key_der)
        if not isinstance(key, PublicKey):
            raise TypeError("a key that no request could bring")
        expires = now + LIFETIME_MS
        subject = _name((NameOID.COMMON_NAME, terminal_id), (NameOID.ORGANIZATIONAL_UNIT_NAME, kind),
                        (NameOID.ORGANIZATION_NAME, site_id))  # fmt: skip
        begin = min(at(now).astimezone(UTC), datetime.now(UTC))
        built = self._leaf(key, subject, begin, at(expires), ExtendedKeyUsageOID.CLIENT_AUTH)
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(f"urn:qiban:terminal:{terminal_id}")])
        made = built.add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        digest = made.fingerprint(hashes.SHA256()).hex()
        return Issued(_pem(made), digest, f"{made.serial_number:x}", now, expires)

    def for_server(self, host: str) -> tuple[str, str]:
        """Certificate and key, in PEM, for whoever listens on this machine."""
        key = ec.generate_private_key(ec.SECP256R1())
        begin = datetime.now(UTC)
        subject = _name((NameOID.COMMON_NAME, host))
        built = self._leaf(
            key.public_key(), subject, begin, begin + timedelta(days=397), ExtendedKeyUsageOID.SERVER_AUTH
        )
        hosts = dict.fromkeys(("localhost", "127.0.0.1", "::1", host))
        names = x509.SubjectAlternativeName([_general_name(one) for one in hosts])
        return _pem(built.add_extension(names, critical=False).sign(self._key, hashes.SHA256())), _key_pem(key)

    def _leaf(
        self, key: PublicKey, subject: x509.Name, begin: datetime, end: datetime, use: x509.ObjectIdentifier
    ) -> x509.CertificateBuilder:
        above = self._certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin - _SLACK)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signing=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(above), critical=False)
        )


def found(store: Store) -> None:
    """Make the authority of a database that has none. Of several processes that start at once one makes it."""
    with store.read() as c:
        if c.execute(sa.select(t.meta.c.key).where(t.meta.c.key == "ca_cert")).first() is not None:
            return
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name((NameOID.COMMON_NAME, "Terminals of the reference platform"))
    begin = datetime.fromtimestamp(time.time(), UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=3653))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signing=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    with store.write() as c:
        # Certificate and key are one pair in whatever order two processes come: the second finds the first row taken.
        if store.insert_new(c, t.meta, {"key": "ca_key", "value": _key_pem(key)}):
            c.execute(t.meta.insert().values(key="ca_cert", value=_pem(made)))


def _usage(*, signing: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signing, key_cert_sign=not signing, crl_sign=not signing, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip


def _name(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def _key_pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
