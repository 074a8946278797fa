"""Reports of the custody store that a keeper signs: stock list, movements of a day, reconciliation of a day.

No person stands in them but the staff numbers of who moved what.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kiosk.domain.discrepancy import Discrepancy
from kiosk.domain.document import Block, Clause, Document, DocumentKind, Section, Table, Text, word
from kiosk.domain.stock import HELD, Movement, PlaceCounted, StockBatch, StockBook, StockKind, StockUnit, UnitState
from kiosk.rules.custody import batches_at

from .parts import Issuing, day, document, field, minute, plain_reference, section, signature

_SIGNERS = (signature("keeper"), signature("supervisor"))


def stock_list(book: StockBook, issuing: Issuing) -> Document:
    """库存清单: every place with its things in rows of numbers, and the free ones against the threshold."""
    parts = [Section((field("as_of", minute(book.as_of)), field("held_things", str(_held(book)))))]
    levels = tuple(
        (word(f"stock_kind.{one.kind.value}"), str(one.free), str(one.low_below), _low(one.low))
        for one in book.levels
    )
    parts.append(section("stock_levels", table(("stock_kind", "free", "low_below", "state"), levels)))
    for place in _places(book):
        parts.append(Section((field("place", place), table(THINGS, _things(book, place)))))
    return _report(DocumentKind.STOCK_LIST, parts, issuing, issuing.at.date())


def movements_of_day(movements: Sequence[Movement], on: date, issuing: Issuing) -> Document:
    """当日出入库明细: every line of the ledger of one day, with who moved it and who confirmed."""
    rows = tuple(
        (
            str(one.seq), f"{one.at:%H:%M:%S}", word(f"movement.{one.kind}"), _numbers(one), str(one.count),
            one.place, "/".join(who for who in (one.by, one.second) if who) or word("stock.machine"),
        )
        for one in movements
    )  # fmt: skip
    columns = ("no", "time", "movement", "number", "quantity", "place", "staff")
    parts = [
        Section((field("day", day(on)), field("lines", str(len(movements))))),
        section("movements", table(columns, rows)),
    ]
    return _report(DocumentKind.STOCK_MOVEMENTS, parts, issuing, on)


def reconciliation(
    book: StockBook, movements: Sequence[Movement], open_ones: Sequence[Discrepancy], on: date, issuing: Issuing
) -> Document:
    """日清日结: what moved by kind, which places were counted and which not, and every difference with its owner."""
    moved = Counter(one.kind for one in movements)
    totals = tuple((word(f"movement.{kind}"), str(number)) for kind, number in sorted(moved.items()))
    places = tuple(
        (
            one.place, str(one.holds),
            minute(one.counted_at) if one.counted_at else word("stock.never"),
            word(f"stock.{_counted(one)}"),
        )
        for one in book.places
    )  # fmt: skip
    differ = tuple(
        (
            word(f"discrepancy.{one.subject}"), minute(one.opened_at), word(f"owner.{one.owner}"),
            str(len(one.missing)), str(len(one.surplus)),
        )
        for one in open_ones
    )  # fmt: skip
    parts = [
        Section((field("day", day(on)), field("as_of", minute(book.as_of)))),
        section("movement_totals", table(("movement", "lines"), totals)),
        section("places_counted", table(("place", "holds", "counted_at", "state"), places)),
        section("differences", table(("difference", "opened_at", "owner", "missing", "surplus"), differ)),
    ]
    return _report(DocumentKind.STOCK_RECONCILIATION, parts, issuing, on)


def _counted(place: PlaceCounted) -> str:
    """Whether a place was counted today, is still to be, or holds nothing that could be counted."""
    return "due" if place.due else "counted" if place.counted_at else "empty"


def _report(kind: DocumentKind, parts: Sequence[Section], issuing: Issuing, on: date) -> Document:
    number = f"{kind.value.removeprefix('stock_').upper()}-{on:%Y%m%d}"
    return document(
        kind, issuing, parts, number=number, signatures=_SIGNERS, qr=plain_reference("report", number)
    )  # fmt: skip


THINGS = ("stock_kind", "from_to", "quantity", "state")


def _held(book: StockBook) -> int:
    return sum(1 for one in book.units if one.state in HELD)


def _low(low: bool) -> Text:
    return word("stock.low" if low else "stock.enough")


def _places(book: StockBook) -> tuple[str, ...]:
    known = [one.place for one in book.places]
    return tuple(place for place in known if _things(book, place))


def _things(book: StockBook, place: str) -> tuple[tuple[Text, ...], ...]:
    return rows_of([one for one in book.units if one.place == place], batches_at(book, place))


def rows_of(units: Sequence[StockUnit], batches: Sequence[StockBatch]) -> tuple[tuple[Text, ...], ...]:
    """Rows of numbers: things of one kind and state with consecutive numbers stand in one line."""
    rows: list[tuple[Text, ...]] = []
    for kind in StockKind:
        for state in (*HELD_IN_ORDER,):
            mine = [u for u in units if u.kind is kind and u.state is state]
            rows += [
                (word(f"stock_kind.{kind.value}"), _span(first, last), str(count), word(f"unit_state.{state.value}"))
                for first, last, count in runs(mine)
            ]
    for batch in batches:
        numbers = word("stock.batch", code=batch.code, first=f"{batch.next_no:08d}", last=f"{batch.last_no:08d}")
        state_word = word(f"unit_state.{batch.state.value}")
        rows.append((word("stock_kind.invoice_volume"), numbers, str(batch.left), state_word))
    return tuple(rows)


HELD_IN_ORDER = (
    UnitState.IN_STOCK, UnitState.RESERVED, UnitState.BOUND, UnitState.RETURNED, UnitState.QUARANTINED,
)  # fmt: skip


def runs(units: Sequence[StockUnit]) -> tuple[tuple[str, str, int], ...]:
    """Consecutive numbers of the same length together: first, last, how many."""
    found: list[tuple[str, str, int]] = []
    for serial in sorted((one.serial for one in units), key=lambda one: (len(one), one)):
        if found and serial.isdigit() and found[-1][1].isdigit() and len(serial) == len(found[-1][1]):
            first, last, count = found[-1]
            if int(serial) == int(last) + 1:
                found[-1] = (first, serial, count + 1)
                continue
        found.append((serial, serial, 1))
    return tuple(found)


def _span(first: str, last: str) -> Text:
    return first if first == last else word("invoice.range", first=first, last=last)


def _numbers(one: Movement) -> Text:
    if one.first_no is None:
        return one.what
    last = one.first_no + one.count - 1
    return word("stock.batch", code=one.what, first=f"{one.first_no:08d}", last=f"{last:08d}")


def table(columns: tuple[str, ...], rows: tuple[tuple[Text, ...], ...]) -> Block:
    """The rows, or one sentence that there are none."""
    if not rows:
        return Clause(word("stock.none"))
    return Table(tuple(word(f"column.{name}") for name in columns), rows)
