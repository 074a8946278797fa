"""What the drafts of this machine build on: the form that both sides had, for the day when another terminal changed
it too.

``version`` 0: the platform has more than the visit at this terminal has seen (another terminal's answers were put to
its own), so that nothing of this visit is sent without a look at what is there. ``joined`` is this terminal's own
form while its answers, put together with the other side's, are on their way.
"""

from dataclasses import dataclass

from kiosk.domain.case import OpeningForm
from kiosk.domain.draft_split import DraftSplit
from kiosk.domain.ids import CaseId
from kiosk.domain.private import Private
from kiosk.faults import FaultCode

from . import mirror, outbox, outcomes, wire
from .driver import Database
from .outbox import Sealed
from .wire import sent


@dataclass(frozen=True, slots=True, repr=False)
class Base(Private):
    """What this terminal's draft of a case builds on."""

    version: int
    form: OpeningForm
    joined: OpeningForm | None = None


def base(db: Database, case_id: CaseId) -> Base | None:
    """What the draft builds on; None: the platform knows nothing of the case, as far as this machine knows."""
    row = db.execute("SELECT version, form, joined FROM bases WHERE case_id = ?", [case_id]).fetchone()
    if row is None:
        return None
    form = wire.form_of(bytes(row[1]))
    joined = None if row[2] is None else wire.form_of(bytes(row[2]))
    return None if form is None else Base(int(row[0]), form, joined)


def build_on(db: Database, case_id: CaseId, version: int, form: OpeningForm) -> None:
    """From now on drafts of the case build on this."""
    db.execute(
        "INSERT INTO bases VALUES (?, ?, ?, NULL) ON CONFLICT (case_id)"
        " DO UPDATE SET version = excluded.version, form = excluded.form, joined = NULL",
        [case_id, version, sent.kept_form(form)],
    )


def begin(db: Database, case_id: CaseId) -> None:
    """The first draft of a visit builds on what the platform last said; later ones on what was known then."""
    if db.execute("SELECT 1 FROM bases WHERE case_id = ?", [case_id]).fetchone() is None:
        build_on_mirror(db, case_id)


def build_on_mirror(db: Database, case_id: CaseId) -> None:
    """What the platform last said was seen."""
    body = mirror.body(db, case_id)
    said = None if body is None else wire.mirrored(body)
    if said is not None and not said.masked:
        build_on(db, case_id, said.case.version, said.case.form)


def forget(db: Database, case_id: CaseId) -> None:
    """The case is wiped."""
    db.execute("DELETE FROM bases WHERE case_id = ?", [case_id])


def went(db: Database, sealed: Sealed, version: int) -> None:
    """A draft arrived: what follows builds on it. After one that was put together, only on this terminal's part."""
    known = base(db, sealed.case_id)
    if sealed.version is not None and known is not None and known.joined is not None:
        build_on(db, sealed.case_id, 0, known.joined)
    elif (form := wire.form_of(sealed.body)) is not None:
        build_on(db, sealed.case_id, version, form)


def join(db: Database, case_id: CaseId, mine: OpeningForm) -> None:
    """This terminal's form was put together with the other side's and is on its way."""
    db.execute("UPDATE bases SET joined = ? WHERE case_id = ?", [sent.kept_form(mine), case_id])


def reconsidered(db: Database, case_id: CaseId) -> None:
    """The visit goes on: what was put together and never sent is put together anew with what is saved now."""
    if not any(one.operation == "putDraft" and one.version is not None for one in outbox.live(db, case_id)):
        db.execute("UPDATE bases SET joined = NULL WHERE case_id = ?", [case_id])


def mine_of(sealed: Sealed, known: Base | None) -> OpeningForm | None:
    """What this terminal's people answered, in a draft as it was saved or as it was put together."""
    if sealed.version is not None and known is not None and known.joined is not None:
        return known.joined
    return wire.form_of(sealed.body)


def split(db: Database, case_id: CaseId) -> DraftSplit | None:
    """The three forms of a draft that waits for a person."""
    parked = next((task for task in outcomes.tasks(db) if task.case_id == case_id and task.deed == "putDraft"), None)
    said = mirror.case(db, case_id)
    if parked is None or parked.fault.code is not FaultCode.DRAFT_SPLIT or said is None:
        return None
    row = next((one for one in outbox.owed(db, case_id) if one.key == parked.id), None)
    known = base(db, case_id)
    mine = None if row is None else mine_of(row, known)
    theirs = wire.mirrored(said.body)
    if mine is None or theirs is None or theirs.masked:
        return None
    return DraftSplit(None if known is None else known.form, mine, theirs.case.form, said.version)
