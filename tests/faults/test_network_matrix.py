"""Every way in which a line can fail, met by every kind of call: the right word, nothing lost, nothing twice."""

import contextlib
import itertools
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.audit import AuditKind
from kiosk.contracts.beside import AskForHelp, LeaveVisit
from kiosk.contracts.central_platform import (
    Ask,
    CheckName,
    FindCase,
    GetChallenge,
    InviteSigner,
    MakeUploadLink,
    NumberFeedback,
    Verification,
    VerifyPerson,
)
from kiosk.contracts.ledger import (
    DeedStatus,
    GiveFeedback,
    KeepMaterial,
    RateVisit,
    SaveDraft,
    SubmitCase,
    Verdict,
)
from kiosk.domain.case import NameVerdict
from kiosk.domain.feedback import FeedbackId, FeedbackKind, SaidFeedback
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import CaseId, DivisionCode, MaterialId, PersonRef, StaffRef, VerificationId, new_ulid
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import OfflineCache

from .hall import (
    Hall,
    ask,
    event,
    form,
    fresh_case,
    in_time,
    kiosk,
    parked,
    ready_form,
    resident_number,
    settled,
    sign_in,
    trade_name,
)
from .proxy import Proxy, Weather
from .weathers import SHORT, WORDS, cells

pytestmark = pytest.mark.processes

_OFF, _OTHER = FaultCode.PLATFORM_OFFLINE, FaultCode.NOT_THE_PLATFORM
_trades = (trade_name(number) for number in itertools.count())


def test_every_weather_has_its_word() -> None:
    assert set(WORDS) | {Weather.FAIR} == set(Weather)


def _verify(cache: OfflineCache) -> Ask[Any]:
    now = cache.clock.now()
    number = VerificationId(new_ulid(int(now.timestamp() * 1000), cache.clock.entropy(10)))
    return VerifyPerson(number, "王测试", CertType.RESIDENT_ID, resident_number(2), now, now, False)


def _name(cache: OfflineCache) -> Ask[Any]:
    trade = next(_trades)
    return CheckName(fresh_case(cache)[0], f"重庆{trade}信息技术有限公司", trade, "信息技术", DivisionCode("500103"))


QUESTIONS: dict[str, tuple[str, Callable[[OfflineCache], Ask[Any]]]] = {
    "postVerification": ("/v1/verifications", _verify),
    "postNameCheck": ("/v1/name-checks", _name),
    "searchCases": ("/v1/cases/search", lambda cache: FindCase(case_id=fresh_case(cache)[0])),
    "getChallenge": ("/v1/staff-challenges", lambda cache: GetChallenge(StaffRef("0317"))),
    "postAssistanceRequest": ("/v1/assistance-requests", lambda cache: AskForHelp("home", None)),
}


@pytest.mark.parametrize("operation", QUESTIONS)
@pytest.mark.parametrize("weather", WORDS, ids=lambda w: w.name.lower())
def test_question(tmp_path: Path, proxy: Proxy, weather: Weather, operation: str) -> None:
    """The asker hears once, in the right word; in fair weather the same question is answered."""
    path, make = QUESTIONS[operation]
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        proxy.set(weather, lambda method, where: where == path)
        heard = ask(cache, make(cache))
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
        again = in_time(lambda: ask(cache, make(cache)))
        assert not isinstance(again, Fault), again


def test_the_lost_verification_is_the_same_verification(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """Its answer is lost once; the second try inside the question has the same key, and the check is done once."""
    before = len(hall.rows("SELECT id FROM verification"))
    with kiosk(tmp_path, proxy.url) as cache:
        proxy.set(Weather.CLOSE_AFTER, lambda method, where: where == "/v1/verifications", times=1)
        heard = ask(cache, _verify(cache))
        assert isinstance(heard, Verification) and heard.passed
    assert len(hall.rows("SELECT id FROM verification")) == before + 1


@pytest.mark.parametrize("weather", [Weather.CLOSE_AFTER, Weather.BARE_500], ids=lambda w: w.name.lower())
def test_whoever_stands_beside_speaks_for_the_person_and_for_nothing_else(
    tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather
) -> None:
    """What the citizen's terminal asks meanwhile is not under the helper's name; a verdict that was not heard is
    given once more; after the sign-out there is none."""
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        assert sign_in(cache, "0600", beside=True).roles == {"helper"}
        assert cache._staff.staff_ref() == ""
        acts = hall.rows("SELECT id FROM helper_act")
        assert not isinstance(in_time(lambda: ask(cache, _name(cache))), Fault)
        assert hall.rows("SELECT id FROM helper_act") == acts
        proxy.set(weather, lambda method, where: where == "/v1/verifications")
        assert isinstance(ask(cache, _vouched(cache)), Fault)
        proxy.set(Weather.FAIR)
        question = _vouched(cache)
        heard = in_time(lambda: ask(cache, question))
        assert isinstance(heard, Verification) and heard.passed
        told = hall.rows("SELECT method, by_ref FROM verification WHERE id = ?", question.id)
        assert told == [("in_person", "0600")]
        assert ask(cache, LeaveVisit()) is None
        assert isinstance(ask(cache, _vouched(cache)), Fault)


def _vouched(cache: OfflineCache) -> VerifyPerson:
    question = _verify(cache)
    assert isinstance(question, VerifyPerson)
    return replace(question, in_person_by=StaffRef("0600"))


@pytest.mark.parametrize(("weather", "operation"), cells(["postFeedback"], 3))
def test_feedback(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Recorded here whatever the line does; the number is asked for beside it, and the platform keeps it once."""
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        now = cache.clock.now()
        number = new_ulid(int(now.timestamp() * 1000), cache.clock.entropy(10))
        said = SaidFeedback(FeedbackId(number), FeedbackKind.UNCLEAR, "看不懂经营范围", now, "13800001234")
        proxy.set(weather, lambda method, where: where == "/v1/feedback")
        assert isinstance(cache.ledger.record(GiveFeedback(said), event(cache, AuditKind.FEEDBACK_GIVEN)), DeedStatus)
        heard = ask(cache, NumberFeedback(said))
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        proxy.set(Weather.FAIR)
        cache.hurry()
        (status,) = settled(cache, CaseId(number), 1)
        assert status.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
        assert hall.rows("SELECT number, kind FROM feedback WHERE id = ?", number) == [
            (ask(cache, NumberFeedback(said)), "unclear")
        ]


@pytest.mark.parametrize(("weather", "operation"), cells(["putMaterial"]))
def test_paper(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """It is the case's from the moment it is kept here, whatever the line does, and arrives once."""
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        case_id, slip = fresh_case(cache)
        cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache))
        settled(cache, case_id, 1)
        blob = cache.ledger.keep_blob(b"\xff\xd8\xff" + case_id.encode() * 900 + b"\xff\xd9", "material")
        assert not isinstance(blob, Fault)
        proxy.set(weather, lambda how, where: how == "PUT" and "/materials/" in where)
        number = MaterialId(fresh_case(cache)[0])
        deed = KeepMaterial(case_id, number, "lease_contract", blob, "image/jpeg", 1, cache.clock.now())
        assert isinstance(cache.ledger.record(deed, event(cache, AuditKind.MATERIAL_KEPT)), DeedStatus)
        proxy.wait_hit()
        answer = cache.ledger.case(case_id)
        assert answer is not None and [one.id for one in answer.value.materials] == [number]
        proxy.set(Weather.FAIR)
        cache.hurry()
        statuses = settled(cache, case_id, 2)
        assert all(one.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN) for one in statuses), statuses
    assert hall.rows("SELECT type, state FROM material WHERE case_id = ?", case_id) == [("lease_contract", "HELD")]


LINKS: dict[str, tuple[str, Callable[[CaseId], Ask[Any]]]] = {
    "createUploadLink": ("/upload-links", lambda case_id: MakeUploadLink(case_id, "lease_contract")),
    "inviteSigner": ("/signing-links", lambda case_id: InviteSigner(case_id, PersonRef("p1"))),
}


@pytest.mark.parametrize(("weather", "operation"), cells(LINKS))
def test_link(tmp_path: Path, proxy: Proxy, weather: Weather, operation: str) -> None:
    """There is none while the line fails, and a new one once it works. That there were too many is said as that."""
    end, make = LINKS[operation]
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        case_id, slip = fresh_case(cache)
        cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache))
        settled(cache, case_id, 1)
        proxy.set(weather, lambda how, where: how == "POST" and where.endswith(end))
        heard = ask(cache, make(case_id))
        too_many = weather is Weather.BUSY and operation == "inviteSigner"
        assert isinstance(heard, Fault)
        assert heard.code is (FaultCode.SIGNING_LINK_REFUSED if too_many else WORDS[weather]), heard
        proxy.set(Weather.FAIR)
        again = in_time(lambda: ask(cache, make(case_id)))
        assert not isinstance(again, Fault), again


DEEDS = {
    "putDraft": ("PUT", "/draft"), "submitCase": ("POST", "/submit"), "postEvaluation": ("POST", "/v1/evaluations"),
}  # fmt: skip


@pytest.mark.parametrize("operation", DEEDS)
@pytest.mark.parametrize("weather", WORDS, ids=lambda w: w.name.lower())
def test_deed(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Nothing is called sent while the line fails; when it works again it arrives, once."""
    method, end = DEEDS[operation]
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        case_id, slip = fresh_case(cache)
        ready = ready_form(cache, case_id, next(_trades)) if operation == "submitCase" else form()
        recorded = 1
        if operation == "postEvaluation":
            assert isinstance(cache.ledger.record(SaveDraft(case_id, slip, ready), event(cache)), DeedStatus)
            settled(cache, case_id, 1)
        proxy.set(weather, lambda how, where: how == method and where.endswith(end))
        if operation == "putDraft":
            status = cache.ledger.record(SaveDraft(case_id, slip, ready), event(cache))
        elif operation == "submitCase":
            status = cache.ledger.record(SubmitCase(case_id, slip, ready, cache.clock.now()), event(cache))
            recorded = 2
        else:
            rating = RateVisit(case_id, "accepted", 5, cache.clock.now())
            status = cache.ledger.record(rating, event(cache, AuditKind.RATED))
            recorded = 2
        assert isinstance(status, DeedStatus) and status.verdict is Verdict.WAITING
        proxy.wait_hit()
        assert cache.ledger.deeds(case_id)[-1].verdict in (Verdict.WAITING, Verdict.SENDING)
        assert parked(cache) == []
        proxy.set(Weather.FAIR)
        cache.hurry()
        statuses = settled(cache, case_id, recorded)
        assert all(one.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN) for one in statuses), statuses
    in_books = {
        "putDraft": hall.rows("SELECT version FROM opening_case WHERE id = ? AND state = 'DRAFT'", case_id),
        "submitCase": hall.rows("SELECT version FROM opening_case WHERE id = ? AND state = 'SUBMITTED'", case_id),
        "postEvaluation": hall.rows("SELECT level FROM evaluation WHERE case_id = ?", case_id),
    }[operation]
    assert in_books == [({"putDraft": 1, "submitCase": 2, "postEvaluation": 5}[operation],)]


@pytest.mark.parametrize("operation", ["patchBlob"])
@pytest.mark.parametrize("weather", WORDS, ids=lambda w: w.name.lower())
def test_signature(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """An upload that breaks goes on where the platform is, and the draft waits for it."""
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        case_id, slip = fresh_case(cache)
        ready = ready_form(cache, case_id, next(_trades))
        proxy.set(weather, lambda method, where: method == "PATCH")
        cache.ledger.record(SaveDraft(case_id, slip, ready), event(cache))
        proxy.wait_hit()
        assert cache.ledger.deeds(case_id)[0].verdict in (Verdict.WAITING, Verdict.SENDING)
        proxy.set(Weather.FAIR)
        cache.hurry()
        (status,) = settled(cache, case_id, 1)
        assert status.verdict is Verdict.ACCEPTED
    blob = ready.people[0].signature
    assert hall.rows("SELECT whole FROM blob WHERE sha256 = ?", blob) == [(1,)]


@pytest.mark.parametrize("operation", ["getFeed"])
@pytest.mark.parametrize("weather", WORDS, ids=lambda w: w.name.lower())
def test_reading(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """A feed that fails makes nothing up; when it works again the mirror catches up by itself."""
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        case_id, slip = fresh_case(cache)
        cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache))
        settled(cache, case_id, 1)
        proxy.set(weather, lambda method, where: where.startswith("/v1/feeds"))
        cache.hurry()
        proxy.wait_hit()
        proxy.set(Weather.FAIR)
        current = threading.Event()

        def look(_: CaseId | None) -> None:
            answer = cache.ledger.case(case_id)
            if answer is not None and answer.live:
                current.set()

        unsubscribe = cache.ledger.subscribe(look)
        cache.hurry()
        assert current.wait(60)
        unsubscribe()


def test_nobody_listens(tmp_path: Path) -> None:
    """A port where nothing is: offline at once, the draft is kept."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with kiosk(tmp_path, f"http://127.0.0.1:{port}", SHORT) as cache:
        assert ask(cache, GetChallenge(StaffRef("0317"))).code is _OFF
        _kept(cache)


def test_the_name_is_not_found(tmp_path: Path) -> None:
    """No such host."""
    with kiosk(tmp_path, "http://platform.invalid", SHORT) as cache:
        assert ask(cache, GetChallenge(StaffRef("0317"))).code is _OFF
        _kept(cache)


def test_nobody_takes_the_call(tmp_path: Path) -> None:
    """A machine that lets connections wait for ever."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=0)) as deaf:
        port = deaf.getsockname()[1]
        waiting = []
        for _ in range(4):  # fills the queue of the listener
            line = socket.socket()
            line.setblocking(False)
            line.connect_ex(("127.0.0.1", port))
            waiting.append(line)
        with kiosk(tmp_path, f"http://127.0.0.1:{port}", SHORT) as cache:
            assert ask(cache, GetChallenge(StaffRef("0317"))).code is _OFF
            _kept(cache)
        for line in waiting:
            line.close()


def test_a_certificate_of_nobody(tmp_path: Path) -> None:
    """Another machine that says it is the platform: not the platform, and never "offline"."""
    with _tls_stranger(tmp_path) as port, kiosk(tmp_path, f"https://127.0.0.1:{port}", SHORT) as cache:
        heard = ask(cache, GetChallenge(StaffRef("0317")))
        assert heard.code is _OTHER and heard.details["slug"] == "certificate-problem"
        _kept(cache)


def test_cancelled_at_once(tmp_path: Path, proxy: Proxy) -> None:
    """Leaving a screen ends the wait although the deadline is far away."""
    with kiosk(tmp_path, proxy.url, 600.0) as cache:
        proxy.set(Weather.HALF_OPEN, lambda method, where: where == "/v1/staff-challenges")
        told = threading.Event()
        heard: list[object] = []

        def done(answer: object) -> None:
            heard.append(answer)
            told.set()

        cancel = cache.platform.ask(GetChallenge(StaffRef("0317")), done)
        proxy.wait_hit()
        cancel()
        assert told.wait(60)
        cancel()
        assert heard == [Fault(FaultCode.CANCELLED)]


def test_stop_answers_everybody(tmp_path: Path, proxy: Proxy) -> None:
    """Stopping ends waits on the wire and in the queue; each asker hears exactly once."""
    heard: list[object] = []
    with kiosk(tmp_path, proxy.url, 600.0) as cache:
        proxy.set(Weather.HALF_OPEN, lambda method, where: where == "/v1/staff-challenges")
        for _ in range(6):
            cache.platform.ask(GetChallenge(StaffRef("0317")), heard.append)
        proxy.wait_hit()
    assert heard == [Fault(FaultCode.CANCELLED)] * 6
    late: list[object] = []
    cache.platform.ask(GetChallenge(StaffRef("0317")), late.append)
    assert late == [Fault(FaultCode.CANCELLED)]


def test_a_free_name_is_reserved_once(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """The answer to the reservation is lost: the same declaration again, one reservation."""
    with kiosk(tmp_path, proxy.url) as cache:
        proxy.set(Weather.CLOSE_AFTER, lambda method, where: where == "/v1/name-declarations", times=1)
        question = _name(cache)
        heard = ask(cache, question)
        assert isinstance(heard, NameVerdict) and heard.reserve_no
        case_id = question.case_id  # type: ignore[attr-defined]
    assert len(hall.rows("SELECT id FROM reservation WHERE case_id = ?", case_id)) == 1


def _kept(cache: OfflineCache) -> None:
    case_id, slip = fresh_case(cache)
    status = cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache))
    assert isinstance(status, DeedStatus) and status.verdict is Verdict.WAITING
    answer = cache.ledger.case(case_id)
    assert answer is not None and answer.value.form == form() and not answer.live
    assert not cache.platform.online() and cache.ledger.state().waiting == 1


class _tls_stranger:  # noqa: N801
    """A TLS listener with a certificate that nobody signed."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
            .sign(key, hashes.SHA256())
        )  # fmt: skip
        pem = folder / "stranger.pem"
        pem.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(pem)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> int:
        self._thread.start()
        port: int = self._listener.getsockname()[1]
        return port

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with line, contextlib.suppress(OSError):
                encrypted = self._context.wrap_socket(line, server_side=True, do_handshake_on_connect=False)
                with encrypted:
                    encrypted.do_handshake()
