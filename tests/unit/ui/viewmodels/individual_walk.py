"""The faces that only an individual business (个体工商户) shows, reached by real events like all others."""

from kiosk.code_tables.guide_tables import AnswerId, QuestionId, Said
from kiosk.contracts.device import Supply
from kiosk.contracts.ledger import Verdict
from kiosk.contracts.printing import Printed
from kiosk.domain.case import CaseState, CompanyName, Domicile, DomicileGetWay, OrgForm
from kiosk.domain.ids import BlobId, DivisionCode, PersonRef
from kiosk.domain.individual import Composition
from kiosk.workflow import events as ev

from .citizen_walk import LI, PNG, PUT_OFF, RESERVED, SCOPE, Still, Walk, agreed, case, deed, verified

NAME = CompanyName(trade="示例小面", industry="餐饮管理", form=OrgForm.HOUSE)


def said(staff: str = "none") -> Said:
    """Alone, as an individual business, everything today."""
    answers = {
        "who": "alone",
        "form": "individual",
        "kind": "catering",
        "when": "all",
        "staff": staff,
        "where": "here",
    }
    return {QuestionId(q): AnswerId(a) for q, a in answers.items()}


def begun() -> Walk:
    """The plain questions are answered."""
    return verified().did(ev.PurposeChosen(said()))


def named() -> Walk:
    """The name is reserved."""
    return begun().did(ev.NameEntered(NAME), ev.NameJudged(RESERVED), ev.NextAsked())


def nameless() -> Walk:
    """There is no name."""
    return begun().did(ev.NameLeftOut())


def housed(walk: Walk) -> Walk:
    """Business and place are given; next is who runs it."""
    place = Domicile(DivisionCode("500103"), "渝中区", "示例路 1 号 2-3", DomicileGetWay.RENTED)
    walk.did(ev.ScopeTyped("餐饮"), ev.ScopeFound("餐饮", SCOPE), ev.ScopePicked(SCOPE[0]), ev.NextAsked())
    return walk.did(ev.AddressGiven(place))


def phoned(walk: Walk) -> Walk:
    """The operator's number is there."""
    return housed(walk).did(ev.PhoneGiven(PersonRef("p1"), "13800001234"))


def family(walk: Walk) -> Walk:
    """Run by the family; one of it has laid the card."""
    walk = phoned(walk).did(ev.CompositionChosen(Composition.FAMILY))
    return walk.did(ev.PersonCardAsked(), ev.CardRead(LI))


def checked(walk: Walk) -> Walk:
    """On the check page, nothing to mend."""
    return agreed(family(walk).did(ev.NextAsked())).did(*PUT_OFF)


def ready(walk: Walk) -> Walk:
    """Before the one submission: one signature, the operator's."""
    checked(walk).did(ev.NextAsked(), ev.SignatureDrawn(PersonRef("p1"), PNG))
    walk.did(ev.SignatureKept(PersonRef("p1"), BlobId("ab" * 32)), ev.NextAsked())
    return walk.did(ev.PaperLooked(Supply.FULL))


def stills() -> dict[str, Still]:
    """Every face that differs from a company's, by name."""
    again = family(named()).did(ev.PersonCardAsked(), ev.CardRead(LI))
    sent = ready(nameless()).did(ev.SubmitAsked(), ev.DeedRecorded(deed(Verdict.WAITING)))
    sent.did(ev.CaseChanged(case(sent, CaseState.SUBMITTED), (deed(Verdict.ACCEPTED),), True))
    return {
        "choose_purpose-individual": verified().still({**said("some"), "ask": "plan"}),
        "declare_name-individual": begun().still(),
        "declare_name-individual-typed": begun().still({"trade": "示例小面", "form": "馆"}),
        "declare_name-individual-without": begun().still({"naming": "without"}),
        "declare_name-individual-free": begun().did(ev.NameEntered(NAME), ev.NameJudged(RESERVED)).still(),
        "give_address-individual": housed(named()).did(ev.BackAsked()).still(),
        "name_operator": housed(named()).still(),
        "name_operator-personal": phoned(named()).did(ev.CompositionChosen(Composition.PERSONAL)).still(),
        "name_operator-family": phoned(nameless()).did(ev.CompositionChosen(Composition.FAMILY)).still(),
        "name_operator-members": family(nameless()).still(),
        "name_operator-twice": again.still(),
        "name_operator-card": family(named()).did(ev.PersonCardAsked()).still(),
        "name_operator-phone": housed(named()).still({"edit": "phone", "phone": "138000012"}),
        "check_answers-individual": checked(named()).still(),
        "check_answers-individual-nameless": checked(nameless()).still(),
        "check_answers-individual-wrong": checked(nameless()).did(
            ev.ChangeAsked("name_operator"), ev.FamilyMemberDropped(0), ev.BackAsked()
        ).still(),
        "sign-individual": checked(nameless()).did(ev.NextAsked()).still(),
        "submit-individual": ready(nameless()).still(),
        "take_receipt-individual": sent.did(ev.NextAsked(), ev.ReceiptDone(Printed.PRINTED)).still(),
    }  # fmt: skip
