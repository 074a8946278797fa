"""The window changes hands, and its answer is lost with the power: the sheet is found all the same."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.contracts.central_platform import GetChallenge
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.ids import StaffRef
from kiosk.faults import FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow.events import backroom as back
from kiosk.workflow.events import shift as shifts
from kiosk.workflow.shift_sheets import is_owed

from .counter import Counter, at
from .hall import Hall, ask
from .proxy import Proxy, Weather

pytestmark = pytest.mark.processes

NO_READER = FaultCode.DEVICE_CONFIGURATION  # this window has no devices: what a card would say is posted


def signed(counter: Counter, who: str) -> SignedChallenge:
    """What that person's card makes of a challenge."""
    ref = StaffRef(who)
    challenge = ask(counter.cache, GetChallenge(ref))
    assert isinstance(challenge, bytes)
    card = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demo-staff-card:" + who.encode()).digest())
    return SignedChallenge(ref, challenge, card.sign(b"QIBAN-STAFF-1" + challenge))


def offered(counter: Counter) -> None:
    """周示例 has counted and signed; the next clerk's card lies there."""
    counter.sign_in("0317")
    counter.did(shifts.ShiftAsked())
    counter.until(lambda d: d.room.live and d.room.shift.standing is not None, "book and standing")
    counter.did(back.MovementAsked())
    counter.did(ev.ChallengeSigned(signed(counter, "0317")))
    counter.until(lambda d: d.step == "take_shift", "the next clerk's turn")
    counter.did(back.SecondCardPut(StaffCard(StaffRef("0001"))))


def test_taken_without_our_hearing_it_is_the_last_hand_over_all_the_same(
    tmp_path: Path, hall: Hall, proxy: Proxy
) -> None:
    store = tmp_path / "window.db"
    counter = Counter(store, at(proxy.url, hall.permit_key))
    try:
        offered(counter)
        proxy.set(Weather.RESET_AFTER, lambda verb, where: verb == "POST" and where.endswith("/take"))
        counter.did(shifts.IncomingSigned(signed(counter, "0001"), signed(counter, "0001")))
        d = counter.until(lambda d: d.fault is not None and d.fault.code is not NO_READER, "an answer that is lost")
        assert d.fault is not None and d.fault.code is FaultCode.PLATFORM_OFFLINE, d.fault
        assert proxy.hits
        assert hall.rows("SELECT state, incoming FROM shift_handover") == [("TAKEN", "0001")]
        assert counter.cache.ledger.last_shift() is None, "nobody here has heard of it"
    finally:
        counter.close()
    counter = Counter(store, at(hall.url, hall.permit_key))
    try:
        counter.sign_in("0001")
        d = counter.until(lambda d: d.last_shift is not None, "the sheet of the last hand-over")
        assert is_owed(d) and d.last_shift is not None
        shift = d.last_shift.shift
        assert (shift.outgoing, shift.incoming) == ("0317", "0001") and shift.taken_at is not None
        assert counter.cache.ledger.offered_shift() is None, "it is known now, without the platform too"
    finally:
        counter.close()
