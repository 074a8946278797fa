"""Every face of the form that a clerk fills in, reached by the real plan and real events."""

from dataclasses import replace
from decimal import Decimal

from kiosk.code_tables.guide_tables import AnswerId, QuestionId
from kiosk.contracts.central_platform import Verification
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.ledger import Verdict
from kiosk.domain.acts import Act
from kiosk.domain.case import CaseState, CompanyName, Domicile, DomicileGetWay, OpeningCase
from kiosk.domain.holding import SignsAs
from kiosk.domain.ids import BlobId, DivisionCode, PersonRef, VerificationId
from kiosk.domain.individual import Composition
from kiosk.domain.item import InvoiceMode
from kiosk.domain.signing import SigningLink
from kiosk.faults import Fault, FaultCode
from kiosk.rules.guide import DIRECT
from kiosk.workflow import events as ev

from .citizen_walk import CASE, HALLS, LI, PNG, PRESS, RESERVED, SCOPE, SLIP, TIME, WANG
from .clerk_walk import Still, Walk, deed, failed, on_duty, queued
from .wish_walk import BRANCHES

P1, P2, P3 = PersonRef("p1"), PersonRef("p2"), PersonRef("p3")
NAME = CompanyName(trade="示例", industry="餐饮管理")
PLACE = Domicile(DivisionCode("500103"), "渝中区", "示例路 1 号 2-3", DomicileGetWay.RENTED)
YES = Verification(VerificationId("V1"), True, TIME.replace(hour=20))
FIRM, FIRM_CODE = "重庆样板投资有限公司", "91500103MA5U00003N"


def begun(walk: Walk | None = None) -> Walk:
    """An empty form."""
    walk = walk or on_duty()
    return walk.did(ev.EntryAsked(), ev.VisitBegun(CASE, SLIP), ev.HallsFound(HALLS), ev.BranchesFound(BRANCHES))


def agreed() -> Walk:
    """The customer agreed: the card is waited for."""
    return begun().did(ev.Consented(False))


def laid() -> Walk:
    """王测试's card was read; the clerk has to look at the person."""
    return agreed().did(ev.CardRead(WANG))


def passed(walk: Walk, ref: PersonRef, verification: str = "V1") -> Walk:
    """人证一致, and the platform says so too."""
    said = Verification(VerificationId(verification), True, TIME.replace(hour=20))
    return walk.did(ev.PersonConfirmed(ref), ev.PersonVerified(said))


def confirmed() -> Walk:
    """Verified under the clerk's number."""
    return passed(laid(), P1)


def purposed(choice: str = "alone_all") -> Walk:
    """Type and items by one key, then what kind of business and where."""
    said = {**DIRECT[choice], QuestionId("kind"): AnswerId("catering"), QuestionId("staff"): AnswerId("none")}
    return confirmed().did(ev.PurposeChosen({**said, QuestionId("where"): AnswerId("here")}))


def named(walk: Walk | None = None) -> Walk:
    """The name is held."""
    return (walk or purposed()).did(
        ev.NameEntered(NAME), ev.NameJudged(RESERVED), ev.InvoiceModeTold(InvoiceMode.DEVICE)
    )


def placed(walk: Walk | None = None) -> Walk:
    """Scope, place and phone."""
    walk = named(walk).did(ev.ScopeTyped("餐饮"), ev.ScopeFound("餐饮", SCOPE), ev.ScopePicked(SCOPE[0]))
    return walk.did(ev.ScopePicked(SCOPE[1]), ev.AddressGiven(PLACE), ev.PhoneGiven(P1, "13800001234"))


def filled(walk: Walk | None = None) -> Walk:
    """Everything; what is proposed stands."""
    return placed(walk).did(ev.CapitalSet(Decimal(100)))


def together() -> Walk:
    """Two founders."""
    walk = filled(purposed("partners_all")).did(ev.PersonCardAsked(), ev.CardRead(LI))
    return passed(walk, P2, "V2")


def with_firm() -> Walk:
    """A company among the shareholders: its code, its name, and 王测试 signs for it by authority."""
    said = {**DIRECT["partners_all"], QuestionId("who"): AnswerId("with_company")}
    walk = filled(purposed("partners_all").did(ev.PurposeChosen({**said, QuestionId("where"): AnswerId("here")})))
    walk.did(ev.CompanyGiven(None, "", FIRM_CODE), ev.CompanyGiven(P2, FIRM, FIRM_CODE))
    return walk.did(ev.SignerNamed(ev.SignerRight(P2, SignsAs.AUTHORISED, "赵代表"), P1))


def individual() -> Walk:
    """个体工商户 without a name, run by a family."""
    walk = purposed("individual_all").did(ev.NameLeftOut(), ev.ScopeTyped("餐饮"), ev.ScopeFound("餐饮", SCOPE))
    walk.did(ev.ScopePicked(SCOPE[0]), ev.AddressGiven(PLACE), ev.PhoneGiven(P1, "13800001234"))
    walk.did(ev.InvoiceModeTold(InvoiceMode.DEVICE), ev.CompositionChosen(Composition.FAMILY))
    return walk.did(ev.PersonCardAsked(), ev.CardRead(LI))


def signing(walk: Walk | None = None) -> Walk:
    """The customer reads and signs."""
    return (walk or filled()).did(ev.SigningAsked())


def signed(walk: Walk | None = None) -> Walk:
    """Everybody has signed."""
    walk = signing(walk)
    while (entry := walk.state.entry) is not None and entry.visit.signing is not None:
        ref = entry.visit.signing
        walk.did(ev.SignatureDrawn(ref, PNG), ev.SignatureKept(ref, BlobId("b" * 64)))
    return walk


def submitted() -> Walk:
    """Recorded on this machine."""
    walk = signed().did(ev.SubmitAsked())
    return walk.did(ev.DeedRecorded(deed(Verdict.WAITING, walk.at)))


def case_of(walk: Walk, state: CaseState, version: int = 3) -> OpeningCase:
    """The case as the platform has it."""
    assert walk.state.entry is not None
    return OpeningCase(CASE, SLIP, walk.state.entry.visit.form, state, version)


def arrived() -> Walk:
    """The platform has it: the checklist lies open."""
    walk = submitted()
    case, word = case_of(walk, CaseState.SUBMITTED), deed(Verdict.ACCEPTED, walk.at)
    return walk.did(ev.CaseChanged(case, (word,), True))


def with_away() -> Walk:
    """李示例 is not here, and is named by number and phone."""
    walk = filled(purposed("partners_all"))
    return walk.did(ev.AbsentGiven(None, LI.name, LI.number, "13800000002"))


LINK = SigningLink(P2, "https://platform.example/s/4KQ2", TIME.replace(day=25))


def waiting_afar() -> Walk:
    """Who is here has signed."""
    return signed(with_away())


def half_done(walk: Walk | None = None) -> Walk:
    """Found by its slip, begun and never submitted."""
    case = case_of(walk or placed(), CaseState.DRAFT)
    return on_duty().did(ev.CodeTyped("K7P428"), ev.CasesFound((case,)))


def resumed(walk: Walk | None = None) -> Walk:
    """Gone on with."""
    case = case_of(walk or placed(), CaseState.DRAFT)
    return half_done(walk).did(ev.EntryAsked(), ev.DraftTakenUp(case, None), ev.HallsFound(HALLS))


def stills() -> dict[str, Still]:
    """Every face."""
    offline = ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE))
    unread = failed(DeviceKind.ID_CARD_READER, FaultCode.CARD_READ_FAILED)
    refused = replace(RESERVED, level="SIMILAR", reserve_no="", similar=("重庆示例餐饮管理有限公司",))
    gave_up = deed(Verdict.REFUSED, TIME, Fault(FaultCode.PLATFORM_REFUSED, {"slug": "incomplete"}))
    read_only = {Act.SUBMIT: Fault(FaultCode.TERMINAL_READ_ONLY)}
    alone, searched = filled(), named().did(ev.ScopeTyped("cy"), ev.ScopeFound("cy", SCOPE))
    late = case_of(submitted(), CaseState.DRAFT)

    def at(line: str, typed: str | None = None, **more: object) -> dict[str, object]:
        text = {} if typed is None else {"of": line, "typed": typed}
        return {"hand": {"at": line, **text, **more}}

    return {
        "fill_form": begun().still(),
        "fill_form-queue": begun(queued()).still(),
        "fill_form-card": agreed().still(),
        "fill_form-unread": agreed().did(unread).still(),
        "fill_form-compare": laid().still(),
        "fill_form-checking": laid().did(ev.PersonConfirmed(P1)).still(),
        "fill_form-purpose": confirmed().still(),
        "fill_form-purposed": purposed().still(),
        "fill_form-trade": purposed().still(at("name.trade", "示例")),
        "fill_form-trade_wrong": purposed().still(at("name.trade", "中国第一")),
        "fill_form-refused": purposed().did(ev.NameEntered(NAME), ev.NameJudged(refused)).still(at("name.trade")),
        "fill_form-offline": purposed().did(ev.NameEntered(NAME), offline).still(online=False),
        "fill_form-scope": searched.still(at("scope", "cy", mark=1)),
        "fill_form-permit": named().did(ev.ScopePicked(SCOPE[0]), ev.ScopePicked(PRESS)).still(),
        "fill_form-division": named().still(at("address.division", "y")),
        "fill_form-capital": placed().still(at("capital", "100")),
        "fill_form-filled": alone.still(),
        "fill_form-roles": alone.still(at("roles.p1")),
        "fill_form-invoice": alone.still(at("tax_and_invoice.kinds")),
        "fill_form-bank": alone.still(at("bank_appointment", inner={"edit": "branch", "bank": "bank-a"})),
        "fill_form-two": together().still(),
        "fill_form-firm": with_firm().still(at("signer.p2")),
        "fill_form-individual": individual().still(at("composition")),
        "fill_form-locked": laid().did(ev.LockAsked()).still(),
        "fill_form-resumed": resumed().still(),
        "see_case-half_done": half_done().still(),
        "sign_form": signing().still(),
        "sign_form-two": signing(together()).still({"drawn": "yes"}),
        "fill_form-away": together().still(at("away", "赵样本 500103195206200039 138")),
        "fill_form-away_named": with_away().still(),
        "sign_form-afar": waiting_afar().still(),
        "sign_form-link": waiting_afar().did(ev.LinkAsked(P2), ev.SigningLinkMade(LINK)).still(),
        "sign_form-signed": signed().still(),
        "sign_form-barred": signed().still(barred=read_only),
        "sign_form-sent": submitted().still(),
        "sign_form-offline": submitted().still(online=False),
        "sign_form-refused": submitted().did(ev.CaseChanged(late, (gave_up,), True)).still(),
        "check_materials-entered": arrived().still(),
    }
