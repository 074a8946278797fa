"""Signed orders on a store: followed once, never backwards, not from the disk of whoever changed it."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.contracts.beside import LeaveVisit
from kiosk.contracts.central_platform import Ask, FindCase, SignOut
from kiosk.contracts.ledger import DecideAcceptance, Deed, RecordHandover, SaveDraft, SubmitCase
from kiosk.contracts.platform_api import terminals as api
from kiosk.domain.acts import Act, WithoutNetwork
from kiosk.domain.case import OpeningForm
from kiosk.domain.ids import SlipCode
from kiosk.domain.orders import EVERYTHING, Mode, OfflineLimits, Standing, Why
from kiosk.faults import Fault, FaultCode
from kiosk.rules.orders import Place
from offline_cache import journal, mirror, policy
from offline_cache.ledger import CacheLedger, Keeper
from offline_cache.news import News
from offline_cache.orders import Keys, OrderBook

from .stores import START, Hands, case, store_at, told

ONE, TWO, CONFIG = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
PUBLIC = [key.public_key().public_bytes_raw() for key in (ONE, TWO, CONFIG)]
PLACE = Place("kiosk-01", "cq-demo-01", "SELF_SERVICE")


def signed(payload: bytes, *keys: Ed25519PrivateKey) -> tuple[api.Signature, ...]:
    return tuple(api.Signature(f"k{n}", "Ed25519", key.sign(payload)) for n, key in enumerate(keys))


def directive(seq: int, mode: str, *keys: Ed25519PrivateKey, **more: Any) -> api.Directive:
    says = {"terminal_id": "kiosk-01", "seq": seq, "mode": mode, "reason": "盘点", "until": None,
            "issued_at": START.isoformat()} | more  # fmt: skip
    payload = json.dumps(says).encode()
    return api.Directive(seq, payload, signed(payload, *keys))


def page(*orders: api.Directive) -> bytes:
    return msgspec.json.encode(api.Directives(orders, max((one.seq for one in orders), default=0)))


def manifest(version: int, hours: int = 4, key: Ed25519PrivateKey = CONFIG, **more: Any) -> bytes:
    says = {
        "version": version, "issued_at": START.isoformat(), "expires_at": (START + timedelta(days=92)).isoformat(),
        "audience": {"site_id": "cq-demo-01", "kind": None, "terminal": None}, "packs": {}, "app": None,
        "config": {"sla": {}, "offline": {"read_only_after_h": hours, "max_messages": 500, "max_blob_mb": 9}},
        "prev_sha256": "0" * 64,
    } | more  # fmt: skip
    payload = json.dumps(says).encode()
    return msgspec.json.encode(api.SignedManifest(version, payload, signed(payload, key)))


@contextmanager
def book(folder: Path, hands: Hands, online: bool = True) -> Iterator[OrderBook]:
    with store_at(folder / "s") as store:
        orders = OrderBook(PLACE, Keys((PUBLIC[2],), tuple(PUBLIC[:2])), hands.clock(), lambda: online, lambda: None)
        orders.use(store)
        yield orders


def reason(fault: Fault | None) -> str:
    assert fault is not None and fault.code is FaultCode.ORDER_INVALID
    return fault.details["reason"]


def test_orders_in_order_and_never_backwards(tmp_path: Path) -> None:
    old = page(directive(1, "READ_ONLY", ONE))
    with book(tmp_path, Hands()) as orders:
        assert orders.take_directives(old) is None
        assert orders.standing() == Standing(Mode.READ_ONLY, Why.ORDERED)
        assert orders.take_directives(page(directive(2, "NO_HANDOVER", TWO), directive(3, "NORMAL", ONE))) is None
        assert orders.standing() == EVERYTHING and orders.seq == 3
        assert reason(orders.take_directives(old)) == "rollback"
        assert reason(orders.take_directives(old)) == "rollback" and orders.ignored == 1, "counted once"
    with book(tmp_path, Hands()) as orders:
        assert orders.seq == 3 and reason(orders.take_directives(old)) == "rollback"


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (directive(1, "READ_ONLY"), "signature"),
        (directive(1, "READ_ONLY", CONFIG), "signature"),
        (directive(1, "LOCKED", ONE), "signature"),
        (directive(1, "WIPE", ONE, ONE), "signature"),
        (directive(1, "READ_ONLY", ONE, terminal_id="kiosk-02"), "audience"),
        (directive(1, "DANCE", ONE), "unreadable"),
        (directive(1, "READ_ONLY", ONE, issued_at="2026-03-12T10:00:00"), "unreadable"),
        (msgspec.structs.replace(directive(1, "READ_ONLY", ONE), payload=b"{}"), "unreadable"),
    ],
)
def test_an_order_that_does_not_fit_changes_nothing(tmp_path: Path, order: api.Directive, why: str) -> None:
    with book(tmp_path, Hands()) as orders:
        assert reason(orders.take_directives(page(order))) == why
        assert orders.standing() == EVERYTHING and orders.ignored == 1 and orders.seq == 0
        with orders._store.read() as db:  # type: ignore[union-attr]
            kinds = [json.loads(entry.body)["kind"] for entry in journal.entries(db)]
        assert kinds == ["order_ignored"]
        assert orders.take_directives(page(directive(2, "LOCKED", ONE, TWO))) is None
        assert orders.standing().mode is Mode.LOCKED


def test_configurations(tmp_path: Path) -> None:
    with book(tmp_path, Hands()) as orders:
        assert orders.take_manifest(manifest(2, hours=6)) is None and orders.version == 2
        assert orders.take_manifest(manifest(2, hours=6)) is None and orders.ignored == 0
        for body, why in (
            (manifest(1), "rollback"),
            (manifest(3, key=ONE), "signature"),
            (manifest(3, audience={"site_id": "elsewhere"}), "audience"),
            (b"{}", "unreadable"),
        ):
            assert reason(orders.take_manifest(body)) == why
        assert orders.limits() == OfflineLimits(timedelta(hours=6), 500, 9 * 2**20)
    with book(tmp_path, Hands()) as orders:
        assert orders.version == 2 and orders.limits() == OfflineLimits(timedelta(hours=6), 500, 9 * 2**20)
        assert orders.take_manifest(manifest(3, packs={"business_scope": "ab" * 32})) is None
        assert orders.edition("business_scope") == "ab" * 32 and orders.edition("banks") == ""


def test_a_program_that_is_too_old_only_answers_questions(tmp_path: Path) -> None:
    wants = manifest(1, app={"min": "2.0", "target": "2.1", "sha256": None})
    with book(tmp_path, Hands()) as orders:
        orders.runs("1.9")
        assert orders.take_manifest(wants) is None
        assert orders.standing() == Standing(Mode.READ_ONLY, Why.PROGRAM_TOO_OLD)
        assert orders.why_not_record(SubmitCase) is not None and orders.why_not_record(SaveDraft) is None
    with book(tmp_path, Hands()) as orders:  # updated, under the same configuration
        orders.runs("2.0.0")
        assert orders.standing() == EVERYTHING


def test_how_much_may_be_kept_is_the_configurations_word(tmp_path: Path) -> None:
    limits = OfflineLimits(timedelta(hours=4), 2, 100)
    with store_at(tmp_path / "s") as store:
        ledger = CacheLedger(
            store, Keeper("kiosk-01", ""), Hands().clock(), News(), lambda: None, lambda: False, limits=lambda: limits
        )
        assert not isinstance(ledger.keep_blob(b"x" * 60, "signature"), Fault)
        full = ledger.keep_blob(b"y" * 60, "signature")
        assert isinstance(full, Fault) and full.details == {"reason": "blobs-full"}
        kept = [ledger.record(SaveDraft(case(n), SlipCode("K7P-428"), OpeningForm()), told()) for n in range(3)]
        assert [isinstance(one, Fault) for one in kept] == [False, False, True]


def test_alone_for_too_long_also_over_a_restart(tmp_path: Path) -> None:
    hands = Hands()
    with book(tmp_path, hands) as orders:
        orders.take_manifest(manifest(1, hours=2))
        orders.heard()
        hands.advance(hours=1, minutes=59)
        assert orders.standing() == EVERYTHING
    with book(tmp_path, hands) as orders:
        hands.advance(minutes=7)
        assert orders.standing() == Standing(Mode.READ_ONLY, Why.OUT_OF_CONTACT)
        orders.heard()
        assert orders.standing() == EVERYTHING


def test_an_order_that_somebody_wrote_into_the_store_is_none(tmp_path: Path) -> None:
    with book(tmp_path, Hands()) as orders, orders._store.write() as db:  # type: ignore[union-attr]
        forged = msgspec.json.encode(directive(9, "LOCKED", CONFIG))
        mirror.remember(db, "order_directive", base64.b64encode(forged).decode())
        mirror.remember(db, "order_directive_seq", "9")
    with book(tmp_path, Hands()) as orders:
        assert orders.standing() == EVERYTHING


def test_what_happened_is_recorded_and_the_rest_by_the_table(tmp_path: Path) -> None:
    with book(tmp_path, Hands(), online=False) as orders:
        assert orders.why_not_record(SubmitCase) is None and orders.why_not_record(SaveDraft) is None
        refused = orders.why_not_record(DecideAcceptance)
        assert refused is not None and refused.code is FaultCode.NEEDS_NETWORK
        assert {Act.CHECK_NAME, Act.DECIDE_ACCEPTANCE, Act.PREPARE_HANDOVER} <= set(orders.barred())
        assert not {Act.SUBMIT, Act.FIND_CASE, Act.FINISH_HANDOVER, Act.BEGIN_VISIT} & set(orders.barred())
        orders.take_directives(page(directive(1, "LOCKED", ONE, TWO)))
        assert orders.why_not_record(RecordHandover) is None and orders.why_not_ask(SignOut) is None
        assert orders.why_not_record(SubmitCase) is not None and orders.why_not_ask(FindCase) is not None


def test_the_policy_knows_every_deed_and_every_question() -> None:
    assert {one.__name__ for one in policy.OF_DEED} == {one.__name__ for one in Deed.__subclasses__()}
    ends = (SignOut, LeaveVisit)  # may always be said
    assert {one.__name__ for one in (*policy.OF_QUESTION, *ends)} == {one.__name__ for one in Ask.__subclasses__()}
    assert policy.POLICY[Act.FINISH_HANDOVER] is WithoutNetwork.PERMIT
    assert policy.POLICY[Act.DECIDE_ACCEPTANCE] is WithoutNetwork.REFUSED
