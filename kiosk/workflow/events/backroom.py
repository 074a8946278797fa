"""Events of a window away from the case on the desk: custody store, tasks, search, reports."""

from dataclasses import dataclass

from kiosk.contracts.custody import SecondPerson, UnitAct
from kiosk.contracts.ledger import ClosedAs, DeedStatus, LedgerTask
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.case import OpeningCase
from kiosk.domain.case_found import Hit
from kiosk.domain.case_story import FailedMessage, Message, Promise, ToldAs
from kiosk.domain.discrepancy import Discrepancy, Resolution
from kiosk.domain.ids import CaseId
from kiosk.domain.private import Private
from kiosk.domain.stock import Movement, StockBook, StockCount, StockKind
from kiosk.workflow.backroom import Story
from kiosk.workflow.machine import Event


# --- the custody store ---
@dataclass(frozen=True, slots=True)
class StoreAsked(Event):
    """保管库."""


@dataclass(frozen=True, slots=True)
class StoreRead(Event):
    """The book of the store; ``live``: read just now, else as this machine kept it. None: it never was read."""

    book: StockBook | None
    live: bool


@dataclass(frozen=True, slots=True)
class UnitAsked(Event):
    """办理一件: one thing, by its number."""


@dataclass(frozen=True, slots=True)
class UnitActed(Event):
    """Something is done with the thing on the desk, for a reason of the list."""

    act: UnitAct
    reason: str


@dataclass(frozen=True, slots=True)
class CountAsked(Event):
    """盘点 of one place."""

    place: str


@dataclass(frozen=True, slots=True)
class ReceiveAsked(Event):
    """入库 into one place."""

    place: str


@dataclass(frozen=True, slots=True)
class KindPicked(Event):
    """What is delivered; ``invoice_kind`` for invoices."""

    kind: StockKind
    invoice_kind: str = ""


@dataclass(frozen=True, slots=True)
class SendAsked(Event):
    """调拨 from one place to another."""

    origin: str
    target: str


@dataclass(frozen=True, slots=True)
class TransferPicked(Event):
    """What arrived of a transfer is taken in."""

    id: str


@dataclass(frozen=True, slots=True)
class CountPicked(Event):
    """A count whose differences are looked at, to close it."""

    id: str


@dataclass(frozen=True, slots=True)
class ScanDropped(Event):
    """The thing that was scanned last is taken off the desk again."""


@dataclass(frozen=True, slots=True)
class MovementAsked(Event):
    """What lies scanned is written down: counted, sent, taken in, or, with a delivery note, received by two."""

    document_ref: str = ""


@dataclass(frozen=True, slots=True)
class CountJudged(Event):
    """It is so, or it was counted wrongly; before two people."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class MovementTold(Event):
    """What became of the movement that was recorded."""

    status: DeedStatus


# --- two people ---
@dataclass(frozen=True, slots=True)
class SecondCardPut(Event):
    """The second person's card lies in the reader."""

    card: StaffCard


@dataclass(frozen=True, slots=True, repr=False)
class SecondSigned(Private, Event):
    """The second person's card signed a challenge of its own."""

    signed: SignedChallenge


@dataclass(frozen=True, slots=True, repr=False)
class SecondConfirmed(Private, Event):
    """The platform knows who confirms beside the clerk."""

    second: SecondPerson


@dataclass(frozen=True, slots=True)
class DoneTogether(Event):
    """What took two is done; ``figure``: how many it was about."""

    figure: int
    count: StockCount | None = None


@dataclass(frozen=True, slots=True)
class OwnCardBack(Event):
    """The clerk's own card lies in the reader again."""


# --- tasks ---
@dataclass(frozen=True, slots=True)
class TasksAsked(Event):
    """待办."""


@dataclass(frozen=True, slots=True)
class TasksListed(Event):
    """What is parked on this machine."""

    tasks: tuple[LedgerTask, ...]


@dataclass(frozen=True, slots=True)
class DiscrepanciesTold(Event):
    """What is open in the hall's book of contradictions."""

    items: tuple[Discrepancy, ...]


@dataclass(frozen=True, slots=True)
class FailedMessagesTold(Event):
    """Which messages reached nobody."""

    items: tuple[FailedMessage, ...]


@dataclass(frozen=True, slots=True)
class MessageSeenTo(Event):
    """The clerk has seen to a message that reached nobody."""

    id: str
    told_as: ToldAs


@dataclass(frozen=True, slots=True)
class MessageClosed(Event):
    """The platform knows that somebody has seen to it."""

    id: str


@dataclass(frozen=True, slots=True)
class TaskClosed(Event):
    """The clerk has seen to a parked deed."""

    id: str
    how: ClosedAs


@dataclass(frozen=True, slots=True, repr=False)
class SettleDiscrepancyAsked(Private, Event):
    """A supervisor says what a discrepancy was."""

    id: str
    resolution: Resolution
    words: str


# --- search ---
@dataclass(frozen=True, slots=True)
class SearchAsked(Event):
    """查办件."""


@dataclass(frozen=True, slots=True, repr=False)
class FragmentTyped(Private, Event):
    """What the clerk has of a case so far."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class CasesMatched(Private, Event):
    """What fits a fragment."""

    fragment: str
    hits: tuple[tuple[Hit, OpeningCase], ...]


@dataclass(frozen=True, slots=True)
class CaseViewed(Event):
    """A case is looked at from all sides."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, repr=False)
class StoryRead(Private, Event):
    """What this machine knows of a case."""

    story: Story


@dataclass(frozen=True, slots=True)
class PromisesTold(Event):
    """Every clock of the case."""

    items: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, repr=False)
class MessagesTold(Private, Event):
    """What the applicant was told."""

    items: tuple[Message, ...]


# --- reports ---
@dataclass(frozen=True, slots=True)
class ReportsAsked(Event):
    """台账与报表."""


@dataclass(frozen=True, slots=True)
class MovementsTold(Event):
    """The stock ledger of the day."""

    items: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class ReportAsked(Event):
    """One report as a workbook, as a PDF, or on paper."""

    report: str
    way: str


@dataclass(frozen=True, slots=True)
class ReportSaved(Event):
    """It is written, under that name."""

    name: str


__all__ = [
    "CaseViewed",
    "CasesMatched",
    "CountAsked",
    "CountJudged",
    "CountPicked",
    "DiscrepanciesTold",
    "DoneTogether",
    "FailedMessagesTold",
    "FragmentTyped",
    "KindPicked",
    "MessageClosed",
    "MessageSeenTo",
    "MessagesTold",
    "MovementAsked",
    "MovementTold",
    "MovementsTold",
    "OwnCardBack",
    "PromisesTold",
    "ReceiveAsked",
    "ReportAsked",
    "ReportSaved",
    "ReportsAsked",
    "ScanDropped",
    "SearchAsked",
    "SecondCardPut",
    "SecondConfirmed",
    "SecondSigned",
    "SendAsked",
    "SettleDiscrepancyAsked",
    "StoreAsked",
    "StoreRead",
    "StoryRead",
    "TaskClosed",
    "TasksAsked",
    "TasksListed",
    "TransferPicked",
    "UnitActed",
    "UnitAsked",
]
