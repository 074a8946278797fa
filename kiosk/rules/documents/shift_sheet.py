"""交接单: what one clerk left at a window and another took over, as both signed for it with their cards.

Staff numbers stand in it and nobody else: open work by queue number and slip code, things by their own numbers.
"""

from dataclasses import replace

from kiosk.domain.document import Clause, Document, DocumentKind, Section, Text, word
from kiosk.domain.shift import KeptShift, Shift

from .parts import Issuing, document, fields, minute, plain_reference, section, signature
from .stock import THINGS, rows_of, table

_SIGNERS = (signature("outgoing"), signature("incoming"))


def shift_sheet(kept: KeptShift, issuing: Issuing) -> Document:
    """The sheet of a shift that was taken over; one that came out before says so."""
    shift = kept.shift
    found = rows_of(kept.known, kept.batches)
    strange = sorted(set(kept.units) - {one.id for one in kept.known})
    found += tuple((word("shift.stranger"), one.partition("-")[2], "1", word("shift.not_in_book")) for one in strange)
    taken = shift.taken_at or shift.counted_at
    verdict = word("shift.differs" if shift.differences else "shift.agrees")
    parts = [
        Section(fields(
            ("window", shift.window), ("outgoing", shift.outgoing), ("incoming", shift.incoming),
            ("counted_at", minute(shift.counted_at)), ("shift_taken_at", minute(taken)),
        )),
        section("shift_open", table(("open_work", "count", "number"), _open(shift))),
        section("shift_drawer", table(THINGS, found)),
        section("shift_differs", table(("difference", "number"), _differences(shift))),
        Section((Clause(word("shift.signed")), Clause(verdict))),
    ]  # fmt: skip
    number = f"SHIFT-{shift.window}-{taken:%Y%m%d-%H%M}"
    made = document(
        DocumentKind.SHIFT_SHEET, issuing, parts, number=number, signatures=_SIGNERS,
        qr=plain_reference("shift", shift.id),
    )  # fmt: skip
    return replace(made, watermarks=(*made.watermarks, word("watermark.again"))) if kept.printed else made


def _open(shift: Shift) -> tuple[tuple[Text, ...], ...]:
    return tuple((word(f"open_work.{one.kind.value}"), str(one.count), "  ".join(one.refs)) for one in shift.open)


def _differences(shift: Shift) -> tuple[tuple[Text, ...], ...]:
    rows: list[tuple[Text, ...]] = [(word("column.missing"), one.partition("-")[2]) for one in shift.missing]
    rows += [(word("column.surplus"), one.partition("-")[2] or one) for one in shift.surplus]
    for box in shift.batches:
        counted: Text = f"{box.counted:08d}" if box.counted is not None else word("shift.not_there")
        rows.append((word("shift.box"), word("shift.box_numbers", book=f"{box.expected:08d}", counted=counted)))
    return tuple(rows)
