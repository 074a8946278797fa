"""What a window has done for it while a clerk fills in a form for the customer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.contracts import central_platform as ask
from kiosk.domain.acts import Act
from kiosk.domain.ids import CaseId, new_slip_code
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.entry_effects import ApplyAgain, BeginEntry
from kiosk.workflow.machine import Effect

from .offers import OfferHands
from .resumption import Resumption

if TYPE_CHECKING:
    from .hands import CommonHands


class EntryHands:
    """Part of the window's hands: the same questions that a visit at the terminal puts."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            BeginEntry: self._begin,
            ApplyAgain: self._apply_again,
            do.AskName: self._ask_name,
            do.FindScope: self._find_scope,
            **OfferHands(hands).table,
            **Resumption(hands).table,
        }

    def _begin(self, effect: BeginEntry) -> None:  # noqa: ARG002
        hands = self._hands
        if (fault := hands.tools.orders.barred().get(Act.BEGIN_VISIT)) is not None:
            hands.post(ev.LedgerFailed(fault))
            return
        hands.post(ev.VisitBegun(CaseId(hands.ulid()), new_slip_code(hands.tools.clock.entropy(8))))

    def _apply_again(self, effect: ApplyAgain) -> None:
        hands = self._hands
        slip = new_slip_code(hands.tools.clock.entropy(8))
        question = ask.ApplyAgain(effect.ended, CaseId(hands.ulid()), slip)
        hands.ask(question, lambda case: ev.CasesFound((case,)))

    def _ask_name(self, effect: do.AskName) -> None:
        self._hands.ask(effect.question, ev.NameJudged)

    def _find_scope(self, effect: do.FindScope) -> None:
        found = self._hands.tools.ledger.scope_items(effect.typed, 30)
        self._hands.post(ev.ScopeFound(effect.typed, found))
