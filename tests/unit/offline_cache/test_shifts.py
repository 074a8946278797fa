"""What the sheet of a hand-over says outlives the program, and the trail says whether a sheet came out."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.audit import AuditEvent, AuditKind
from kiosk.domain.ids import BatchId, StaffRef
from kiosk.domain.shift import KeptShift
from kiosk.rules.documents import samples
from offline_cache.ledger import CacheLedger

from .stores import START, Hands, ledger_at

COUNTED = KeptShift(
    replace(samples.SHIFT, incoming=StaffRef(""), taken_at=None),
    samples.KEPT_SHIFT.units, ((BatchId("B-0500019"), 41000201),), samples.KEPT_SHIFT.known, samples.BOOK.batches[:1],
)  # fmt: skip
TAKEN = replace(COUNTED, shift=samples.SHIFT)
FIELDS = {"shift": samples.SHIFT.id, "incoming": "0402", "differences": "1", "open": "2"}


def handed_over() -> AuditEvent:
    return AuditEvent(AuditKind.SHIFT_HANDED_OVER, START, "", "0317", FIELDS)


def printed(job: str) -> AuditEvent:
    fields = {"paper": "shift_sheet", "job": job, "result": "printed"}
    return AuditEvent(AuditKind.PRINTED, START, "", "0317", fields)


def kinds(ledger: CacheLedger) -> list[str]:
    """What stands in the trail."""
    with ledger._opened().read() as db:
        return [
            row[0] for row in db.execute("SELECT json_extract(CAST(body AS TEXT), '$.kind') FROM audit ORDER BY seq")
        ]


def test_what_was_counted_and_what_was_taken_are_found_after_a_restart(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        assert ledger.offered_shift() is None and ledger.last_shift() is None
        assert ledger.keep_shift(COUNTED) is None
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        assert ledger.offered_shift() == COUNTED and ledger.last_shift() is None
        assert ledger.keep_shift(TAKEN, handed_over()) is None
        assert kinds(ledger) == ["shift_handed_over"]
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        assert ledger.last_shift() == TAKEN and ledger.offered_shift() is None


def test_a_new_count_leaves_the_last_hand_over_where_it_is(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        ledger.keep_shift(TAKEN, handed_over())
        again = replace(COUNTED, shift=replace(COUNTED.shift, id="01JDSHIFTNEXT"))
        ledger.keep_shift(again)
        assert ledger.last_shift() == TAKEN and ledger.offered_shift() == again


def test_only_a_print_of_this_very_sheet_makes_it_printed(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        ledger.note(printed(TAKEN.shift.sheet_job))  # before it was taken: of nobody's hand-over
        ledger.keep_shift(TAKEN, handed_over())
        ledger.note(printed("shift_sheet-another"))
        assert ledger.last_shift() == TAKEN
        ledger.note(printed(TAKEN.shift.sheet_job))
        assert ledger.last_shift() == replace(TAKEN, printed=True)


def test_fact_and_entry_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        unknown = replace(handed_over(), fields={"nonsense": "x"})
        with pytest.raises(ValueError, match="nonsense"):
            ledger.keep_shift(TAKEN, unknown)
        assert ledger.last_shift() is None and kinds(ledger) == []
