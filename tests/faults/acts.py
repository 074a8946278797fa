"""A program that does everything that writes to the store, and says how each act ended; its system calls are spoilt
from outside.

python -m tests.faults.acts FOLDER      forks one life per line of input: "begin" opens the store, stops itself until
somebody has taken hold of it, then does every act once; each further line does every act once more; "end" closes.
"""

import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from kiosk.audit import AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.ledger import DeedStatus, RecordHandover, SaveDraft, SubmitCase
from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Permit
from kiosk.domain.ids import ArticleId, BlobId, HandoverId, PermitId, UnitId
from kiosk.faults import Fault, FaultCode
from offline_cache import mirror, outbox, retention
from offline_cache.cache import OfflineCache
from offline_cache.database import StoreFile
from offline_cache.driver import Database
from offline_cache.errors import StoreError

from .hall import SITE, event, form, fresh_case

_REFUSED = Fault(FaultCode.PLATFORM_REFUSED, {"slug": "version-mismatch"})
_PR_SET_PTRACER = 0x59616D61  # so that somebody who is not its parent may take hold of it, where the system asks


class Writer:
    """A terminal's store, and every way in which it is written."""

    def __init__(self, folder: Path) -> None:
        store, platform = Store(path=str(folder / "store.db")), Platform(url="http://127.0.0.1:9", key="k")
        self.cache = OfflineCache(store, platform, "kiosk-01", SITE, reserve_bytes=65536, most_waiting=10**9)
        self._case = fresh_case(self.cache)
        self.acts: dict[str, Callable[[], object]] = {
            "signature": lambda: self.cache.ledger.keep_blob(os.urandom(20_000), "signature"),
            "draft": self._draft,
            "submission": self._submission,
            "fact": self._fact,
            "note": lambda: self.cache.ledger.note(event(self.cache, AuditKind.VISIT_BEGUN)),
            "hand-over": self._hand_over,
            "lease": lambda: self._inside(lambda db: outbox.lease(db, 3)),
            "settle": self._settle,
            "recover": lambda: self._inside(outbox.recover),
            "pack": lambda: self._inside(
                lambda db: mirror.keep_pack(db, "scope", "1", "0" * 64, os.urandom(60_000), self.cache.clock.now())
            ),
            "sweep": lambda: self._inside(lambda db: retention.sweep(db, self.cache.clock.now(), keeps_site=False)),
            "wipe": self._wipe,
        }

    def _draft(self) -> DeedStatus | Fault:
        case_id, slip = self._case
        return self.cache.ledger.record(SaveDraft(case_id, slip, form()), event(self.cache, AuditKind.DRAFT_SAVED))

    def _submission(self) -> DeedStatus | Fault:
        case_id, slip = fresh_case(self.cache)
        return self.cache.ledger.record(SubmitCase(case_id, slip, form(), self.cache.clock.now()), event(self.cache))

    def _fact(self) -> DeedStatus | Fault:
        case_id, goods = fresh_case(self.cache)[0], HandoverId(fresh_case(self.cache)[0])
        deed = RecordHandover(
            goods, case_id, PermitId(goods), (ArticleId(goods),), BlobId("0" * 64), "R-1", self.cache.clock.now()
        )
        return self.cache.ledger.record(deed, event(self.cache, AuditKind.HANDED_OVER, "0317"))

    def _hand_over(self) -> Fault | None:
        number = fresh_case(self.cache)[0]
        permit = Permit(PermitId(number), b"{}" * 500, b"\0" * 64, self.cache.clock.now() + timedelta(minutes=20))
        lines = (HandoverLine(ArticleId(number), UnitId("licence_paper-50010001")),)
        return self.cache.ledger.keep_handover(
            Handover(HandoverId(number), number, HandoverState.PREPARED, 1, lines, permit)
        )

    def _settle(self) -> object:
        """A round of the sync loop: one row sent, one refused, one to be tried again, and what goes out next."""
        now = self.cache.clock.now()

        def round_of(db: Database) -> None:
            outbox.recover(db)
            rows = outbox.lease(db, 3)
            for number, row in enumerate(rows):
                if number == 0:
                    outbox.acknowledge(db, row, now, replayed=False)
                elif number == 1 and not row.sealed.fact:
                    outbox.park(db, row, _REFUSED, now)
                else:
                    outbox.put_back(db, row, tried=True)
            outbox.lease(db, 3)

        return self._inside(round_of)

    def _inside(self, work: Callable[[Database], object]) -> Fault | None:
        """As the sync loop writes."""
        try:
            with self._store().write() as db:
                work(db)
        except StoreError as error:
            return error.fault
        return None

    def _store(self) -> StoreFile:
        return self.cache._store  # type: ignore[return-value]

    def _wipe(self) -> Fault | None:
        """The end of a visit; it never fails, it waits. What it says is whether the store is still itself."""
        self.cache.ledger.forget_visit(None)
        return self.cache.ledger.state().locked

    def open(self) -> Fault | None:
        """As at the start of the terminal."""
        return self.cache.open()

    def close(self) -> None:
        """As at its end."""
        self.cache.stop()

    def once(self) -> None:
        """Every act once, and how it ended; a promise carries the head of the trail that a receipt would show."""
        for name, act in self.acts.items():
            ended = act()
            state = self.cache.ledger.state()
            code = ended.code.value if isinstance(ended, Fault) else "ok"
            say(f"{name} {code} {state.audit_entries} {state.audit_head}")


def say(line: str) -> None:
    """To whoever holds the spoilt system calls; never through one of them."""
    os.write(1, line.encode() + b"\n")


def live(folder: Path) -> None:
    """One life."""
    os.kill(os.getpid(), signal.SIGSTOP)
    writer = Writer(folder)
    fault = writer.open()
    say(f"open {'ok' if fault is None else fault.code.value} 0 -")
    if fault is None:
        writer.once()
    say("done")
    for line in sys.stdin:
        if line == "end\n":
            break
        if fault is not None:
            fault = writer.open()
            say(f"open {'ok' if fault is None else fault.code.value} 0 -")
        writer.once()
        say("done")
    writer.close()


def main() -> None:
    """The command line above."""
    folder = Path(sys.argv[1])
    for line in iter(sys.stdin.readline, ""):
        assert line.startswith("begin "), line
        life = os.fork()
        if life == 0:
            code = 1
            try:
                ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
                live(folder / line.removeprefix("begin ").strip())
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        say(f"life {life}")
        say(f"ended {os.waitstatus_to_exitcode(os.waitpid(life, 0)[1])}")


if __name__ == "__main__":
    main()
