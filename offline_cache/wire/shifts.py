"""The hand-over of a shift on the wire."""

import msgspec

from kiosk.contracts import shifts as ask
from kiosk.contracts.platform_api import shifts as wire
from kiosk.contracts.platform_api import stock
from kiosk.domain.ids import BatchId, SlipCode, StaffRef, WindowId
from kiosk.domain.shift import KeptShift, LastShift, OpenKind, OpenLine, Shift, WindowStanding
from kiosk.domain.stock import BatchDiffers

from .reading import read


def standing(body: bytes) -> WindowStanding | None:
    """getWindowStanding."""

    def make(said: wire.WindowStanding) -> WindowStanding:
        one = said.last
        last = (
            None if one is None else LastShift(one.id, StaffRef(one.outgoing), StaffRef(one.incoming), one.taken_at)
        )
        return WindowStanding(said.tickets, tuple(SlipCode(slip) for slip in said.handovers), last)

    return read(wire.WindowStanding, make, body)


def shift(body: bytes) -> Shift | None:
    """offerShift, takeShift."""

    def make(said: wire.Shift) -> Shift:
        return Shift(
            said.id, WindowId(said.window_id), StaffRef(said.outgoing), said.counted_at, said.expected, said.missing,
            said.surplus, tuple(BatchDiffers(BatchId(one.id), one.expected, one.counted) for one in said.batches),
            tuple(OpenLine(OpenKind(one.kind), one.count, one.refs) for one in said.open), StaffRef(said.incoming),
            said.taken_at,
        )  # fmt: skip

    return read(wire.Shift, make, body)


def offered(question: ask.OfferShift) -> bytes:
    """offerShift."""
    return msgspec.json.encode(
        wire.OfferShift(
            id=question.id, at=question.at, challenge=question.challenge, signature=question.signature,
            units=tuple(question.units),
            batches=tuple(stock.BatchSeen(batch, next_no) for batch, next_no in question.batches),
            open=tuple(wire.OpenLineSent(one.kind.value, one.count, one.refs) for one in question.open),
        )
    )  # fmt: skip


def taken(question: ask.TakeShift) -> bytes:
    """takeShift."""
    return msgspec.json.encode(wire.TakeShift(incoming=question.incoming))


def kept_shift(kept: KeptShift) -> bytes:
    """As it is kept on this machine."""
    return msgspec.json.encode(kept)


def shift_kept(body: bytes) -> KeptShift | None:
    """The same, read back; None: another program kept it, and its sheet is lost."""
    try:
        return msgspec.json.decode(body, type=KeptShift)
    except msgspec.MsgspecError:
        return None
