"""Where the store's key lives, and what is derived from it. A raw 32-byte key, never a passphrase per start."""

import hmac
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kiosk.faults import FaultCode

from .errors import StoreError
from .files import write_durably

KEY_BYTES = 32


def store_key(source: str, store: Path) -> bytes:
    """The key of the store at ``store``.

    ``file``: ``<store>.key`` beside it, mode 0600; made on the first start, and only while there is no store yet.
    ``credential:NAME``: $CREDENTIALS_DIRECTORY/NAME, as systemd passes it; 32 raw bytes or 64 hex digits.
    StoreError(STORE_LOCKED) with a reason otherwise: without its key an existing store stays as it is.
    """
    if source == "file":
        return _file_key(store.with_name(store.name + ".key"), may_make=not exists(store))
    if source.startswith("credential:") and (name := source.removeprefix("credential:")):
        folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
        if not folder or Path(name).name != name:
            raise StoreError(FaultCode.STORE_LOCKED, {"reason": "no-credentials-directory"})
        return _parsed(_read(Path(folder) / name))
    raise StoreError(FaultCode.STORE_LOCKED, {"reason": "key-source-unknown"})


def exists(store: Path) -> bool:
    """Whether there is a store already: an empty file is the trace of a start that was cut off before its first
    write, and holds nothing that could be lost."""
    try:
        return store.stat().st_size > 0
    except FileNotFoundError:
        return False


def derived(key: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose (HKDF-SHA-256), so that no key serves two."""
    return HKDF(hashes.SHA256(), KEY_BYTES, None, b"qiban-store-1:" + purpose.encode()).derive(key)


def fits(check: Path, key: bytes) -> bool | None:
    """Whether ``key`` is the one this store was made with; None when the check file is missing.

    The cipher answers "not a database" to a wrong key and to a damaged file alike; this tells them apart, so that a
    store is never called damaged because of a key, and never replaced.
    """
    try:
        kept = check.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return False
    return hmac.compare_digest(kept, key_check(key))


def key_check(key: bytes) -> str:
    """What the check file holds: a digest from which the key cannot be had back."""
    return derived(key, "check").hex()


def _file_key(path: Path, *, may_make: bool) -> bytes:
    if not path.exists():
        if not may_make:
            raise StoreError(FaultCode.STORE_LOCKED, {"reason": "key-missing"})
        write_durably(path, secrets.token_bytes(KEY_BYTES))
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise StoreError(FaultCode.STORE_LOCKED, {"reason": "key-readable-by-others"})
    return _parsed(_read(path))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise StoreError(FaultCode.STORE_LOCKED, {"reason": "key-missing"}) from None
    except OSError:
        raise StoreError(FaultCode.STORE_LOCKED, {"reason": "key-unreadable"}) from None


def _parsed(raw: bytes) -> bytes:
    if len(raw) == KEY_BYTES:
        return raw
    try:
        key = bytes.fromhex(raw.decode("ascii").strip())
    except (UnicodeDecodeError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreError(FaultCode.STORE_LOCKED, {"reason": "key-malformed"})
    return key
