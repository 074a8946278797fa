"""A real reference platform in its own process, a terminal's cache against it, and invented people."""

import contextlib
import hashlib
import json
import multiprocessing
import os
import sqlite3
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.audit import AuditEvent, AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.central_platform import (
    Ask,
    CheckName,
    GetChallenge,
    SignIn,
    StaffSession,
    Verification,
    VerifyPerson,
)
from kiosk.contracts.ledger import DeedStatus, LedgerTask, SubmitCase, Verdict
from kiosk.domain.case import (
    CompanyName,
    CompanyType,
    Domicile,
    DomicileGetWay,
    NameVerdict,
    OpeningForm,
    PermitDuty,
    ScopePick,
)
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import (
    CaseId,
    DivisionCode,
    PersonRef,
    ScopeCode,
    SiteId,
    SlipCode,
    StaffRef,
    VerificationId,
    new_slip_code,
    new_ulid,
)
from kiosk.domain.item import Item
from kiosk.domain.person import Person, Role
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache

SITE = SiteId("cq-demo-01")
_T = TypeVar("_T")
PATIENT = 60.0  # seconds after which a wait has failed; nothing is judged by it


@dataclass(frozen=True, slots=True)
class Hall:
    """Where the platform of this test listens."""

    url: str
    permit_key: str
    pid: int
    database: Path
    config_keys: str = ""
    directive_keys: str = ""

    def control(self, method: str, path: str, body: Any = None) -> Any:
        """The platform's control channel."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/sandbox{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=PATIENT) as answer:
            return json.loads(answer.read() or b"null")

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the platform's own books, past all of its code."""
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as books:
            return books.execute(query, values).fetchall()


def _serve(database: str, ready: str, port: int, clock: str) -> None:
    from kiosk.sandbox.server import serve
    from kiosk.sandbox.settings import SandboxSettings

    serve(SandboxSettings(database=database, port=port, ready_file=Path(ready), clock=clock))  # type: ignore[arg-type]


class PlatformProcess:
    """Start, kill and start again on the same port and the same database. ``forked``: from a process that has all of
    it loaded already, for whoever starts hundreds."""

    def __init__(self, folder: Path, clock: str = "manual", *, forked: bool = False) -> None:
        self._folder, self._clock, self._forked = folder, clock, forked
        self._port = 0
        self._process: Any = None
        self._starts = 0

    def start(self) -> Hall:
        """Listen."""
        self._starts += 1
        ready = self._folder / f"ready-{self._starts}.json"
        context: Any = multiprocessing.get_context("forkserver" if self._forked else "spawn")
        if self._forked:
            context.set_forkserver_preload([__name__, "kiosk.sandbox.server"])
        database = str(self._folder / "platform.db")
        self._process = context.Process(target=_serve, args=(database, str(ready), self._port, self._clock))
        self._process.start()
        wait_for(ready.exists, 10 * PATIENT)
        said = json.loads(ready.read_text("utf-8"))
        self._port = int(said["url"].rsplit(":", 1)[1])
        keys = (said["config_keys"], said["directive_keys"])
        return Hall(said["url"], said["permit_key"], self._process.pid, self._folder / "platform.db", *keys)

    def kill(self) -> None:
        """As a power cut of the process: no farewell."""
        self._process.kill()
        self._process.join()

    def stop(self) -> None:
        """Politely."""
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join(20)
            if self._process.is_alive():
                self.kill()
        if self._process is not None:
            self._process.close()
            self._process = None


def wait_for(true: Callable[[], Any], seconds: float = PATIENT) -> Any:
    """Wait until something is so; for things of other processes that nobody can be told of."""
    until = time.monotonic() + seconds
    while not (found := true()):
        if time.monotonic() > until:
            raise AssertionError("it never came true")
        time.sleep(0.01)
    return found


def kiosk_settings(folder: Path, url: str, timeout: float = 5.0) -> tuple[Store, Platform]:
    """Configuration of a self-service terminal."""
    return Store(path=str(folder / "kiosk" / "store.db")), Platform(url=url, key="demo-kiosk-01", timeout=timeout)


@contextlib.contextmanager
def kiosk(folder: Path, url: str, timeout: float = 5.0, **options: Any) -> Iterator[OfflineCache]:
    """A self-service terminal's cache, open and running."""
    store, platform = kiosk_settings(folder, url, timeout)
    with running(OfflineCache(store, platform, "kiosk-01", SITE, **options)) as cache:
        yield cache


@contextlib.contextmanager
def window(folder: Path, hall: Hall, url: str = "", timeout: float = 5.0) -> Iterator[OfflineCache]:
    """A window's cache, open and running."""
    store = Store(path=str(folder / "window" / "store.db"))
    platform = Platform(url=url or hall.url, key="demo-window-03", permit_key=hall.permit_key, timeout=timeout)
    with running(OfflineCache(store, platform, "window-03", SITE, "w-03")) as cache:
        yield cache


@contextlib.contextmanager
def running(cache: OfflineCache, before: Callable[[], object] = lambda: None) -> Iterator[OfflineCache]:
    """Open, start, stop; ``before`` is what was done here before anything is sent."""
    fault = cache.open()
    assert fault is None, fault
    before()
    cache.start()
    try:
        yield cache
    finally:
        cache.stop()


def ask(cache: OfflineCache, question: Ask[Any]) -> Any:
    """Put a question and wait for the one answer."""
    told = threading.Event()
    answers: list[Any] = []

    def done(answer: Any) -> None:
        answers.append(answer)
        told.set()

    cache.platform.ask(question, done)
    assert told.wait(PATIENT)
    return answers[0]


def settled(cache: OfflineCache, case_id: CaseId, count: int) -> tuple[DeedStatus, ...]:
    """Wait until that many deeds of a case are settled."""
    told = threading.Event()
    unsubscribe = cache.ledger.subscribe(lambda _: told.set())
    open_verdicts = (Verdict.WAITING, Verdict.SENDING)
    try:
        until = time.monotonic() + PATIENT
        while True:
            told.clear()
            statuses = cache.ledger.deeds(case_id)
            done = [one for one in statuses if one.verdict not in open_verdicts]
            if len(done) >= count:
                return statuses
            assert told.wait(max(0.0, until - time.monotonic())), statuses
    finally:
        unsubscribe()


def sign_in(cache: OfflineCache, staff_ref: str = "0317", *, beside: bool = False) -> StaffSession:
    """As the clerk's card does it; ``beside`` a citizen: for one verdict."""
    session = in_time(lambda: _signed_in(cache, StaffRef(staff_ref), beside=beside))
    assert isinstance(session, StaffSession), session
    return session


def _signed_in(cache: OfflineCache, ref: StaffRef, *, beside: bool) -> StaffSession | Fault:
    challenge = ask(cache, GetChallenge(ref))
    if isinstance(challenge, Fault):
        return challenge
    card = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demo-staff-card:" + ref.encode()).digest())
    signature = card.sign(b"QIBAN-STAFF-1" + challenge)
    session: StaffSession | Fault = ask(cache, SignIn(ref, challenge, signature, beside))
    return session


def in_time(act: Callable[[], _T | Fault]) -> _T | Fault:
    """What comes of an act in fair weather: with the short deadline of these tests a busy machine misses it at times,
    and whoever stands there does it again."""
    until = time.monotonic() + PATIENT
    while isinstance(answer := act(), Fault) and answer.details.get("slug") == "deadline":
        assert time.monotonic() < until, answer
    return answer


def event(cache: OfflineCache, kind: AuditKind = AuditKind.SUBMITTED, actor: str = "citizen") -> AuditEvent:
    """An audit event of now."""
    return AuditEvent(kind, cache.clock.now(), "", actor)


def fresh_case(cache: OfflineCache) -> tuple[CaseId, SlipCode]:
    """Ids of a new case."""
    clock = cache.clock
    number = new_ulid(int(clock.now().timestamp() * 1000), clock.entropy(10))
    return CaseId(number), new_slip_code(clock.entropy(8))


def trade_name(number: int) -> str:
    """The n-th invented trade name of a thousand: any two differ in two places, and none is another read backwards,
    so that none is like another."""
    return "测" + "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] * 2 for digit in f"{number:03d}")


def parked(cache: OfflineCache) -> list[LedgerTask]:
    """What is parked. The trail of a store that a test made anew does not fit what the platform keeps of that
    terminal's, and the platform says so: that task is right, and not what these tests are about."""
    return [task for task in cache.ledger.tasks() if task.deed != "postAuditSegment"]


def resident_number(seed: int) -> str:
    """An invented number with its right check digit."""
    body = f"50010319850412{seed % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def form(trade: str = "示例云", name: str = "王测试", number: str = "") -> OpeningForm:
    """A complete form of one person, unverified and unsigned."""
    person = Person(
        ref=PersonRef("p1"),
        name=name,
        cert_type=CertType.RESIDENT_ID,
        cert_no=number or resident_number(2),
        birth=date(1985, 4, 12),
        card_valid_until=date(2040, 1, 1),
        address="重庆市渝中区示例路1号",
        phone="13800000000",
        roles=frozenset({Role.LEGAL_REP, Role.SHAREHOLDER, Role.DIRECTOR, Role.MANAGER, Role.FINANCE_OFFICER,
                         Role.LIAISON, Role.TAX_HANDLER}),
        subscribed=Decimal("50"),
    )  # fmt: skip
    return OpeningForm(
        company_type=CompanyType.LLC_SOLE,
        items=(Item.SETUP, Item.SEAL),
        name=CompanyName("重庆", trade, "信息技术"),
        scope=(ScopePick(ScopeCode("SAMPLE-0001"), "正餐服务", PermitDuty.AFTER, "食品经营许可证", "6210"),),
        domicile=Domicile(DivisionCode("500103"), "渝中区", "示例路1号1-1", DomicileGetWay.RENTED),
        registered_capital=Decimal("50"),
        people=(person,),
        applicant=PersonRef("p1"),
        pickup_site=SITE,
    )


def ready_form(cache: OfflineCache, case_id: CaseId, trade: str) -> OpeningForm:
    """A form that can be submitted: verified and named online, signed here."""
    made, now = form(trade), cache.clock.now()
    person = made.people[0]
    clock = cache.clock
    number = VerificationId(new_ulid(int(now.timestamp() * 1000), clock.entropy(10)))
    verified = ask(cache, VerifyPerson(number, person.name, person.cert_type, person.cert_no, now, now, False))
    assert isinstance(verified, Verification) and verified.passed, verified
    verdict = ask(cache, CheckName(case_id, made.name.full, trade, made.name.industry, DivisionCode("500103")))
    assert isinstance(verdict, NameVerdict) and verdict.reserve_no, verdict
    blob = cache.ledger.keep_blob(f"signature of {case_id}".encode() * 50, "signature")
    assert not isinstance(blob, Fault)
    signed = replace(
        person, verification_id=verified.id, verified_until=verified.expires_at, signature=blob, signed_at=now
    )
    return replace(made, people=(signed,), name_verdict=verdict)


def submit(cache: OfflineCache, case_id: CaseId, slip: SlipCode, ready: OpeningForm) -> DeedStatus:
    """Submit, once."""
    status = cache.ledger.record(SubmitCase(case_id, slip, ready, cache.clock.now()), event(cache))
    assert isinstance(status, DeedStatus), status
    return status


def ago(moment: datetime, **span: float) -> datetime:
    """A time before."""
    return moment - timedelta(**span)


def alive(pid: int) -> bool:
    """Whether a process lives."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
