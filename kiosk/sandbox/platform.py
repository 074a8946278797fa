"""The platform as one object: store, clocks, keys, waiting terminals, and how an act is carried out."""

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import feed, ledger
from .clock import SandboxClock
from .database import Store
from .hub import Hub
from .settings import SandboxSettings
from .signing import Signer
from .transaction import Tx


class Platform:
    """Thread-safe."""

    def __init__(self, settings: SandboxSettings, store: Store, clock: SandboxClock) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.hub = Hub()
        self.sms_failure = 0.0  # share of text messages that the network loses: part of the weather
        self.permit_key = Ed25519PrivateKey.from_private_bytes(_derive(settings.seed, "permit"))
        self.config_signers = (_signer(settings.seed, "config"),)
        # What locks or wipes a terminal carries the second key as well: whoever steals one key cannot order it.
        self.directive_signers = (_signer(settings.seed, "directive"), _signer(settings.seed, "directive", "second"))
        self._person_key = _derive(settings.seed, "person")
        self._answers = AESGCM(_derive(settings.seed, "answers"))

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Tx]:
        """Act, write stock ledger and feed as the last statements before the commit, wake the waiting behind it."""
        with self.store.write() as c:
            tx = Tx(c, self.clock.now(), office=self.clock.office())
            yield tx
            ledger.write(c, tx.movements)
            heads = feed.write(c, tx.changes)
        self.hub.wake(heads, heads)

    @contextlib.contextmanager
    def look(self) -> Iterator[Tx]:
        """Read only."""
        with self.store.read() as c:
            yield Tx(c, self.clock.now(), office=self.clock.office())

    def person(self, cert_type: str, cert_no: str) -> str:
        """The keyed digest under which a person is known here; the number itself stays inside the form."""
        text = f"{cert_type}:{cert_no.upper()}".encode()
        return hmac.new(self._person_key, text, hashlib.sha256).hexdigest()

    def locked(self, answer: bytes) -> bytes:
        """An answer as it may lie for thirty days: it can hold a link or a whole form."""
        nonce = secrets.token_bytes(12)
        return nonce + self._answers.encrypt(nonce, answer, None)

    def unlocked(self, kept: bytes) -> bytes:
        """The answer as it was given."""
        return self._answers.decrypt(kept[:12], kept[12:], None)

    def sealed(self, purpose: str, secret: str) -> str:
        """The keyed digest of a short secret, which a plain digest would not hide."""
        return hmac.new(self._person_key, f"{purpose}:{secret}".encode(), hashlib.sha256).hexdigest()


def _signer(seed: str, use: str, which: str = "") -> Signer:
    return Signer(use, Ed25519PrivateKey.from_private_bytes(_derive(seed, use + which)))


def _derive(seed: str, what: str) -> bytes:
    return hashlib.sha256(f"sandbox:{what}:{seed}".encode()).digest()
