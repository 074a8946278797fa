"""What the window remembers of the custody store, the tasks and a search while a clerk works there. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from kiosk.contracts.custody import ReceivedBatch, SecondPerson, TwoPeople
from kiosk.contracts.ledger import DeedStatus, LedgerTask, TrailLine
from kiosk.contracts.smart_card import StaffCard
from kiosk.domain.case import OpeningCase
from kiosk.domain.case_found import Hit
from kiosk.domain.case_story import FailedMessage, Message, Promise
from kiosk.domain.discrepancy import Discrepancy
from kiosk.domain.ids import BatchId, UnitId
from kiosk.domain.private import Private
from kiosk.domain.stock import Movement, StockBook, StockCount, StockKind, StockUnit, Transfer

from .shift_work import ShiftWork


@dataclass(frozen=True, slots=True)
class Scanned:
    """What lies scanned on the desk for one movement."""

    units: tuple[UnitId, ...] = ()
    boxes: tuple[tuple[BatchId, int], ...] = ()  # batch and the number that was scanned of it
    serials: tuple[str, ...] = ()  # of a delivery
    batch: ReceivedBatch | None = None  # of a delivery
    last: str = ""  # what was scanned last, as it was read

    @property
    def count(self) -> int:
        """How many things, a batch being one."""
        return len(self.units) + len(self.boxes) + len(self.serials) + (self.batch is not None)


@dataclass(frozen=True, slots=True, repr=False)
class Story(Private):
    """What is told of one case beyond the case; None: not heard yet."""

    case: OpeningCase
    promises: tuple[Promise, ...] | None = None
    messages: tuple[Message, ...] | None = None
    trail: tuple[TrailLine, ...] = ()
    deeds: tuple[DeedStatus, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Backroom(Private):
    """State of everything at the window that is no case on the desk."""

    book: StockBook | None = None
    live: bool = False  # the book was read in this visit to the store
    reading: bool = False
    place: str = ""  # where is counted, sent from or received
    target: str = ""
    kind: StockKind = StockKind.LICENCE_PAPER
    invoice_kind: str = "007"
    scanned: Scanned = Scanned()
    unit: StockUnit | None = None
    transfer: Transfer | None = None
    count: StockCount | None = None
    deed: DeedStatus | None = None  # of the movement that was recorded last
    done: str = ""  # what was just done, for the line that says so
    figure: int = 0  # how many it was about
    waiting: TwoPeople | None = None  # what the second person is asked for
    origin: str = ""  # the step that asked
    second_card: StaffCard | None = None
    second: SecondPerson | None = None
    own_back: bool = False  # the clerk's own card lies there again
    tasks: tuple[LedgerTask, ...] = ()
    discrepancies: tuple[Discrepancy, ...] | None = None  # None: not heard, or not this clerk's to see
    messages: tuple[FailedMessage, ...] = ()  # that reached nobody, as far as was heard
    fragment: str = ""
    hits: tuple[tuple[Hit, OpeningCase], ...] = ()
    story: Story | None = None
    movements: tuple[Movement, ...] | None = None
    day: date | None = None
    shift: ShiftWork = ShiftWork()
    saved: str = ""  # name of the report that was written last

    @property
    def open_tasks(self) -> int:
        """How many things wait for a person here and in the hall."""
        return len(self.tasks) + len(self.messages) + len(self.discrepancies or ())

    def cleared(self) -> "Backroom":
        """Nothing on the desk any more; the book and the tasks stay known."""
        return Backroom(
            self.book, self.live, tasks=self.tasks, discrepancies=self.discrepancies, messages=self.messages
        )

    def next_movement(self) -> "Backroom":
        """The same work again with the next things."""
        return replace(self, scanned=Scanned(), unit=None, deed=None, done="", figure=0, waiting=None, second=None)


MANAGES = frozenset({"keeper", "supervisor"})  # roles that see discrepancies and the stock ledger
