"""What a visit asks beside the great questions, in every weather: whoever asks hears once, in the right word, and in
fair weather what the platform has to say, be it an answer or a refusal."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.beside import AskForHelp, JoinVisit, LeaveVisit, ReadHelpCall, WithdrawHelpCall
from kiosk.contracts.central_platform import (
    Ask,
    AskAppointment,
    AskInvoiceMode,
    ListBranches,
    ListHalls,
    ListHours,
    ReadFeedback,
)
from kiosk.contracts.ledger import SaveDraft, Verdict
from kiosk.domain.feedback import FeedbackNumber
from kiosk.domain.help_call import HelpCall, HelpState
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache

from .hall import Hall, ask, event, form, fresh_case, in_time, kiosk, settled, sign_in
from .proxy import Proxy, Weather
from .weathers import SHORT, WORDS, cells

pytestmark = pytest.mark.processes
Made = Callable[[OfflineCache], Ask[Any]]


def _draft(cache: OfflineCache) -> CaseId:
    case_id, slip = fresh_case(cache)
    cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
    assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
    return case_id


def _branch(cache: OfflineCache) -> ListHours:
    return ListHours(ask(cache, ListBranches())[0].id)


def _call(cache: OfflineCache) -> ReadHelpCall:
    return ReadHelpCall(ask(cache, AskForHelp("home", None)))


# Where it goes, and how it is asked.
CITIZEN: dict[str, tuple[str, Made]] = {
    "listHalls": ("/v1/halls", lambda _: ListHalls()),
    "listBankBranches": ("/v1/bank-branches", lambda _: ListBranches()),
    "listBankSlots": ("/v1/bank-branches/", _branch),
    "getInvoiceOffer": ("/v1/cases/", lambda cache: AskInvoiceMode(_draft(cache))),
    "getBankAppointment": ("/v1/cases/", lambda cache: AskAppointment(_draft(cache))),
    "getFeedback": ("/v1/feedback", lambda _: ReadFeedback(FeedbackNumber("FK-20261127-0001"))),
    "getAssistance": ("/v1/assistance", _call),
}


@pytest.mark.parametrize(("weather", "operation"), cells(["joinVisit", "leaveVisit"]))
def test_at_the_citizens_side(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Whoever came is there once, whatever the line did; and whoever goes is signed in no more here at once, and on
    the platform as soon as that hears of it, with the call at its end."""
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        number = in_time(lambda: ask(cache, AskForHelp("home", None)))
        call = in_time(lambda: ask(cache, ReadHelpCall(number)))
        by = sign_in(cache, "0600", beside=True).staff_ref
        if operation == "leaveVisit":
            call = in_time(lambda: ask(cache, JoinVisit(call, by)))
        question = JoinVisit(call, by) if operation == "joinVisit" else LeaveVisit(call)
        proxy.set(weather, lambda _, where: where.endswith("/join" if operation == "joinVisit" else "/leave"))
        heard = ask(cache, question)
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
        if operation == "joinVisit":
            joined = in_time(lambda: ask(cache, JoinVisit(call, by)))
            assert joined.state is HelpState.JOINED and joined.by == by
            acts = hall.rows("SELECT op FROM helper_act WHERE assistance_id = ?", call.id)
            assert acts == [("joinVisit",)]
            left = ask(cache, LeaveVisit(joined))
            assert isinstance(left, HelpCall) and left.state is HelpState.DONE, left
        assert cache._staff.beside(by) == ""
    assert hall.rows("SELECT state FROM assistance WHERE id = ?", call.id) == [("DONE",)]
    assert hall.rows("SELECT token FROM staff_session WHERE staff_ref = '0600'") == []


@pytest.mark.parametrize(("weather", "operation"), cells(["withdrawAssistance"]))
def test_whoever_needs_nobody_any_more(
    tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str
) -> None:
    """Whatever the line did with the first saying, the second one is heard as the same."""
    assert operation == "withdrawAssistance"
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        number = in_time(lambda: ask(cache, AskForHelp("home", None)))
        proxy.set(weather, lambda _, where: where.endswith("/withdraw"))
        heard = ask(cache, WithdrawHelpCall(number))
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
        gone = in_time(lambda: ask(cache, WithdrawHelpCall(number)))
        assert isinstance(gone, HelpCall) and gone.state is HelpState.DONE
    assert hall.rows("SELECT state FROM assistance WHERE id = ?", number) == [("DONE",)]


@pytest.mark.parametrize(("weather", "operation"), cells(CITIZEN))
def test_asked_by_a_citizen(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    path, make = CITIZEN[operation]
    with kiosk(tmp_path, hall.url) as patient:
        question = make(patient)
        fair = ask(patient, question)
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        proxy.set(weather, lambda _, where: where.startswith(path))
        heard = ask(cache, question)
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
    with kiosk(tmp_path, proxy.url) as patient:
        again = ask(patient, question)
    code = again.code if isinstance(again, Fault) else None
    assert code is (fair.code if isinstance(fair, Fault) else None), again
    assert code not in WORDS.values()
