"""Programs that fault tests start in order to kill them. Each says what it has promised, durably, line by line.

python -m tests.faults.workers record FOLDER PROMISES COUNT          records drafts without any platform
python -m tests.faults.workers submit FOLDER PROMISES COUNT URL      submits companies until all is settled
python -m tests.faults.workers visit FOLDER SECRETS 1 URL            one person's visit, from the draft to the wipe
python -m tests.faults.workers scan FOLDER PROMISES COUNT URL        drafts with a large picture each
python -m tests.faults.workers nursery FOLDER PROMISES 0 URL         lives of a terminal that sends, one per line
"""

import hashlib
import os
import sys
import threading
import traceback
from dataclasses import replace
from pathlib import Path
from random import Random

from kiosk.audit import AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.ledger import DeedStatus, RateVisit, SaveDraft, Verdict
from kiosk.domain.case import OpeningForm
from kiosk.domain.ids import CaseId, PersonRef, SlipCode, new_slip_code, new_ulid
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache

from .hall import SITE, event, form, ready_form, running, settled, submit, trade_name, wait_for


def case_of(number: int) -> tuple[CaseId, SlipCode]:
    """The same case for the same number, in every run."""
    return CaseId(new_ulid(1_800_000_000_000 + number, bytes(10))), new_slip_code(number.to_bytes(8, "big"))


LARGE, SIGNATURE = 5 * 1024 * 1024, 20_000


def scan_of(number: int, length: int = LARGE) -> bytes:
    """The same picture for the same number, in every run."""
    return Random(number).randbytes(length)


class Promises:
    """What a person has been told, kept as hard as the store keeps it."""

    def __init__(self, path: Path) -> None:
        self.next = len(path.read_text("ascii").splitlines()) if path.exists() else 0
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def give(self, said: str) -> None:
        """One line."""
        os.write(self._handle, said.encode("ascii") + b"\n")
        os.fsync(self._handle)
        self.next += 1


def record(folder: Path, promises: Promises, count: int) -> None:
    """Drafts of one case after the other; promises carry the audit head that a receipt would show."""
    store = Store(path=str(folder / "kiosk" / "store.db"))
    cache = OfflineCache(store, Platform(url="http://127.0.0.1:9", key="k"), "kiosk-01", SITE, most_waiting=10**9)
    fault = cache.open()
    assert fault is None, fault
    while promises.next < count:
        case_id, slip = case_of(promises.next)
        told_of = replace(event(cache, AuditKind.DRAFT_SAVED), case_id=case_id)
        status = cache.ledger.record(SaveDraft(case_id, slip, form()), told_of)
        assert isinstance(status, DeedStatus), status
        promises.give(f"{case_id} {cache.ledger.state().audit_head}")
    cache.stop()


def submit_all(folder: Path, promises: Promises, count: int, url: str) -> None:
    """Submit company after company, rate each visit, and stay until the platform has everything."""
    store, platform = (
        Store(path=str(folder / "kiosk" / "store.db")),
        Platform(url=url, key="demo-kiosk-01", timeout=2.0),
    )
    told = threading.Event()
    with running(OfflineCache(store, platform, "kiosk-01", SITE)) as cache:
        cache.ledger.subscribe(lambda _: told.set())
        while promises.next < count:
            case_id, slip = case_of(promises.next)
            if not cache.ledger.deeds(case_id):  # killed after the act and before the promise, it is done already
                try:
                    ready = ready_form(cache, case_id, trade_name(promises.next))
                except AssertionError:
                    continue  # the line failed under a question: a person would press again
                submit(cache, case_id, slip, ready)
            rating = RateVisit(case_id, "accepted", 1 + promises.next % 5, cache.clock.now())
            rated = cache.ledger.record(rating, event(cache, AuditKind.RATED))
            assert not isinstance(rated, Fault), rated
            promises.give(case_id)
        while cache.ledger.state().waiting:
            told.wait(1.0)
            told.clear()
        deeds = [one for number in range(count) for one in cache.ledger.deeds(case_of(number)[0])]
        assert all(one.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN) for one in deeds), deeds


def signature_of(number: int) -> str:
    """How the signature under the draft of that number is named: by its content."""
    return hashlib.sha256(scan_of(number, SIGNATURE)).hexdigest()


def _signed(cache: OfflineCache, number: int) -> OpeningForm:
    """The same form for the same number, with a signature that the platform must have first."""
    blob = cache.ledger.keep_blob(scan_of(number, SIGNATURE), "signature")
    assert not isinstance(blob, Fault)
    return replace(form(), people=(replace(form().people[0], signature=blob),))


def send(folder: Path, promises: Promises, count: int, url: str) -> None:
    """Record that many more drafts while they are sent, and live on; without any: until the platform has all."""
    store, platform = (
        Store(path=str(folder / "kiosk" / "store.db")),
        Platform(url=url, key="demo-kiosk-01", timeout=5.0),
    )
    told = threading.Event()
    with running(OfflineCache(store, platform, "kiosk-01", SITE, most_waiting=10**9)) as cache:
        cache.ledger.subscribe(lambda _: told.set())
        for _ in range(count):
            case_id, slip = case_of(promises.next)
            made = (
                form() if promises.next % 2 else _signed(cache, promises.next)
            )  # every other one by the blobs' lane
            status = cache.ledger.record(SaveDraft(case_id, slip, made), event(cache, AuditKind.DRAFT_SAVED))
            assert isinstance(status, DeedStatus), status
            promises.give(case_id)
        while count or cache.ledger.state().waiting:
            told.wait(1.0)
            told.clear()


def scan(folder: Path, promises: Promises, count: int, url: str) -> None:
    """Drafts that the platform may have only behind a picture; lives on until somebody ends it."""
    store = Store(path=str(folder / "kiosk" / "store.db"))
    with running(
        OfflineCache(store, Platform(url=url, key="demo-kiosk-01", timeout=60.0), "kiosk-01", SITE)
    ) as cache:
        while promises.next < count:
            case_id, slip = case_of(promises.next)
            blob = cache.ledger.keep_blob(scan_of(promises.next), "scan")
            assert not isinstance(blob, Fault)
            made = replace(form(), people=(replace(form().people[0], signature=blob),))
            cache.ledger.record(SaveDraft(case_id, slip, made), event(cache, AuditKind.DRAFT_SAVED))
            promises.give(case_id)
        threading.Event().wait()


def visit(folder: Path, secrets: Path, url: str) -> None:
    """A visit of somebody whose name, number, phone, address and signature stand in ``secrets``, line by line; on
    standard output, the case. Ends when nothing of it is known here any more."""
    name, number, phone, address, signature = secrets.read_text("utf-8").splitlines()
    store = Store(path=str(folder / "kiosk" / "store.db"))
    told = threading.Event()
    with running(OfflineCache(store, Platform(url=url, key="demo-kiosk-01"), "kiosk-01", SITE)) as cache:
        cache.ledger.subscribe(lambda _: told.set())
        wait_for(cache.platform.online)
        case_id, slip = case_of(700)
        ready = ready_form(cache, case_id, trade_name(700))
        blob = cache.ledger.keep_blob(signature.encode() * 40, "signature")
        assert not isinstance(blob, Fault)
        person = replace(ready.people[0], phone=phone, address=address, signature=blob)
        extra = replace(person, ref=PersonRef("p2"), name=name, cert_no=number, roles=frozenset())
        draft = SaveDraft(case_id, slip, replace(ready, people=(person, extra)))
        cache.ledger.record(draft, event(cache, AuditKind.DRAFT_SAVED))
        settled(cache, case_id, 1)
        submit(cache, case_id, slip, replace(ready, people=(person,)))
        cache.ledger.record(RateVisit(case_id, "accepted", 5, cache.clock.now()), event(cache, AuditKind.RATED))
        settled(cache, case_id, 4)
        cache.ledger.forget_visit(case_id)
        wait_for(lambda: cache.ledger.case(case_id) is None)
        assert cache.ledger.deeds(case_id) == ()


def nursery(folder: Path, promised: Path, url: str) -> None:
    """One life per line of input, which says how many drafts it records; answers with its number, and how it ended.

    Lives are forked from here, where everything is imported and no thread runs, so that a thousand of them are soon
    lived; each opens the store and dies as a process of its own.
    """
    for line in sys.stdin:
        life = os.fork()
        if life == 0:
            code = 1
            try:
                send(folder, Promises(promised), int(line), url)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(life, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(life, 0)[1]), flush=True)


def main() -> None:
    """The command line above."""
    what, folder, promised, count, *rest = sys.argv[1:]
    if what == "nursery":
        nursery(Path(folder), Path(promised), rest[0])
        return
    if what == "visit":
        visit(Path(folder), Path(promised), rest[0])
        return
    promises = Promises(Path(promised))
    if what == "record":
        record(Path(folder), promises, int(count))
    elif what == "scan":
        scan(Path(folder), promises, int(count), rest[0])
    else:
        submit_all(Path(folder), promises, int(count), rest[0])


if __name__ == "__main__":
    main()
