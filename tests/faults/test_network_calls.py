"""The calls beside the great questions and deeds, in every weather: reservation, going on with a draft, staff
sessions, a case and the snapshot that are read, an upload's beginning, the clock, enrolment."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from kiosk.audit import AuditKind
from kiosk.config import Platform, Site, SiteConfig, Store, Terminal, TerminalRole
from kiosk.contracts.central_platform import (
    Ask,
    FindCase,
    ResumeCase,
    SendResumeCode,
    SignOut,
)
from kiosk.contracts.ledger import SaveDraft, Verdict
from kiosk.domain.case import OpeningCase
from kiosk.domain.ids import CaseId, SlipCode
from kiosk.faults import Fault
from offline_cache import identity
from offline_cache.cache import OfflineCache
from offline_cache.clock import PlatformClock
from offline_cache.enrolment import Renewal, enrol
from offline_cache.uplink import Address, Cancel, Lane
from tests.contract.hands import Hands
from tests.contract.machines import draw, key_pem, new_key

from .hall import SITE, Hall, ask, event, form, fresh_case, in_time, kiosk, parked, settled, sign_in, wait_for, window
from .proxy import Proxy, Weather
from .test_enrolment import decide
from .test_network_matrix import _name
from .weathers import OF_BODIES, SHORT, WORDS, cells

pytestmark = pytest.mark.processes
_PATIENT = 2.0  # seconds of one call at a window, where signing in is three calls in a row


def _draft(cache: OfflineCache) -> tuple[CaseId, SlipCode]:
    """Saved, and known to the platform."""
    case_id, slip = fresh_case(cache)
    cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
    assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
    return case_id, slip


def _code(cache: OfflineCache, hall: Hall, slip: SlipCode) -> str:
    """What the phone shows."""
    assert isinstance(ask(cache, SendResumeCode(slip)), datetime)
    told = [sms["text"] for sms in hall.control("GET", "/sms-outbox") if "验证码" in sms["text"]]
    return str(told[-1].partition("验证码")[2][:6])


def _resumption(cache: OfflineCache, hall: Hall) -> Ask[Any]:
    slip = _draft(cache)[1]
    return ResumeCase(slip, _code(cache, hall, slip))


QUESTIONS: dict[str, tuple[str, Callable[[OfflineCache, Hall], Ask[Any]]]] = {
    "postNameDeclaration": ("/v1/name-declarations", lambda cache, _: _name(cache)),
    "sendResumeCode": ("/v1/resume-codes", lambda cache, _: SendResumeCode(_draft(cache)[1])),
    "resumeCase": ("/v1/resumptions", _resumption),
}


@pytest.mark.parametrize(("weather", "operation"), cells(QUESTIONS))
def test_question(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """The asker hears once, in the right word; in fair weather the very same question is answered, whether the
    platform had acted before or not."""
    path, make = QUESTIONS[operation]
    with kiosk(tmp_path, proxy.url) as cache:
        question = make(cache, hall)
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        proxy.set(weather, lambda _, where: where == path)
        heard = ask(cache, question)
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
        again = in_time(lambda: ask(cache, question))
        assert not isinstance(again, Fault), again
        assert operation != "resumeCase" or (isinstance(again, OpeningCase) and again.form == form())


@pytest.mark.parametrize(("weather", "operation"), cells(["openStaffSession"]))
def test_signing_in(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Nobody is signed in by an answer that did not come; the clerk presses again, and is."""
    with window(tmp_path, hall, proxy.url, _PATIENT) as cache:
        proxy.set(weather, lambda how, where: (how, where) == ("POST", "/v1/staff-sessions"))
        with pytest.raises(AssertionError) as refused:
            sign_in(cache)
        assert WORDS[weather].name in str(refused.value) and proxy.hits >= 1
        assert cache._staff.staff_ref() == ""
        proxy.set(Weather.FAIR)
        assert sign_in(cache).staff_ref == "0317"


@pytest.mark.parametrize(("weather", "operation"), cells(["closeStaffSession"]))
def test_signing_out(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Whatever the line does, nobody is signed in here any more."""
    with window(tmp_path, hall, proxy.url, _PATIENT) as cache:
        sign_in(cache)
        proxy.set(weather, lambda how, where: (how, where) == ("DELETE", "/v1/staff-sessions/current"))
        heard = ask(cache, SignOut())
        assert heard is True if weather in OF_BODIES else heard.code is WORDS[weather], heard
        assert proxy.hits >= 1 and cache._staff.staff_ref() == ""
        proxy.set(Weather.FAIR)
        assert sign_in(cache, "0001").staff_ref == "0001"


@pytest.mark.parametrize(("weather", "operation"), cells(["refreshStaffSession"]))
def test_staying_signed_in(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """A token that is about to end is good until it does, and the next question renews it, also where the platform
    had renewed it already and nobody heard."""
    with window(tmp_path, hall, proxy.url, _PATIENT) as cache:
        sign_in(cache)
        kept = cache._staff._said
        assert kept is not None
        soon = replace(kept, expires_at=cache.clock.now() + timedelta(minutes=1))
        cache._staff.keep(soon)
        proxy.set(weather, lambda _, where: where == "/v1/staff-sessions/refresh")
        proxy.wait_hit()  # by whatever comes next with the token
        assert cache._staff.staff_ref() == "0317" and cache._staff._said == soon
        proxy.set(Weather.FAIR)
        heard = ask(cache, FindCase(case_id=fresh_case(cache)[0]))
        assert not isinstance(heard, Fault), heard
        renewed = cache._staff._said
        assert renewed is not None and renewed.expires_at > soon.expires_at


@pytest.mark.parametrize(("weather", "operation"), cells(["headBlob"]))
def test_an_upload_begins(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Where the platform is with it is asked again; the draft waits, and every byte arrives once."""
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        blob = cache.ledger.keep_blob(cache.clock.entropy(3000), "signature")
        assert not isinstance(blob, Fault)
        case_id, slip = fresh_case(cache)
        proxy.set(weather, lambda how, _: how == "HEAD")
        signed = replace(form(), people=(replace(form().people[0], signature=blob),))
        cache.ledger.record(SaveDraft(case_id, slip, signed), event(cache, AuditKind.DRAFT_SAVED))
        proxy.wait_hit()
        proxy.set(Weather.FAIR)
        cache.hurry()
        assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
    assert hall.rows("SELECT start, length(data) FROM blob_piece WHERE sha256 = ?", blob) == [(0, 3000)]


@pytest.mark.parametrize(("weather", "operation"), cells(["getTime"]))
def test_the_clock_is_asked(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """After a start, what may have arrived before goes out only when somebody said what time it is."""
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        wait_for(cache.platform.online)
        proxy.set(Weather.RESET_AFTER, lambda _, where: where.endswith("/draft"))
        case_id, slip = fresh_case(cache)
        cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
        wait_for(lambda: hall.rows("SELECT version FROM opening_case WHERE id = ?", case_id))
    proxy.set(weather, lambda _, where: where == "/v1/time")
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        proxy.wait_hit()
        proxy.set(Weather.FAIR)
        cache.hurry()
        assert settled(cache, case_id, 1)[0].verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
        assert parked(cache) == []
    assert hall.rows("SELECT version FROM opening_case WHERE id = ?", case_id) == [(1,)]


def _becomes_live(cache: OfflineCache, case_id: CaseId) -> None:
    """The mirror catches up by itself."""
    current = threading.Event()

    def look(_: CaseId | None) -> None:
        answer = cache.ledger.case(case_id)
        if answer is not None and answer.live:
            current.set()

    unsubscribe = cache.ledger.subscribe(look)
    cache.hurry()
    look(None)
    assert current.wait(60)
    unsubscribe()


@pytest.mark.parametrize(("weather", "operation"), cells(["getSnapshot"]))
def test_beginning_anew(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """A terminal that knows nothing yet is not up to date before it has everything there is."""
    proxy.set(weather, lambda _, where: where.startswith("/v1/snapshots"))
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        proxy.wait_hit()
        case_id, slip = fresh_case(cache)
        cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
        answer = cache.ledger.case(case_id)
        assert answer is not None and not answer.live
        proxy.set(Weather.FAIR)
        _becomes_live(cache, case_id)


@pytest.mark.parametrize(("weather", "operation"), cells(["getCase"]))
def test_a_changed_case(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """What changed elsewhere is shown when it was read, never guessed."""
    with kiosk(tmp_path / "one", proxy.url, SHORT) as cache, kiosk(tmp_path / "other", hall.url) as elsewhere:
        case_id, slip = _draft(cache)
        _becomes_live(cache, case_id)
        proxy.set(weather, lambda _, where: where == f"/v1/cases/{case_id}")
        assert not isinstance(ask(elsewhere, FindCase(case_id=case_id)), Fault)
        changed = replace(form(), licence_copies=6)
        elsewhere.ledger.record(SaveDraft(case_id, slip, changed), event(elsewhere, AuditKind.DRAFT_SAVED))
        assert settled(elsewhere, case_id, 1)[0].verdict is Verdict.ACCEPTED
        proxy.wait_hit()
        answer = cache.ledger.case(case_id)
        assert answer is not None and answer.value.form == form()
        proxy.set(Weather.FAIR)
        cache.hurry()
        wait_for(lambda: (now := cache.ledger.case(case_id)) is not None and now.value.form == changed)


@contextlib.contextmanager
def _people(hall: Hall) -> Iterator[tuple[Hands, Hands]]:
    """Who draws codes, and who approves."""
    technician, approver = Hands(hall.url, "window-03 demo-window-03"), Hands(hall.url, "window-04 demo-window-04")
    try:
        assert technician.sign_in("0500")["status"] == approver.sign_in("0501")["status"] == 201
        yield technician, approver
    finally:
        technician.close()
        approver.close()


@pytest.mark.parametrize(("weather", "operation"), cells(["applyForEnrolment", "getEnrolment"]))
def test_enrolment(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """An application that breaks is sent again as it was; whoever waits for the approval waits through the weather.
    One application, one terminal."""
    config = SiteConfig(
        site=Site(id=SITE, name="示例", division="500103"), store=Store(path=str(tmp_path / "s")),
        platform=Platform(url=proxy.url, timeout=SHORT, identity=str(tmp_path / "identity")),
        terminal=Terminal(id="", role=TerminalRole.CITIZEN),
    )  # fmt: skip
    path = "/v1/enrolments" + ("/" if operation == "getEnrolment" else "")
    said: list[str] = []

    def go_on(_: float) -> bool:
        """Somebody has come to approve; the weather has changed meanwhile."""
        if operation != "getEnrolment" or weather is Weather.RESET_AT_ONCE or proxy.hits:
            proxy.set(Weather.FAIR)
            digest = next(line for line in said if "digest" in line).rpartition(":")[2].replace(" ", "")
            with contextlib.suppress(ValueError):  # approved already
                decide(approver, digest)
        return True

    with _people(hall) as (technician, approver):
        code = draw(technician).json()["code"]
        asked = lambda: enrol(config, code, "S-1", ("示例", "K1"), "0.1", said.append, go_on)  # noqa: E731
        before = len(hall.rows("SELECT id FROM enrolment"))
        proxy.set(weather, lambda _, where: where == path or (path[-1] == "/" and where.startswith(path)))
        if operation == "applyForEnrolment" or weather is Weather.RESET_AT_ONCE:  # which spares no application
            heard = asked()
            assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
            proxy.set(Weather.FAIR)
        found = asked()
    assert isinstance(found, identity.Identity), found
    assert len(hall.rows("SELECT id FROM enrolment")) <= before + 1


def _old_certificate(folder: Path, hall: Hall, terminal_id: str) -> None:
    """Certified by the platform two months ago, by its books and by the certificate itself."""
    private, now = new_key(), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal_id)])
    asked = x509.CertificateSigningRequestBuilder().subject_name(name).sign(private, hashes.SHA256())
    request = {"csr_pem": asked.public_bytes(Encoding.PEM).decode()}
    answer = hall.control("POST", f"/terminals/{terminal_id}/certificate", request)
    with contextlib.closing(sqlite3.connect(hall.database, timeout=30)) as books:
        books.execute(
            "UPDATE certificate SET issued_at = issued_at - ?, expires_at = expires_at - ? WHERE terminal_id = ?",
            [61 * 86_400_000, 61 * 86_400_000, terminal_id],
        )
        books.commit()
    old = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=61)).not_valid_after(now + timedelta(days=29))
        .sign(private, hashes.SHA256())
    )  # fmt: skip
    folder.mkdir()
    (folder / identity.TERMINAL).write_text(old.public_bytes(Encoding.PEM).decode() + key_pem(private))
    (folder / identity.AUTHORITY).write_text(answer["ca_pem"])


@pytest.mark.parametrize(("weather", "operation"), cells(["renewCertificate"]))
def test_renewal(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """The same request again until an answer comes: one new certificate, and the old one is good until then."""
    folder = tmp_path / "identity"
    _old_certificate(folder, hall, "kiosk-02")
    before = (folder / identity.TERMINAL).read_bytes()
    clock, told = PlatformClock(), list[datetime]()
    renewal = Renewal(Platform(url=proxy.url, identity=str(folder)), clock, told.append)
    lane = Lane(Address(proxy.url, "kiosk-02", "demo-kiosk-02"), clock, lambda _: None)
    issued = "SELECT count(*) FROM certificate WHERE terminal_id = 'kiosk-02'"
    ((count,),) = hall.rows(issued)
    try:
        at = clock.monotonic()
        clock.observe(datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT"), at, at)
        proxy.set(weather, lambda _, where: where == "/v1/terminals/self/cert-renewals")
        trouble = renewal.turn(lane, SHORT, Cancel())
        assert trouble is not None and trouble.fault.code is WORDS[weather] and proxy.hits >= 1, trouble
        assert (folder / identity.TERMINAL).read_bytes() == before and told == []
        proxy.set(Weather.FAIR)
        assert renewal.turn(lane, 5.0, Cancel()) is None
    finally:
        lane.close()
    assert (folder / identity.TERMINAL).read_bytes() != before and len(told) == 1
    assert hall.rows(issued) == [(count + 1,)]
