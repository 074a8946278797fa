"""The platform as one object: store, clocks, keys, waiting terminals, and how an act is carried out."""

import contextlib
import hashlib
import hmac
from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import feed
from .clock import SandboxClock
from .database import Store
from .hub import Hub
from .settings import SandboxSettings
from .transaction import Tx


class Platform:
    """Thread-safe."""

    def __init__(self, settings: SandboxSettings, store: Store, clock: SandboxClock) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.hub = Hub()
        self.permit_key = Ed25519PrivateKey.from_private_bytes(_derive(settings.seed, "permit"))
        self._person_key = _derive(settings.seed, "person")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Tx]:
        """Act, tell the feed as the last statements before the commit, wake the waiting behind it."""
        with self.store.write() as c:
            tx = Tx(c, self.clock.now())
            yield tx
            heads = feed.write(c, tx.changes)
        self.hub.wake(heads, heads)

    @contextlib.contextmanager
    def look(self) -> Iterator[Tx]:
        """Read only."""
        with self.store.read() as c:
            yield Tx(c, self.clock.now())

    def person(self, cert_type: str, cert_no: str) -> str:
        """The keyed digest under which a person is known here; the number itself stays inside the form."""
        text = f"{cert_type}:{cert_no.upper()}".encode()
        return hmac.new(self._person_key, text, hashlib.sha256).hexdigest()


def _derive(seed: str, what: str) -> bytes:
    return hashlib.sha256(f"sandbox:{what}:{seed}".encode()).digest()
