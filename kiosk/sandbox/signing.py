"""Detached signatures over raw bytes. Ed25519 gives the same signature every time, so only the payload is kept."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.contracts.platform_api import terminals as wire

ALG = "Ed25519"


class Signer:
    """One private key with the name under which terminals know it."""

    def __init__(self, use: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.use: Any = use
        self.public = private.public_key().public_bytes_raw()
        self.key_id = f"{use}-{hashlib.sha256(self.public).hexdigest()[:12]}"

    def sign(self, payload: bytes) -> wire.Signature:
        """Over these very bytes."""
        return wire.Signature(self.key_id, ALG, self._private.sign(payload))

    def known(self) -> wire.PlatformKey:
        """What a terminal keeps of it."""
        return wire.PlatformKey(self.key_id, ALG, self.public, self.use)


def signatures(payload: bytes, signers: Iterable[Signer]) -> tuple[wire.Signature, ...]:
    """One of each."""
    return tuple(signer.sign(payload) for signer in signers)


def packed(content: Mapping[str, Any]) -> bytes:
    """The bytes that are signed. Whoever checks them never has to make them again."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
