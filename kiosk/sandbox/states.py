"""The state machines as tables: pure, no case in hand. Whoever moves a thing asks here first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Machine:
    """(state, event) → next state; anything else is not possible."""

    initial: str
    moves: Mapping[tuple[str, str], str]

    def after(self, state: str, event: str) -> str | None:
        """The next state, or None when the event is impossible here."""
        return self.moves.get((state, event))

    def sources(self, event: str) -> tuple[str, ...]:
        """Every state in which the event is possible."""
        return tuple(state for state, name in self.moves if name == event)

    def target(self, event: str) -> str:
        """Where an event leads that leads to one state only."""
        (target,) = {after for (_, name), after in self.moves.items() if name == event}
        return target

    @property
    def states(self) -> frozenset[str]:
        """Every state that occurs."""
        return frozenset({self.initial, *(s for s, _ in self.moves), *self.moves.values()})

    @property
    def events(self) -> frozenset[str]:
        """Every event that occurs."""
        return frozenset(event for _, event in self.moves)


def _table(*rows: tuple[str, str, str]) -> dict[tuple[str, str], str]:
    return {(state, event): target for sources, event, target in rows for state in sources.split()}


CASE = Machine("DRAFT", _table(
    ("DRAFT", "await_signatures", "SIGNING"),  # everything is there but the signatures of absent people
    ("DRAFT SIGNING", "submit_online", "SUBMITTED"),
    ("DRAFT SIGNING", "submit_at_window", "RECEIVED"),
    ("SUBMITTED RECEIVED", "accept", "ACCEPTED"),
    ("SUBMITTED RECEIVED", "correction", "RETURNED"),
    ("SUBMITTED RECEIVED", "not_accept", "NOT_ACCEPTED"),
    ("ACCEPTED", "take_up", "IN_REVIEW"),
    ("ACCEPTED", "start_phased", "APPROVED"),  # the company is there already: its items begin at once
    ("IN_REVIEW", "approve", "APPROVED"),
    ("IN_REVIEW", "refuse", "REFUSED"),
    ("IN_REVIEW", "return", "RETURNED"),  # an approver finds what is missing: ends this acceptance
    ("IN_REVIEW", "suspend", "SUSPENDED"),
    ("SUSPENDED", "resume", "IN_REVIEW"),
    ("APPROVED", "prepare", "PREPARING"),
    ("READY", "spoil", "PREPARING"),  # something on the shelf is not what it should be
    ("PREPARING", "all_prepared", "READY"),
    ("APPROVED PREPARING", "all_done", "CLOSED"),
    ("READY PARTLY_COLLECTED", "hand_over_all", "CLOSED"),
    ("READY PARTLY_COLLECTED", "hand_over_some", "PARTLY_COLLECTED"),
    ("CLOSED PARTLY_COLLECTED", "reverse", "READY"),
    ("READY PARTLY_COLLECTED", "spoil", "PREPARING"),  # a thing of the bundle is no good: another is made
    ("DRAFT SIGNING SUBMITTED RECEIVED ACCEPTED", "withdraw", "WITHDRAWN"),
    ("DRAFT SIGNING", "expire", "EXPIRED"),
    ("ACCEPTED IN_REVIEW SUSPENDED APPROVED PREPARING READY", "terminate", "TERMINATED"),
))  # fmt: skip

COLLECTABLE = ("READY", "PARTLY_COLLECTED")  # cases whose things lie on the shelf

ITEM = Machine("NOT_REQUESTED", _table(
    ("NOT_REQUESTED", "choose", "PENDING"),
    ("PENDING", "start", "IN_REVIEW"),
    ("PENDING IN_REVIEW SUSPENDED APPROVED PREPARING PREPARED", "cancel", "CANCELLED"),
    ("IN_REVIEW", "approve", "APPROVED"),
    ("IN_REVIEW", "refuse", "REFUSED"),
    ("IN_REVIEW", "return", "RETURNED"),
    ("IN_REVIEW", "suspend", "SUSPENDED"),
    ("SUSPENDED", "resume", "IN_REVIEW"),
    ("APPROVED", "prepare", "PREPARING"),
    ("APPROVED", "done", "DONE"),
    ("PREPARING", "prepared", "PREPARED"),
    ("PREPARED", "spoil", "PREPARING"),
    ("PREPARED", "collect", "COLLECTED"),
    ("COLLECTED", "reverse", "PREPARED"),
))  # fmt: skip

ARTICLE = Machine("PLANNED", _table(
    ("PLANNED", "prepare", "PREPARED"),
    ("PREPARED", "spoil", "PLANNED"),
    ("PREPARED", "hand_over", "HANDED_OVER"),
    ("HANDED_OVER", "reverse", "PREPARED"),
))  # fmt: skip

UNIT = Machine("IN_TRANSIT", _table(
    ("IN_TRANSIT RETURNED", "store", "IN_STOCK"),
    ("IN_STOCK", "send", "IN_TRANSIT"),
    ("IN_STOCK", "reserve", "RESERVED"),
    ("RESERVED", "release", "IN_STOCK"),
    ("RESERVED", "bind", "BOUND"),
    ("RESERVED BOUND", "hand_over", "HANDED_OVER"),
    ("RETURNED", "keep_bound", "BOUND"),  # a written device that came back by post is still its company's
    ("IN_STOCK RESERVED BOUND", "quarantine", "QUARANTINED"),
    ("QUARANTINED", "clear", "IN_STOCK"),
    ("QUARANTINED RETURNED", "clear_bound", "BOUND"),  # a written device goes back to its own company only
    ("QUARANTINED RETURNED", "void", "VOID"),
    ("HANDED_OVER", "give_back", "RETURNED"),
    ("IN_TRANSIT IN_STOCK RESERVED BOUND QUARANTINED RETURNED", "lose", "LOST"),
    ("LOST", "find", "IN_STOCK"),
    ("LOST", "find_made", "QUARANTINED"),  # made for a case that has got another meanwhile
))  # fmt: skip

HANDOVER = Machine("PREPARED", _table(
    ("PREPARED", "hand_over", "HANDED_OVER"),
    ("PREPARED", "abort", "ABORTED"),
    ("HANDED_OVER", "reverse", "REVERSED"),
))  # fmt: skip  # time has no row here: an expired permit fences the terminal and frees nothing

BATCH = Machine("IN_TRANSIT", _table(
    ("IN_TRANSIT", "store", "IN_STOCK"),
    ("IN_STOCK", "take", "IN_STOCK"),  # numbers leave at the front; what is left stays
    ("IN_STOCK", "split", "IN_STOCK"),  # a transfer cuts a range out
    ("IN_TRANSIT", "split", "IN_TRANSIT"),  # only a part of it arrived
    ("IN_STOCK", "send", "IN_TRANSIT"),
    ("IN_STOCK", "exhaust", "EXHAUSTED"),
    ("IN_STOCK", "quarantine", "QUARANTINED"),
    ("QUARANTINED", "clear", "IN_STOCK"),
    ("IN_TRANSIT QUARANTINED", "void", "VOID"),
))  # fmt: skip

DEVICE_ISSUE = Machine("IDENTIFIED", _table(
    ("IDENTIFIED", "submit", "SUBMITTED"),
    ("SUBMITTED", "begin", "ISSUING"),
    ("ISSUING", "issued", "ISSUED"),
    ("SUBMITTED ISSUING", "fail", "FAILED"),
    ("ISSUED", "match", "READ_BACK"),
    ("ISSUED", "mismatch", "MISMATCH"),
))  # fmt: skip

TERMINAL = Machine("ENROLLING", _table(
    ("ENROLLING", "apply", "PENDING"),
    ("PENDING", "approve", "ACTIVE"),
    ("PENDING", "reject", "REVOKED"),
    ("ACTIVE MAINTENANCE", "restrict", "RESTRICTED"),
    ("RESTRICTED MAINTENANCE SUSPENDED", "activate", "ACTIVE"),
    ("ACTIVE RESTRICTED", "maintain", "MAINTENANCE"),
    ("ACTIVE RESTRICTED MAINTENANCE", "suspend", "SUSPENDED"),
    ("PENDING ACTIVE RESTRICTED MAINTENANCE SUSPENDED", "revoke", "REVOKED"),
))  # fmt: skip

TICKET = Machine("WAITING", _table(
    ("WAITING", "call", "CALLED"),
    ("WAITING", "raise", "WAITING"),  # priority, with its reason
    ("CALLED", "recall", "CALLED"),
    ("CALLED", "start", "SERVING"),
    ("CALLED", "miss", "MISSED"),
    ("MISSED", "return", "WAITING"),  # once
    ("CALLED SERVING", "transfer", "WAITING"),
    ("SERVING", "finish", "DONE"),
    ("CALLED CLOSED", "finish", "DONE"),  # a fact: the start was never told, or the day had ended here before
    ("WAITING CALLED SERVING MISSED", "close", "CLOSED"),
))  # fmt: skip

DELIVERY = Machine("QUEUED", _table(
    ("QUEUED", "send", "SENT"),
    ("SENT", "deliver", "DELIVERED"),
    ("SENT", "again", "QUEUED"),  # the network said no: once more
    ("QUEUED SENT", "fail", "FAILED"),
))  # fmt: skip

FEEDBACK = Machine("OPEN", _table(
    ("OPEN ASSIGNED", "assign", "ASSIGNED"),
    ("ASSIGNED", "close", "CLOSED"),
))  # fmt: skip

BAD_REVIEW = Machine("OPEN", _table(
    ("OPEN UNREACHED", "reached", "REACHED"),
    ("OPEN UNREACHED", "unreached", "UNREACHED"),
    ("REACHED UNREACHED", "close", "CLOSED"),  # never without a call
))  # fmt: skip

BANK_APPOINTMENT = Machine("REQUESTED", _table(
    ("REQUESTED", "confirm", "CONFIRMED"),
    ("REQUESTED", "decline", "DECLINED"),
    ("REQUESTED CONFIRMED", "cancel", "CANCELLED"),
))  # fmt: skip

MAILING = Machine("POSTED", _table(
    ("POSTED", "deliver", "DELIVERED"),
    ("POSTED", "send_back", "RETURNED_TO_SENDER"),
))  # fmt: skip

ASSISTANCE = Machine("OPEN", _table(
    ("OPEN", "answer", "ANSWERED"),
    ("OPEN ANSWERED", "join", "JOINED"),
    ("JOINED", "leave", "DONE"),
    ("OPEN ANSWERED", "withdraw", "DONE"),  # whoever called needs nobody any more, or has left
    ("OPEN ANSWERED", "lapse", "DONE"),  # nobody came for so long that nobody waits any more
))  # fmt: skip

SIGNING_LINK = Machine("OPEN", _table(
    ("OPEN", "sign", "USED"),
    ("OPEN", "replace", "REPLACED"),
    ("OPEN", "close", "CLOSED"),  # too many wrong persons
))  # fmt: skip  # an old link is not moved by time: it is judged when somebody uses it

UPLOAD_LINK = Machine("WAITING", _table(
    ("WAITING", "receive", "RECEIVED"),
))  # fmt: skip

MATERIAL = Machine("HELD", _table(
    ("HELD REJECTED", "replace", "HELD"),
    ("HELD REJECTED", "fits", "RECOGNISED"),
    ("HELD RECOGNISED", "does_not_fit", "REJECTED"),
))  # fmt: skip

MATERIAL_REQUEST = Machine("OPEN", _table(
    ("OPEN", "receive", "RECEIVED"),
))  # fmt: skip

SHIFT = Machine("OFFERED", _table(
    ("OFFERED", "take", "TAKEN"),
    ("OFFERED", "replace", "REPLACED"),  # counted and signed anew
))  # fmt: skip

MACHINES: Mapping[str, Machine] = {
    "case": CASE, "item": ITEM, "article": ARTICLE, "stock_unit": UNIT, "invoice_batch": BATCH, "handover": HANDOVER,
    "device_issue": DEVICE_ISSUE, "terminal": TERMINAL, "ticket": TICKET,
    "delivery": DELIVERY, "feedback": FEEDBACK, "bad_review": BAD_REVIEW,
    "bank_appointment": BANK_APPOINTMENT, "mailing": MAILING, "assistance": ASSISTANCE,
    "signing_link": SIGNING_LINK, "upload_link": UPLOAD_LINK, "material": MATERIAL,
    "material_request": MATERIAL_REQUEST, "shift": SHIFT,
}  # fmt: skip

RUNNING_ITEMS = frozenset({"PENDING", "IN_REVIEW", "SUSPENDED", "APPROVED", "PREPARING"})


def outlook(item_states: Iterable[str], any_article: bool) -> str | None:
    """What the items make of a case in preparation: the event ``all_prepared`` or ``all_done``, or None: not yet."""
    states = tuple(item_states)
    if any(state in RUNNING_ITEMS for state in states):
        return None
    return "all_prepared" if any_article else "all_done"
