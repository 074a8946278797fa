"""Questions about the custody store and about one case's promises and messages: which operations, in which order."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from kiosk.contracts import case_story as story
from kiosk.contracts import custody as ask
from kiosk.domain.case_story import FailedMessage, Message, Promise
from kiosk.domain.discrepancy import Discrepancy
from kiosk.domain.ids import idempotency_key
from kiosk.domain.stock import Movement, StockBook, StockCount
from kiosk.faults import Fault, FaultCode
from offline_cache import wire
from offline_cache.exchange import Trouble
from offline_cache.wire import sent, stock
from offline_cache.wire import story as told

from .staff import StaffDesk

V = TypeVar("V")
_PAGE = 200
_MOST_PAGES = 60  # of one list: 12,000 lines
_WHOLE = ("listUnits", "listBatches", "getShelf")
_NEWEST = (("listCounts", f"?limit={_PAGE}"), ("listTransfers", f"?open=1&limit={_PAGE}"), ("getStockLevels", ""))
OF_SECOND = {"unauthenticated", "second-person-required", "forbidden", "not-found"}


class Asking(Protocol):
    """What an answer here needs of the conversation."""

    def look(self, operation: str, query: str = "", **ids: str) -> bytes | Trouble:
        """The body of a read."""

    def act(
        self, operation: str, body: bytes, key: str, version: int | None, second: str, **ids: str
    ) -> bytes | Trouble:
        """One act, tried once more with the same key when the line broke under way."""

    @property
    def desk(self) -> StaffDesk:
        """Who is signed in, and who confirms beside."""

    def keep_stock(self, pages: stock.Pages) -> StockBook | Fault:
        """Onto the disk, for the time without network."""


def read_stock(at: Asking, question: ask.ReadStock) -> StockBook | Fault:  # noqa: ARG001
    """Every list of the store to its end."""
    pages: stock.Pages = {}
    for name in _WHOLE:
        bodies = _every_page(at, name)
        if isinstance(bodies, Fault):
            return bodies
        pages[name] = bodies
    for name, query in _NEWEST:
        body = at.look(name, query)
        if isinstance(body, Trouble):
            return body.fault
        pages[name] = [body]
    return at.keep_stock(pages)


def _every_page(at: Asking, name: str, query: str = "") -> list[bytes] | Fault:
    bodies: list[bytes] = []
    cursor: str | None = ""
    while cursor is not None and len(bodies) < _MOST_PAGES:
        body = at.look(name, f"?limit={_PAGE}{query}" + (f"&cursor={cursor}" if cursor else ""))
        if isinstance(body, Trouble):
            return body.fault
        bodies.append(body)
        cursor = stock.next_page(body)
    return bodies


def read_movements(at: Asking, question: ask.ReadMovements) -> tuple[Movement, ...] | Fault:
    """The ledger is numbered: the first line of the span is found by halving, then it is read to its end."""
    low, high = 0, 1
    while True:  # ``low``: the line behind it is too old, or there is none before; ``high``: young enough, or the end
        seen = _line_behind(at, high)
        if isinstance(seen, Fault):
            return seen
        if seen is None or seen.at >= question.since:
            break
        low, high = high, high * 2
    if low == 0:
        first = _line_behind(at, 0)
        if isinstance(first, Fault):
            return first
        high = 0 if first is None or first.at >= question.since else high
    while high - low > 1:
        middle = (low + high) // 2
        seen = _line_behind(at, middle)
        if isinstance(seen, Fault):
            return seen
        low, high = (low, middle) if seen is None or seen.at >= question.since else (middle, high)
    found: list[Movement] = []
    since, more = high, True
    while more and len(found) < _MOST_PAGES * _PAGE:
        page = _lines(at, since, _PAGE)
        if isinstance(page, Fault):
            return page
        lines, since, more = page
        found += [one for one in lines if one.at >= question.since]
    return tuple(found)


def _line_behind(at: Asking, seq: int) -> Movement | Fault | None:
    page = _lines(at, seq, 1)
    return page if isinstance(page, Fault) else (page[0][0] if page[0] else None)


def _lines(at: Asking, since: int, limit: int) -> tuple[tuple[Movement, ...], int, bool] | Fault:
    return read_answer(at.look("getStockLedger", f"?since={since}&limit={limit}"), stock.movements)


def read_discrepancies(at: Asking, question: ask.ReadDiscrepancies) -> tuple[Discrepancy, ...] | Fault:  # noqa: ARG001
    """What is open, newest first."""
    bodies = _every_page(at, "listDiscrepancies", "&open=1")
    if isinstance(bodies, Fault):
        return bodies
    found: list[Discrepancy] = []
    for body in bodies:
        page = read_answer(body, stock.discrepancies)
        if isinstance(page, Fault):
            return page
        found += page
    return tuple(found)


def confirm_second(at: Asking, question: ask.ConfirmSecond) -> ask.SecondPerson | Fault:
    """The token stays at the staff desk until the one act that uses it."""
    answer = at.act("openSecondPerson", sent.second_person(question), "", None, "")
    if isinstance(answer, Trouble) and answer.fault.details.get("slug") in OF_SECOND:
        return Fault(FaultCode.SECOND_PERSON_WRONG, answer.fault.details)
    said = read_answer(answer, wire.second_person)
    if isinstance(said, Fault):
        return said
    at.desk.keep_second(said.token)
    return said.person


def receive_goods(at: Asking, question: ask.ReceiveGoods) -> int | Fault:
    """All of a delivery or nothing."""
    return _together(at, "receiveStock", stock.goods_received(question), question.id, None, stock.received)


def void_unit(at: Asking, question: ask.VoidUnit) -> bool | Fault:
    """No good any more."""
    body, unit_id = stock.moved_unit(question), str(question.unit_id)
    done = _together(at, "voidUnit", body, question.id, question.version, stock.unit, unit_id=unit_id)
    return done if isinstance(done, Fault) else True


def close_count(at: Asking, question: ask.CloseCount) -> StockCount | Fault:
    """What was found is so, or was counted wrongly."""
    body = stock.count_closed(question)
    return _together(at, "closeCount", body, question.id, question.version, stock.stock_count, id=question.count_id)


def settle_discrepancy(at: Asking, question: ask.SettleDiscrepancy) -> Discrepancy | Fault:
    """What it was, in words."""
    body, number = stock.settled(question), question.discrepancy_id
    return _together(at, "settleDiscrepancy", body, question.id, question.version, stock.discrepancy, id=number)


def _together(
    at: Asking, operation: str, body: bytes, act: str, version: int | None, read: Callable[[bytes], V | None],
    **ids: str,
) -> V | Fault:  # fmt: skip
    """An act of two people: the second one's word is used up by it, whatever the answer."""
    second = at.desk.take_second()
    if not second:
        return Fault(FaultCode.SECOND_PERSON_WRONG)
    answer = read_answer(at.act(operation, body, idempotency_key(operation, act), version, second, **ids), read)
    if isinstance(answer, Fault) and answer.code is FaultCode.PLATFORM_REFUSED:
        slug = answer.details.get("slug", "")
        return Fault(FaultCode.SECOND_PERSON_WRONG if slug in OF_SECOND else FaultCode.STOCK_REFUSED, answer.details)
    return answer


def read_clocks(at: Asking, question: story.ReadClocks) -> tuple[Promise, ...] | Fault:
    """Every promise of a case."""
    return read_answer(at.look("getClocks", case_id=question.case_id), told.promises)


def read_messages(at: Asking, question: story.ReadMessages) -> tuple[Message, ...] | Fault:
    """What the applicant was told."""
    return read_answer(at.look("listNotifications", case_id=question.case_id), told.messages)


def read_failed_messages(at: Asking, question: story.ReadFailedMessages) -> tuple[FailedMessage, ...] | Fault:  # noqa: ARG001
    """What reached nobody."""
    return read_answer(at.look("listFailedMessages"), told.failed_messages)


def close_failed_message(at: Asking, question: story.CloseFailedMessage) -> bool | Fault:
    """Seen to. What somebody else has seen to meanwhile is seen to."""
    key = idempotency_key("closeFailedMessage", question.act)
    body = sent.message_closed(question.told_as)
    answer = read_answer(at.act("closeFailedMessage", body, key, None, "", id=question.id), told.closing)
    seen_to = isinstance(answer, Fault) and answer.details.get("slug") == "wrong-state"
    return True if seen_to else answer


def read_answer(answer: bytes | Trouble, read: Callable[[bytes], V | None]) -> V | Fault:
    """What was said, understood; or why not."""
    if isinstance(answer, Trouble):
        return answer.fault
    value = read(answer)
    return Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"}) if value is None else value


ANSWERS: dict[type[Any], Callable[[Any, Any], Any]] = {
    ask.ReadStock: read_stock,
    ask.ReadMovements: read_movements,
    ask.ReadDiscrepancies: read_discrepancies,
    ask.ConfirmSecond: confirm_second,
    ask.ReceiveGoods: receive_goods,
    ask.VoidUnit: void_unit,
    ask.CloseCount: close_count,
    ask.SettleDiscrepancy: settle_discrepancy,
    story.ReadClocks: read_clocks,
    story.ReadMessages: read_messages,
    story.ReadFailedMessages: read_failed_messages,
    story.CloseFailedMessage: close_failed_message,
}
