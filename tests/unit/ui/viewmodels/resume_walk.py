"""Every face of going on with a draft, reached the way people reach it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from kiosk.contracts.ledger import Answer, Verdict
from kiosk.domain.case import CaseState, OpeningCase, OpeningForm
from kiosk.domain.draft_split import DraftSplit, Side
from kiosk.domain.ids import CaseId, PersonRef, SlipCode
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev

from . import citizen_walk as walk
from .citizen_walk import CASE, SCOPE, SLIP, TIME, WANG, Still, Walk

OTHER = CaseId("01JD9V6C3Q8T2M5N7P0R4S6W8Y")


def kept(form: OpeningForm, case_id: CaseId = CASE, *, live: bool = True) -> Answer[OpeningCase]:
    """A draft as this machine knows it."""
    case = OpeningCase(case_id, SLIP if case_id == CASE else SlipCode("B4C-007"), form, CaseState.DRAFT, 2)
    return Answer(case, TIME - timedelta(minutes=40) if live else None, live)


def begun() -> OpeningForm:
    """Left at the address."""
    return walk.scoped().state.form


def split(form: OpeningForm) -> DraftSplit:
    """Two partners at two terminals: capital, scope and one of the people."""
    p2 = form.person(PersonRef("p2"))
    assert p2 is not None
    mine = replace(form, registered_capital=Decimal(80), people=(form.people[0], replace(p2, phone="13700001111")))
    theirs = replace(form, registered_capital=Decimal(60), scope=SCOPE[2:4], people=(form.people[0], replace(
        p2, phone="13600002222")), licence_copies=3)  # fmt: skip
    return DraftSplit(form, mine, theirs, 5)


def laid(*drafts: Answer[OpeningCase], online: bool = True) -> Walk:
    """The card is on the reader; these were found."""
    return Walk().did(ev.ResumeAsked(), ev.CardRead(WANG), ev.DraftsFound(drafts, online))


def coded() -> Walk:
    """The code is on its way to the phone."""
    return Walk().did(ev.ResumeAsked(), ev.CodeTyped("k7p428"), ev.ResumeCodeSent(TIME + timedelta(minutes=1)))


def opened(form: OpeningForm, parted: DraftSplit | None = None) -> Walk:
    """By slip and phone, and taken up."""
    found = ev.DraftsFound((kept(form),), online=True, proven=True)
    walk_ = coded().did(ev.ResumeCodeTyped("123456"), found, ev.DraftPicked(CASE))
    return walk_.did(ev.DraftTakenUp(kept(form).value, parted))


def settling() -> Walk:
    """Two places were answered differently."""
    form = walk.together().state.form
    return opened(form, split(form))


def parted_at_submission() -> Walk:
    """Submitted, and elsewhere the draft had been changed meanwhile."""
    recorded = walk.recorded()
    form = recorded.state.form
    plain = replace(form, people=tuple(replace(one, signature=None, signed_at=None) for one in form.people))
    parted = DraftSplit(plain, form, replace(plain, licence_copies=3), 5)
    news = ev.CaseChanged(walk.case(recorded, CaseState.DRAFT), (walk.deed(Verdict.WAITING),), True, parted)
    return recorded.did(news)


def decide(walk_: Walk, *sides: Side) -> Walk:
    """One after the other."""
    for side in sides:
        state = walk_.state
        assert state.split is not None
        where = state.split.conflicts[len(state.decided)].where
        walk_.did(ev.SideChosen(where, side))
    return walk_


def stills() -> dict[str, Still]:
    """By name."""
    fault = Fault
    offline = ev.PlatformFailed(fault(FaultCode.RESUME_NEEDS_CARD))
    newer = ev.LedgerFailed(fault(FaultCode.DRAFT_TOO_NEW))
    no_name = replace(begun(), name=replace(begun().name, trade=""))
    return {
        "find_my_draft": Walk().did(ev.ResumeAsked()).still(),
        "find_my_draft-typed": Walk().did(ev.ResumeAsked()).still({"code": "K7P428"}),
        "find_my_draft-none": laid().still(),
        "find_my_draft-offline": Walk().did(ev.ResumeAsked(), ev.CodeTyped("K7P-428"), offline).still(
            {"code": "K7P428"}, online=False
        ),
        "enter_resume_code": coded().still(),
        "enter_resume_code-typed": coded().still({"digits": "123456"}),
        "enter_resume_code-wrong": coded().did(
            ev.ResumeCodeTyped("123456"), ev.PlatformFailed(fault(FaultCode.RESUME_CODE_WRONG))
        ).still({"digits": "123456"}),
        "choose_draft": laid(kept(begun())).still(),
        "choose_draft-several": laid(kept(begun()), kept(no_name, OTHER)).still(),
        "choose_draft-offline": laid(kept(begun(), live=False), online=False).still(online=False),
        "choose_draft-newer": laid(kept(begun())).did(ev.DraftPicked(CASE), newer).still(),
        "settle_draft": settling().still(),
        "settle_draft-person": decide(settling(), Side.MINE).still(),
        "settle_draft-done": decide(settling(), Side.MINE, Side.THEIRS).still(),
        "settle_draft-person-again": decide(settling(), Side.MINE)
        .did(ev.LedgerFailed(fault(FaultCode.DRAFT_SPLIT)))
        .still(),
        "settle_draft-again": settling().did(ev.LedgerFailed(fault(FaultCode.DRAFT_SPLIT))).still(),
        "settle_draft-joined": parted_at_submission().did(ev.SettleAsked()).still(),
        "submit-split": parted_at_submission().still(),
        "verify_face-resumed": laid(kept(begun())).did(
            ev.DraftPicked(CASE), ev.DraftTakenUp(kept(begun()).value, None), ev.Consented(True)
        ).still(),
    }  # fmt: skip
