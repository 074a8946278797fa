"""Who this terminal is, on the disk: its key and certificate in one file, the authority, and the platform's keys.

Key and certificate lie in one file, so that a renewal replaces both at once or neither.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from kiosk.config import SiteConfig, TerminalRole
from kiosk.faults import Fault, FaultCode

TERMINAL, AUTHORITY, IDENTITY = "terminal.pem", "authority.pem", "identity.json"
KIND = {TerminalRole.CITIZEN: "SELF_SERVICE", TerminalRole.WINDOW: "WINDOW", TerminalRole.WALL: "SELF_SERVICE"}


@dataclass(frozen=True, slots=True)
class Identity:
    """What the platform said when it let this machine in. Keys are Ed25519, 64 hex digits each, blank between."""

    terminal_id: str
    site_id: str
    kind: str
    window_id: str
    permit_key: str
    config_keys: str
    directive_keys: str

    def text(self) -> bytes:
        """As it is kept."""
        return json.dumps(asdict(self), indent=1).encode() + b"\n"


def identified(config: SiteConfig) -> SiteConfig | Fault:
    """The configuration with what enrolment brought; unchanged where no folder for it is named.

    Faults: not-enrolled; enrolment-refused when hall, role or window are not the ones it was enrolled for.
    """
    folder = Path(config.platform.identity)
    if not config.platform.identity:
        return config
    if not (folder / TERMINAL).exists():
        return Fault(FaultCode.NOT_ENROLLED)
    try:
        known = Identity(**json.loads((folder / IDENTITY).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Fault(FaultCode.NOT_ENROLLED, {"reason": "identity-unreadable"})
    if reason := misplaced(config, known):
        return Fault(FaultCode.ENROLMENT_REFUSED, {"reason": reason})
    terminal = replace(config.terminal, id=known.terminal_id, window=config.terminal.window or known.window_id)
    platform = replace(
        config.platform, certificate=str(folder / TERMINAL), private_key="", permit_key=known.permit_key,
        config_keys=known.config_keys, directive_keys=known.directive_keys,
    )  # fmt: skip
    return replace(config, terminal=terminal, platform=platform)


def misplaced(config: SiteConfig, known: Identity) -> str:
    """What differs between the file that was written for this machine and what it was let in as; empty: nothing."""
    checks = (
        (config.site.id != known.site_id, "site"),
        (KIND[config.terminal.role] != known.kind, "role"),
        (config.terminal.id not in ("", known.terminal_id), "terminal"),
        (config.terminal.window not in ("", known.window_id), "window"),
    )
    return next((reason for wrong, reason in checks if wrong), "")


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh key (P-256)."""
    return ec.generate_private_key(ec.SECP256R1())


def key_pem(key: ec.EllipticCurvePrivateKey) -> str:
    """As it is kept, mode 0600."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def request(key: ec.EllipticCurvePrivateKey) -> str:
    """A signed request for a certificate, PEM. The platform makes the subject; ours says nothing."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "terminal")])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()


def key_digest(private: str) -> str:
    """SHA-256 over the DER of the public key, as the approver compares it."""
    key = load_pem_private_key(private.encode(), None)
    return hashlib.sha256(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def belongs(certificate: str, private: str, authority: str) -> bool:
    """Whether a certificate is of this key and of that authority."""
    try:
        cert = x509.load_pem_x509_certificate(certificate.encode())
        cert.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.encode()))
        of_cert = cert.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return hashlib.sha256(of_cert).hexdigest() == key_digest(private)


@dataclass(frozen=True, slots=True)
class Life:
    """From when to when a certificate is good."""

    begin: datetime
    end: datetime

    def holds(self, now: datetime) -> bool:
        """Whether it is good at that time."""
        return self.begin <= now < self.end

    def to_renew(self) -> datetime:
        """From two thirds of its life on: a month to do it in."""
        span: timedelta = self.end - self.begin
        return self.begin + span * 2 / 3


def life(path: str | Path) -> Life | None:
    """The life of the first certificate in a PEM file; None when there is none that can be read."""
    try:
        cert = x509.load_pem_x509_certificate(Path(path).read_bytes())
    except (OSError, ValueError):
        return None
    return Life(cert.not_valid_before_utc, cert.not_valid_after_utc)
