"""What the platform signs for terminals: configuration and directives, with the keys whose signature fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.contracts.platform_api import terminals as api
from kiosk.domain.orders import Directive, Manifest, Mode, OfflineLimits

from .reading import read


@dataclass(frozen=True, slots=True)
class SignedDirective:
    """An order, the keys that signed it, and its exact bytes; None: nobody could read it."""

    seq: int
    directive: Directive | None
    signers: frozenset[str]
    body: bytes


class _Audience(msgspec.Struct):
    site_id: str
    kind: str | None = None
    terminal: str | None = None


class _Offline(msgspec.Struct):
    read_only_after_h: int
    max_messages: int
    max_blob_mb: int


class _Config(msgspec.Struct):
    offline: _Offline


class _App(msgspec.Struct):
    min: str = ""


class _ManifestSays(msgspec.Struct):
    version: int
    issued_at: datetime
    expires_at: datetime
    audience: _Audience
    config: _Config
    packs: dict[str, str] = {}
    app: _App | None = None


class _DirectiveSays(msgspec.Struct):
    terminal_id: str
    seq: int
    mode: str
    reason: str
    issued_at: datetime
    until: datetime | None = None


def signed_manifest(body: bytes, keys: Iterable[bytes]) -> tuple[Manifest, frozenset[str]] | None:
    """A configuration and the keys (hex) whose signature over its raw bytes fits."""
    return read(api.SignedManifest, lambda said: _manifest(said, tuple(keys)), body)


def _manifest(said: api.SignedManifest, keys: tuple[bytes, ...]) -> tuple[Manifest, frozenset[str]]:
    says = msgspec.json.decode(said.payload, type=_ManifestSays)
    limits = OfflineLimits(
        timedelta(hours=says.config.offline.read_only_after_h),
        says.config.offline.max_messages,
        says.config.offline.max_blob_mb * 2**20,
    )
    manifest = Manifest(
        says.version, _zoned(says.issued_at), _zoned(says.expires_at), says.audience.site_id, says.audience.kind,
        says.audience.terminal, limits, says.packs, says.app.min if says.app else "",
    )  # fmt: skip
    return manifest, _signers(said.payload, said.signatures, keys)


def signed_directives(body: bytes, keys: Iterable[bytes]) -> tuple[SignedDirective, ...] | None:
    """Orders in the platform's order, oldest first."""
    known = tuple(keys)
    return read(api.Directives, lambda said: tuple(_signed(one, known) for one in said.items), body)


def signed_directive(body: bytes, keys: Iterable[bytes]) -> SignedDirective | None:
    """One order as it was kept."""
    known = tuple(keys)
    return read(api.Directive, lambda one: _signed(one, known), body)


def _signed(one: api.Directive, keys: tuple[bytes, ...]) -> SignedDirective:
    said = read(_DirectiveSays, _directive, one.payload)
    signers = _signers(one.payload, one.signatures, keys)
    return SignedDirective(one.seq, said, signers, msgspec.json.encode(one))


def _directive(says: _DirectiveSays) -> Directive:
    until = None if says.until is None else _zoned(says.until)
    return Directive(says.terminal_id, says.seq, Mode(says.mode), says.reason, until, _zoned(says.issued_at))


def _zoned(at: datetime) -> datetime:
    """ValueError: a time without its offset is no time."""
    if at.tzinfo is None:
        raise ValueError("offset")
    return at


def _signers(payload: bytes, signatures: tuple[api.Signature, ...], keys: tuple[bytes, ...]) -> frozenset[str]:
    return frozenset(key.hex() for key in keys if any(_fits(key, one, payload) for one in signatures))


def _fits(key: bytes, signature: api.Signature, payload: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature.sig, payload)
    except (InvalidSignature, ValueError):
        return False
    return signature.alg == "Ed25519"
