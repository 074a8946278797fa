"""The platform as one object: store, clocks, waiting terminals, and the transaction in which every act runs."""

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.ids import new_ulid

from . import feed
from . import tables as t
from .clock import SandboxClock
from .database import Store
from .settings import SandboxSettings


@dataclass(slots=True)
class Tx:
    """One transaction: its connection, its moment, and what it changed (told to the feed as its last act)."""

    c: sa.Connection
    now: int
    changes: list[feed.ChangeMade] = field(default_factory=list)

    def changed(self, site_id: str, kind: str, object_id: str, version: int) -> None:
        """Tell the hall's feed."""
        self.changes.append(feed.ChangeMade(site_id, kind, object_id, version))

    def next_number(self, name: str) -> int:
        """The next of a row of numbers, gaps only where a transaction failed before."""
        row = t.counter.c
        value: int = self.c.execute(
            sa.update(t.counter).where(row.name == name).values(value=row.value + 1).returning(row.value)
        ).scalar_one()
        return value

    def new_id(self) -> str:
        """An id for something born here."""
        return new_ulid(self.now, secrets.token_bytes(10))


class Platform:
    """Thread-safe."""

    def __init__(self, settings: SandboxSettings, store: Store, clock: SandboxClock) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.hub = feed.Hub()
        self.permit_key = Ed25519PrivateKey.from_private_bytes(_derive(settings.seed, "permit"))
        self._person_key = _derive(settings.seed, "person")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Tx]:
        """Act, tell the feed as the last statements before the commit, wake the waiting behind it."""
        with self.store.write() as c:
            tx = Tx(c, self.clock.now())
            yield tx
            feed.write(c, tx.changes)
        self.hub.wake({change.site_id for change in tx.changes})

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
