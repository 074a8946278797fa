"""JSON ⇄ domain: what is sent keeps the contract and comes back the same; what comes is never an exception."""

import json
from datetime import timedelta

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.contracts import central_platform as ask
from kiosk.contracts import platform_api as api
from kiosk.contracts.beside import AskForHelp, JoinVisit
from kiosk.contracts.ledger import (
    AbortHandover,
    DecideAcceptance,
    KeepMaterial,
    RateVisit,
    RecordHandover,
    ReportIssued,
    ReportReadBack,
    SetDeviceAside,
)
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.case import OpeningForm
from kiosk.domain.feedback import FeedbackId, FeedbackKind, SaidFeedback
from kiosk.domain.handover import HandoverLine
from kiosk.domain.help_call import HelpCall, HelpCallId, HelpState
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import (
    ArticleId,
    BatchId,
    BlobId,
    DeviceIssueId,
    DivisionCode,
    HandoverId,
    MaterialId,
    PermitId,
    PersonRef,
    SlipCode,
    StaffRef,
    UnitId,
    VerificationId,
    WindowId,
)
from offline_cache import wire
from offline_cache.wire import sent

from .platform_says import case_json
from .stores import START, case
from .strategies import forms

SLIP = SlipCode("K2B-001")


@settings(max_examples=80, deadline=None)
@given(forms())
def test_a_form_keeps_the_contract_and_comes_back(form: OpeningForm) -> None:
    body = sent.draft(SLIP, form)
    msgspec.json.decode(body, type=api.Draft)  # strict: lengths, patterns, unknown fields
    assert wire.form_of(body) == form
    found = wire.mirrored(case_json(case(1), form=form))
    assert found is not None and found.case.form == form and wire.same_form(found.case.form, form)
    kept = json.dumps({"case_id": case(1), "state": "DRAFT", "version": 7}).encode()
    taken = wire.moved(case(1), None, body, kept)
    assert taken is not None and taken.case.form == form and taken.case.version == 7
    assert taken.case.slip_code == SLIP and taken.case.id == case(1)


def test_an_act_changes_state_and_version_and_nothing_else() -> None:
    known = case_json(case(1), state="SUBMITTED", version=4, form=OpeningForm(licence_copies=3), articles=[case(6)])
    answer = {"case_id": case(1), "state": "ACCEPTED", "version": 5, "due_at": "2026-03-13T17:00:00+08:00"}
    moved = wire.moved(case(1), known, None, json.dumps(answer).encode())
    before = wire.opening_case(known)
    assert moved is not None and before is not None
    assert (moved.case.state.value, moved.case.version) == ("ACCEPTED", 5)
    assert moved.case.due_at is not None and moved.case.due_at.hour == 17
    assert (moved.case.form, moved.case.articles) == (before.form, before.articles)
    fact = {"id": case(8), "state": "HANDED_OVER", "version": 2, "case": {"state": "CLOSED", "version": 11}}
    closed = wire.moved(case(1), moved.body, None, json.dumps(fact).encode())
    assert closed is not None and (closed.case.state.value, closed.case.version) == ("CLOSED", 11)
    assert wire.moved(case(1), None, None, json.dumps(answer).encode()) is None


READERS = [
    wire.mirrored, wire.opening_case, wire.found_cases, wire.verification, wire.name_verdict, wire.name_reserved,
    wire.challenge, wire.staff_session, wire.handover, wire.feed, wire.snapshot, wire.kept_segment,
    wire.packs_on_offer, wire.pack_rows, wire.read_problem, wire.form_of,
]  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(body=st.binary(max_size=200) | _JSON.map(lambda value: json.dumps(value).encode()))
def test_garbage_is_nothing(body: bytes) -> None:
    for read in READERS:
        assert read(body) is None or read is wire.read_problem
    assert wire.articles_of(body) == frozenset()
    for operation in ("putDraft", "submitCase", "recordHandedOver", "postEvaluation"):
        assert not wire.acknowledges(operation, body)


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_damaged_case_is_a_case_or_nothing(data: st.DataObject) -> None:
    body = bytearray(case_json(case(1), state="READY", version=9, articles=[case(6), case(5)], open_handover=case(8)))
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    for read in READERS:
        read(bytes(body))  # anything but an exception


@pytest.mark.parametrize("day", ["2026-02-30", "0000-01-01", "2026-13-01"])
def test_a_day_that_no_calendar_has(day: str) -> None:
    said = json.loads(case_json(case(1)))
    person = {"ref": "p1", "name": "王测试", "cert_type": "111", "cert_no": "x", "birth": day}
    said["form"] = {"people": [person]}
    assert wire.mirrored(json.dumps(said).encode()) is None


def test_deep_nesting_is_nothing() -> None:
    assert wire.mirrored(b'{"case_id":' + b"[" * 100_000) is None


_CALL = HelpCall(HelpCallId(case(4)), HelpState.JOINED, "褚帮办", None, 3, StaffRef("0600"))


def test_every_other_message_keeps_the_contract() -> None:
    person = ask.VerifyPerson(
        VerificationId(case(2)),
        "王测试",
        CertType.RESIDENT_ID,
        "500103198504120020",
        START,
        START,
        False,
        b"\xff\xd8",
    )
    name = ask.CheckName(case(1), "重庆示例云信息技术有限公司", "示例云", "信息技术", DivisionCode("500103"))
    messages = {
        "postVerification": sent.person_check(person),
        "postNameCheck": sent.name_check(name),
        "postNameDeclaration": sent.name_declaration(name, case(3)),
        "searchCases": sent.search(ask.FindCase(cert_no="500103198504120020"), START),
        "getChallenge": sent.challenge(ask.GetChallenge(StaffRef("0317"))),
        "openStaffSession": sent.sign_in(ask.SignIn(StaffRef("0317"), b"c" * 32, b"s" * 64), BOOT),
        "prepareHandover": sent.preparation(_preparation(), BOOT),
        "postAssistanceRequest": sent.help_call(AskForHelp("home", None), case(4)),
        "joinVisit": sent.join(JoinVisit(_CALL, StaffRef("0600"))),
        "leaveVisit": sent.leave(_CALL),
        "putMaterial": sent.material(
            KeepMaterial(case(1), MaterialId(case(5)), "lease_contract", BlobId("a" * 64), "image/jpeg", 2, START)
        ),
        "createUploadLink": sent.upload_link(ask.MakeUploadLink(case(1), "lease_contract"), case(4)),
        "inviteSigner": sent.invitation(ask.InviteSigner(case(1), PersonRef("p2")), case(4)),
        "submitCase": sent.submission(OpeningForm(), START),
        "decideAcceptance": sent.acceptance(DecideAcceptance(case(1), 4, "accept", StaffRef("0317"), START)),
        "recordHandedOver": sent.handed_over(
            RecordHandover(
                HandoverId(case(8)), case(1), PermitId(case(7)), (ArticleId(case(6)),), BlobId("a" * 64), "R", START
            )
        ),
        "abortHandover": sent.aborted(AbortHandover(HandoverId(case(8)), case(1), "wrong seal", START)),
        "requestDeviceIssue": wire.issue_request(
            ask.RequestDeviceIssue(DeviceIssueId(case(8)), case(1), UnitId("tax_device-661000000001"))
        ),
        "reportIssued": wire.issued_there(ReportIssued(DeviceIssueId(case(8)), case(1), "FX-2026-0042", START)),
        "reportReadBack": wire.read_back(ReportReadBack(DeviceIssueId(case(8)), case(1), _stranger(), START)),
        "quarantineUnit": wire.set_aside(
            SetDeviceAside(UnitId("tax_device-661000000001"), case(1), "tax_device_unreadable", START)
        ),
        "postEvaluation": sent.evaluation(RateVisit(case(1), "collected", 5, START), "w-03"),
        "postFeedback": sent.feedback(SaidFeedback(FeedbackId(case(9)), FeedbackKind.SLOW, "等得久", START)),
        "postAuditSegment": sent.audit_segment(1, 2, "0" * 64, "1" * 64, "2" * 64),
    }
    for operation, body in messages.items():
        msgspec.json.decode(body, type=api.BY_ID[operation].body)
    verification = json.loads(messages["postVerification"])
    assert "face_jpeg" not in verification and verification["method"] == "card_only"  # no consent, no picture
    assert json.loads(sent.search(ask.FindCase(cert_no="1", slip_code=SLIP))) == {"slip_code": SLIP}


def _stranger(holder: str = "重庆别家商贸有限公司") -> TaxDeviceReadout:
    return TaxDeviceReadout("661000000001", TaxDeviceStatus.ISSUED, "91500103MA0000001X", holder)


def test_a_name_that_has_no_room_never_becomes_the_right_one() -> None:
    right = "重" * 64
    for holder, sent_as in ((right, right), (right + "庆", "重" * 63 + "…")):
        said = wire.read_back(ReportReadBack(DeviceIssueId(case(8)), case(1), _stranger(holder), START))
        assert json.loads(said)["holder_name"] == sent_as


def _preparation() -> ask.PrepareHandover:
    lines = (
        HandoverLine(ArticleId(case(6)), UnitId("licence_paper-50010001")),
        HandoverLine(ArticleId(case(5)), None, BatchId("B-1"), 41000126, 25),
    )
    return ask.PrepareHandover(
        HandoverId(case(8)), case(1), 9, WindowId("w-03"), VerificationId(case(2)), "legal_rep", lines
    )


BOOT = "this-run"
KEY = Ed25519PrivateKey.from_private_bytes(b"p" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()


def _prepared(key: Ed25519PrivateKey = KEY, answer: dict[str, object] | None = None, **permit: object) -> bytes:
    expires = (START + timedelta(minutes=20)).isoformat()
    lines = [
        {"article_id": case(6), "unit_id": "licence_paper-50010001", "batch_id": None, "first_no": None, "count": 1},
        {"article_id": case(5), "unit_id": None, "batch_id": "B-1", "first_no": 41000126, "count": 25},
    ]
    says = {
        "permit_id": case(7), "handover_id": case(8), "case_id": case(1), "terminal_id": "window-03",
        "staff_ref": "0317", "boot": BOOT, "window": "w-03", "lines": lines, "expires_at": expires,
    } | permit  # fmt: skip
    payload = json.dumps(says, sort_keys=True, separators=(",", ":")).encode()
    told = {
        "id": case(8), "case_id": case(1), "state": "PREPARED", "version": 1, "window": "w-03", "lines": lines,
        "expires_at": expires, "permit": api.Permit(case(7), "Ed25519", payload, key.sign(payload)),
    } | (answer or {})  # fmt: skip
    return msgspec.json.encode(told)


def _fits(body: bytes, terminal: str = "window-03", key: bytes = PUBLIC) -> bool:
    prepared = wire.handover(body)
    assert prepared is not None
    return wire.fits_permit(wire.with_terms(prepared, key), _preparation(), terminal, BOOT)


def test_a_permit_that_fits() -> None:
    assert _fits(_prepared())
    kept = wire.handover(_prepared())
    assert kept is not None and wire.handover(wire.kept_handover(kept)) == kept


_FEWER = [{"article_id": case(6), "unit_id": "licence_paper-50010001"}]
_OTHER = [*_FEWER, {"article_id": case(5), "batch_id": "B-1", "first_no": 41000126, "count": 24}]


@pytest.mark.parametrize(
    "body",
    [
        _prepared(Ed25519PrivateKey.from_private_bytes(b"q" * 32)),
        _prepared(permit_id=case(3)),
        _prepared(handover_id=case(3)),
        _prepared(case_id=case(3)),
        _prepared(terminal_id="window-04"),
        _prepared(window="w-04"),
        _prepared(boot="another-run"),
        _prepared(lines=_FEWER),
        _prepared(lines=_OTHER),
        _prepared(answer={"lines": _FEWER}),
        _prepared(answer={"lines": _FEWER}, lines=_FEWER),
        _prepared(expires_at=(START + timedelta(days=20)).isoformat()),
        _prepared(answer={"permit": None}),
        _prepared(answer={"state": "ABORTED"}),
        _prepared(answer={"id": case(3)}),
        _prepared(answer={"permit": {"id": case(7), "alg": "Ed25519", "payload": "e30=", "sig": "AAAA"}}),
    ],
)
def test_a_permit_that_does_not_fit(body: bytes) -> None:
    assert not _fits(body)


def test_a_permit_for_nobody() -> None:
    assert not _fits(_prepared(), terminal="window-04")
    assert not _fits(_prepared(), key=b"") and not _fits(_prepared(), key=b"x" * 32)
