"""Every face of a company that comes again for what it has not yet, reached the way people reach it."""

from dataclasses import replace

from kiosk.contracts.face_camera import FaceShot
from kiosk.domain.case import CaseKind, CaseState, OpeningCase, OpeningForm
from kiosk.domain.enterprise import TaxFacts
from kiosk.domain.ids import PersonRef
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.registered import ELicence, ELicenceId, RegisteredCompany
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow.later_items import ASKED

from . import citizen_walk as walk
from .citizen_walk import CASE, LI, OLD, SLIP, WANG, Still, Walk

USCC = "91500103MA5U00003N"
COMPANY = RegisteredCompany(
    USCC, "重庆示例餐饮管理有限公司", (Item.SETUP,), (Item.FUND,), (Item.SEAL, Item.INVOICE, Item.SOCIAL, Item.BANK)
)
SEALED = replace(COMPANY, done=(Item.SETUP, Item.SEAL), not_yet=(Item.INVOICE, Item.SOCIAL))
SECOND = RegisteredCompany("91500103MA5U00011K", "重庆云上咨询有限公司", (Item.SETUP, Item.SEAL), (), (Item.SOCIAL,))
INSURED = RegisteredCompany(USCC, COMPANY.name, (Item.SETUP, Item.SOCIAL), (), (Item.FUND,))
ALL_DONE = RegisteredCompany(USCC, COMPANY.name, (Item.SETUP, Item.SEAL, Item.INVOICE, Item.SOCIAL), (Item.FUND,))
LICENCE = ELicence(ELicenceId("01JD9V6C3Q8T2M5N7P0R4S6W8L"), USCC, COMPANY.name)
FACE = (ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), walk.seen())


def asked() -> Walk:
    """新增事项 was pressed."""
    return Walk().did(ev.LaterItemsAsked(), ev.VisitBegun(CASE, SLIP))


def laid(*companies: RegisteredCompany) -> Walk:
    """The card found these; nothing of them is shown yet."""
    return asked().did(ev.CardRead(WANG), ev.CompaniesFound(companies or (COMPANY,)))


def proven(*companies: RegisteredCompany) -> Walk:
    """It is the face of the card."""
    return laid(*companies).did(ev.Consented(True), *FACE)


def coded(card: walk.IdentityCard = WANG) -> Walk:
    """The credit code was typed; card and face followed."""
    return asked().did(ev.CodeTyped(USCC), ev.Consented(True), ev.CardRead(card), *FACE)


def licensed(card: walk.IdentityCard = LI) -> Walk:
    """A phone showed the licence; somebody's card and face followed."""
    shown = asked().did(ev.ELicenceShown("https://e-licence.example/q/1"), ev.ELicenceOpened(LICENCE))
    return shown.did(ev.Consented(True), ev.CardRead(card), *FACE)


def held(*items: Item) -> OpeningCase:
    """The draft as the platform began it: everything the company said before, and no signature."""
    form: OpeningForm = walk.together().state.form
    people = tuple(replace(one, verification_id=None, verified_until=None) for one in form.people)
    kept = replace(
        form, items=items, people=people, applicant=PersonRef("p1"), invoice=None, seal_plan=None, social=None,
        fund=None, bank_appt=None, enterprise=replace(form.enterprise, tax=TaxFacts()),
    )  # fmt: skip
    return OpeningCase(CASE, SLIP, kept, CaseState.DRAFT, 1, uscc=USCC, kind=CaseKind.PHASED)


def picked(*items: Item, start: Walk | None = None) -> Walk:
    """These are wanted."""
    return (start or proven()).did(*(ev.ItemPicked(item) for item in items))


def begun(*items: Item, start: Walk | None = None) -> Walk:
    """The draft is there."""
    wanted = items or (Item.SEAL, Item.SOCIAL)
    return picked(*wanted, start=start).did(ev.NextAsked(), ev.LaterItemsBegun(held(*wanted), needs_seal=False))


def confirmed(*items: Item, start: Walk | None = None) -> Walk:
    """Every proposal is right."""
    walk_ = begun(*items, start=start)
    while walk_.state.step in ASKED:
        before = walk_.state.step
        walk_.did(ev.HallsFound(walk.HALLS), ev.NextAsked())
        assert walk_.state.step != before
    return walk_


def by_agent() -> Walk:
    """Somebody who is nobody of the company comes with its licence."""
    stranger = walk.card("周代办", WANG.birth, "500103199001010017")
    return confirmed(start=licensed(stranger).did(ev.CompaniesFound((COMPANY,))))


def signing() -> Walk:
    """The applicant signs, and nobody else."""
    return confirmed().did(ev.NextAsked())


def stills() -> dict[str, Still]:
    """By name."""
    offline = ev.PlatformFailed(Fault(FaultCode.COMPANY_NEEDS_NETWORK))
    several = proven(COMPANY, SECOND).did(ev.CompanyPicked(USCC))
    unsealed = picked(Item.INVOICE).did(ev.NextAsked(), ev.LaterItemsBegun(held(Item.INVOICE), needs_seal=True))
    return {
        "find_company": asked().still(),
        "find_company-typed": asked().still({"uscc": "91500103ma5u"}),
        "find_company-wrong": asked().still({"uscc": "91500103MA5U00003M"}),
        "find_company-whole": asked().still({"uscc": USCC}),
        "find_company-nothing": asked().did(ev.CardRead(WANG), ev.CompaniesFound(())).still(),
        "find_company-expired": asked().did(ev.CardRead(OLD)).still(),
        "find_company-foreign": asked().did(ev.ForeignCodeShown()).still(),
        "find_company-offline": asked().did(ev.CardRead(WANG), offline).still(online=False),
        "give_consent-later": laid().still(),
        "verify_face-later": laid().did(ev.Consented(True)).still(),
        "choose_company": proven(COMPANY, SECOND).still(),
        "choose_company-looking": coded().still(),
        "choose_company-none": coded(LI).did(ev.CompaniesFound(())).still(),
        "choose_items": proven().still(),
        "choose_items-picked": picked(Item.SEAL, Item.SOCIAL).still(),
        "choose_items-several": picked(Item.SOCIAL, start=several).still(),
        "choose_items-no-seal": unsealed.still(),
        "choose_items-nothing": proven(ALL_DONE).still(),
        "choose_items-offline": picked(Item.SEAL).did(ev.NextAsked(), offline).still(online=False),
        "seals-later": begun(Item.SEAL).still(),
        "tax_and_invoice-later": begun(Item.INVOICE).did(ev.InvoiceModeTold(InvoiceMode.DIGITAL)).still(),
        "employment_insurance-later": begun(Item.SOCIAL).still(),
        "employment_insurance-fund-alone": begun(Item.FUND, start=proven(INSURED)).still(),
        "pick_up-later": begun(Item.SEAL).did(ev.NextAsked(), ev.HallsFound(walk.HALLS)).still(),
        "confirm_items": confirmed().still(),
        "confirm_items-agent": by_agent().still(),
        "confirm_items-phone": by_agent().still({"phone": "138000"}),
        "sign-later": signing().still(),
        "submit-later": signed().did(ev.NextAsked()).still(),
    }


def signed() -> Walk:
    """Everything is ready to be submitted."""
    drawn = ev.SignatureDrawn(PersonRef("p1"), walk.PNG)
    return signing().did(drawn, ev.SignatureKept(PersonRef("p1"), walk.BlobId("ab" * 32)))
