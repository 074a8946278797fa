"""Enrolment on the wire: what a machine sends to become a terminal, and what it is told."""

from dataclasses import dataclass

import msgspec

from kiosk.contracts.platform_api import enrolment as api

from .reading import read


@dataclass(frozen=True, slots=True)
class Applied:
    """The application waits for a second person; ``nonce`` is the proof that the question is ours."""

    enrolment_id: str
    nonce: str
    poll_after: int
    key_sha256: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of an application. ``keys``: use → public keys in hex."""

    state: str  # PENDING, APPROVED, REJECTED
    poll_after: int = 0
    terminal_id: str = ""
    site_id: str = ""
    kind: str = ""
    window_id: str = ""
    certificate: str = ""
    authority: str = ""
    keys: tuple[tuple[str, str], ...] = ()


def application(code: str, csr: str, serial: str, machine: tuple[str, str], version: str) -> bytes:
    """applyForEnrolment; ``machine``: vendor and model."""
    return msgspec.json.encode(
        api.ApplyForEnrolment(
            code=code,
            csr_pem=csr,
            serial=serial,
            hardware=api.Hardware(*machine),
            software=api.Software("kiosk", version),
        )
    )


def renewal(csr: str) -> bytes:
    """renewCertificate."""
    return msgspec.json.encode(api.RenewCertificate(csr))


def applied(body: bytes) -> Applied | None:
    """The platform has the application."""
    return read(
        api.EnrolmentApplied,
        lambda said: Applied(said.enrolment_id, said.nonce, said.poll_after_s, said.key_sha256),
        body,
    )


def decided(body: bytes) -> Decided | None:
    """Still waiting, let in, or turned away."""
    return read(api.Enrolment, _decided, body)


def _decided(said: api.Enrolment) -> Decided:
    if said.state != "APPROVED":
        return Decided(said.state, said.poll_after_s)
    needed = (said.terminal_id, said.site_id, said.kind, said.cert_pem, said.ca_pem)
    if not all(needed):
        raise ValueError("half an approval")
    keys = tuple((key.use, key.public_key.hex()) for key in said.config_keys if key.alg == "Ed25519")
    return Decided(
        said.state, 0, said.terminal_id or "", said.site_id or "", said.kind or "", said.window_id or "",
        said.cert_pem or "", said.ca_pem or "", keys,
    )  # fmt: skip


def issued(body: bytes) -> str | None:
    """The next certificate, PEM."""
    return read(api.CertificateIssued, lambda said: said.cert_pem, body)
