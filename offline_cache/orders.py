"""The platform's orders on this machine: verified, numbered, the last good one kept, and what may be done by them.

Kept in the store as they were signed, and verified again at every start: whoever changes the store cannot order.
"""

import base64
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kiosk.audit import AuditEvent, AuditKind
from kiosk.contracts import central_platform as ask
from kiosk.contracts import ledger as did
from kiosk.domain.acts import Act
from kiosk.domain.orders import EVERYTHING, Mode, OfflineLimits, Standing
from kiosk.faults import Fault, FaultCode
from kiosk.rules.acts import why_not
from kiosk.rules.orders import Known, Place, standing, why_not_directive, why_not_manifest

from . import journal, mirror, retention, wire
from .clock import PlatformClock
from .database import StoreFile
from .driver import Database
from .policy import FACTS, OF_DEED, OF_QUESTION, POLICY

log = logging.getLogger(__name__)

_MANIFEST, _VERSION = "order_manifest", "order_manifest_version"
_DIRECTIVE, _SEQ = "order_directive", "order_directive_seq"
_HEARD = "order_heard_at"
_KEEP_EVERY = timedelta(minutes=5)  # how exactly the time of silence survives a restart
_REFUSALS = frozenset({"terminal-suspended", "certificate-revoked"})


@dataclass(frozen=True, slots=True)
class Keys:
    """Public keys (Ed25519) with which the platform signs."""

    config: tuple[bytes, ...] = ()
    directive: tuple[bytes, ...] = ()


class OrderBook:
    """Implements kiosk.contracts.orders.Orders. Thread-safe; written by the reader's thread only.

    Without a store (it could not be opened) orders are followed for as long as the program runs.
    """

    def __init__(
        self, place: Place, keys: Keys, clock: PlatformClock, online: Callable[[], bool], changed: Callable[[], None]
    ) -> None:
        self.place, self.keys = place, keys
        self._clock, self._online, self._changed = clock, online, changed
        self._store: StoreFile | None = None
        self._lock = threading.Lock()
        self._known = Known()
        self._version = self._seq = 0  # the highest that were ever followed
        self._kept_heard: datetime | None = None
        self._told = EVERYTHING
        self._judged: set[tuple[str, int]] = set()
        self.ignored = 0  # orders that were not followed since the start

    def use(self, store: StoreFile) -> None:
        """Take up what was followed before."""
        self._store = store
        with store.read() as db:
            self._version, self._seq = _number(mirror.recall(db, _VERSION)), _number(mirror.recall(db, _SEQ))
            manifest = wire.signed_manifest(_bytes(mirror.recall(db, _MANIFEST)), self.keys.config)
            directive = wire.signed_directive(_bytes(mirror.recall(db, _DIRECTIVE)), self.keys.directive)
            heard = mirror.recall(db, _HEARD)
        self._kept_heard = datetime.fromisoformat(heard) if heard else None
        self._known = Known(heard_at=self._kept_heard or self._clock.now(), program=self._known.program)
        if manifest is not None and not why_not_manifest(*manifest, self._version - 1, self.place, None):
            self._known = replace(self._known, manifest=manifest[0])
        if directive is not None and directive.directive is not None:
            reason = why_not_directive(directive.directive, directive.signers, self._seq - 1, self.place.terminal_id)
            if not reason:
                self._known = replace(self._known, directive=directive.directive)

    def runs(self, program: str) -> None:
        """Which version of the program this is; a configuration may want a newer one."""
        with self._lock:
            self._known = replace(self._known, program=program)

    # what may be done
    def standing(self) -> Standing:
        """How this terminal stands now."""
        with self._lock:
            known = self._known
        return standing(known, self._clock.now(), sure=self._clock.sure())

    def barred(self) -> Mapping[Act, Fault]:
        """Every act that may not be done now, and why not."""
        now, online = self.standing(), self._online()
        found = {act: why_not(act, POLICY[act], now, online=online) for act in Act}
        return {act: fault for act, fault in found.items() if fault is not None}

    def why_not_record(self, deed: type[did.Deed]) -> Fault | None:
        """Why a deed is not recorded. What has happened is recorded whatever anybody orders."""
        act = OF_DEED[deed]
        if POLICY[act] in FACTS:
            return None
        return why_not(act, POLICY[act], self.standing(), online=self._online())

    def why_not_ask(self, question: type[ask.Ask[object]]) -> Fault | None:
        """Why a question is not put. Asking is how one finds out whether the line works, so only orders count."""
        act = OF_QUESTION.get(question)
        return None if act is None else why_not(act, POLICY[act], self.standing(), online=True)

    def limits(self) -> OfflineLimits | None:
        """How much this terminal may keep while it is alone; None: no configuration says so."""
        with self._lock:
            manifest = self._known.manifest
        return None if manifest is None else manifest.limits

    def edition(self, pack: str) -> str:
        """The sha256 of the edition of a data pack that the configuration wants; empty: any."""
        with self._lock:
            manifest = self._known.manifest
        return "" if manifest is None else manifest.packs.get(pack, "")

    @property
    def version(self) -> int:
        """The highest configuration that was followed."""
        return self._version

    @property
    def seq(self) -> int:
        """The highest directive that was followed."""
        return self._seq

    def look(self) -> None:
        """Time went by: tell whoever shows it when the standing is another one."""
        now = self.standing()
        if now != self._told:
            self._told = now
            log.info("terminal stands: %s", now.mode.value)
            self._changed()

    # what the platform says
    def heard(self) -> None:
        """The platform answered this terminal."""
        now = self._clock.now()
        with self._lock:
            self._known = replace(self._known, heard_at=now)
        if self._store is not None and (self._kept_heard is None or abs(now - self._kept_heard) > _KEEP_EVERY):
            with self._store.write() as db:
                mirror.remember(db, _HEARD, now.isoformat())
            self._kept_heard = now

    def refused(self, slug: str) -> bool:
        """The platform answered with a problem; whether it is one that says that it will not have this terminal."""
        if slug not in _REFUSALS:
            return False
        self._may(refuses=True)
        return True

    def accepted(self) -> None:
        """The platform lets this terminal read."""
        self._may(refuses=False)

    def _may(self, *, refuses: bool) -> None:
        with self._lock:
            self._known = replace(self._known, refuses=refuses)
        self.look()

    def take_manifest(self, body: bytes) -> Fault | None:
        """Follow a configuration, or say why not; one that is followed already is neither."""
        read = wire.signed_manifest(body, self.keys.config)
        if read is None:
            return self._ignore("configuration", 0, "unreadable")
        manifest, signers = read
        if signers and manifest.version == self._version:
            return None
        now = self._clock.now() if self._clock.sure() else None
        if reason := why_not_manifest(manifest, signers, self._version, self.place, now):
            return self._ignore("configuration", manifest.version, reason)
        self._write(
            ((_MANIFEST, _text(body)), (_VERSION, str(manifest.version))),
            self._event(AuditKind.ORDER_FOLLOWED, "configuration", manifest.version),
        )
        with self._lock:
            self._known, self._version = replace(self._known, manifest=manifest), manifest.version
        self._changed()
        return None

    def take_directives(self, body: bytes) -> Fault | None:
        """Follow orders one by one; the last fault, if any was not followed."""
        orders = wire.signed_directives(body, self.keys.directive)
        if orders is None:
            return self._ignore("directive", 0, "unreadable")
        fault = None
        for one in orders:
            fault = self._take(one) or fault
        self.look()
        return fault

    def _take(self, one: wire.SignedDirective) -> Fault | None:
        order = one.directive
        if order is None:
            return self._ignore("directive", one.seq, "unreadable")
        if reason := why_not_directive(order, one.signers, self._seq, self.place.terminal_id):
            return self._ignore("directive", order.seq, reason)
        self._write(
            ((_DIRECTIVE, _text(one.body)), (_SEQ, str(order.seq))),
            self._event(AuditKind.ORDER_FOLLOWED, "directive", order.seq, mode=order.mode.value),
            retention.wipe_all if order.mode is Mode.WIPE else None,
        )
        with self._lock:
            self._known, self._seq = replace(self._known, directive=order), order.seq
        return None

    def _ignore(self, kind: str, number: int, reason: str) -> Fault | None:
        """Counted and written down once; the last good one goes on."""
        fault = Fault(FaultCode.ORDER_INVALID, {"kind": kind, "number": str(number), "reason": reason})
        if (kind + reason, number) not in self._judged:
            self._judged.add((kind + reason, number))
            self.ignored += 1
            log.error("%s %d is not followed: %s", kind, number, reason)
            self._write((), self._event(AuditKind.ORDER_IGNORED, kind, number, reason=reason))
        return fault

    def _event(self, kind: AuditKind, what: str, number: int, **more: str) -> AuditEvent:
        return AuditEvent(kind, self._clock.now(), "", "terminal", {"kind": what, "number": str(number), **more})

    def _write(
        self,
        facts: tuple[tuple[str, str], ...],
        event: AuditEvent,
        also: Callable[[Database], None] | None = None,
    ) -> None:
        """All of it in one transaction: an order that is followed is in the trail, and its number is never lost."""
        if self._store is None:
            return
        with self._store.write() as db:
            for name, value in facts:
                mirror.remember(db, name, value)
            if also is not None:
                also(db)
            journal.append(db, self._store.key_for("audit"), event)
        if also is not None:
            self._store.checkpoint()


def _number(text: str) -> int:
    return int(text) if text else 0


def _text(body: bytes) -> str:
    return base64.b64encode(body).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
