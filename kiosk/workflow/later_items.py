"""later_items: a company that is there asks for what it has not yet (分时办理, R51), and says nothing twice.

It is found by the card of one of its people, by its credit code or by its electronic licence. A card may be a lost
one, a credit code is no secret and a licence is shown by whoever holds the phone: behind each stands the person's own
card and the face, or a helper, before anything of the company is shown. What the platform holds of the company is
taken over as it is; only the items are chosen, and only the applicant signs.
"""

from dataclasses import replace
from decimal import Decimal

from kiosk.contracts.central_platform import BeginLaterItems, FindCompany
from kiosk.contracts.device import DeviceKind
from kiosk.domain.case import OpeningCase, OpeningForm
from kiosk.domain.finding import Finding
from kiosk.domain.item import Item
from kiosk.domain.person import Person, Role
from kiosk.domain.registered import RegisteredCompany
from kiosk.faults import Fault, FaultCode
from kiosk.rules.credit_code import problem
from kiosk.rules.review import is_mobile
from kiosk.rules.scanned_code import CodeKind, kind_of

from . import answers as keep
from . import effects as do
from . import errands as run
from . import events as ev
from . import holder
from .machine import Effect, Event, Fork, Journey, Row, Step
from .visit import Busy, LaterItems, Visit, next_ref, with_form, with_person


def _with(v: Visit, **changes: object) -> Visit:
    assert v.later is not None
    return replace(v, later=replace(v.later, **changes))  # type: ignore[arg-type]


# find_company
def _find(v: Visit) -> tuple[Effect, ...]:
    return (do.ReadCard("later"), do.ScanCode())


def _find_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _find(v)


def _read_another(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.ReadCard("later", anew=True),)


def _by_card(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CardRead)
    return (*holder.noted(v, e), do.FindCompany(FindCompany(cert_no=e.card.number)))


def _any(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CompaniesFound) and bool(e.companies)


def _of_card(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CompaniesFound)
    return _with(replace(holder.to_prove(v), busy=None), by_card=True, companies=e.companies)


def _none(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, fault=Fault(FaultCode.COMPANY_NOT_FOUND))


def tidy(text: str) -> str:
    """A credit code as people type it."""
    return "".join(text.split()).upper()


def _is_code(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CodeTyped) and problem(tidy(e.text)) is None


def _typed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CodeTyped)
    return _with(replace(v, fault=None, card=None), uscc=tidy(e.text), e_licence=None)


def _no_code(v: Visit, e: Event) -> Visit:
    return replace(v, fault=Fault(FaultCode.CREDIT_CODE_WRONG))


def _is_link(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CodeScanned) and kind_of(e.scan.text) is CodeKind.LINK


def _opening(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None, card=None)


def _open(v: Visit, e: Event) -> tuple[Effect, ...]:
    code = e.code if isinstance(e, ev.ELicenceShown) else e.scan.text if isinstance(e, ev.CodeScanned) else ""
    return (do.OpenELicence(code),)


def _foreign(v: Visit, e: Event) -> Visit:
    return replace(v, fault=Fault(FaultCode.NOT_AN_E_LICENCE))


def _scan_on(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.ScanCode(),)


def _licensed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ELicenceOpened)
    return _with(replace(v, busy=None), e_licence=e.licence.id, uscc="")


def _is_scanner(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.DeviceFailed) and e.kind is DeviceKind.CODE_SCANNER


def _scanner_failed(v: Visit, e: Event) -> Visit:
    """The two other ways stand open as before."""
    assert isinstance(e, ev.DeviceFailed)
    return replace(v, fault=e.fault)


def _unread(v: Visit, e: Event) -> Visit:
    v = holder.failed(v, e)
    return replace(v, card=None)


# choose_company
def _look(v: Visit) -> tuple[Effect, ...]:
    later = v.later
    if later is None or later.companies:
        return ()
    return (do.FindCompany(FindCompany(uscc=later.uscc, e_licence=later.e_licence)),)


def _look_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _look(v)


def _looking(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None)


def _seen(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CompaniesFound)
    return holder.only_company(_with(replace(v, busy=None), companies=e.companies))


def _is_one(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CompaniesFound) and len(e.companies) == 1


def _is_offered(v: Visit, e: Event) -> bool:
    assert v.later is not None
    return isinstance(e, ev.CompanyPicked) and any(one.uscc == e.uscc for one in v.later.companies)


def _picked(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CompanyPicked) and v.later is not None
    return _with(v, company=next(one for one in v.later.companies if one.uscc == e.uscc), items=())


def _several(v: Visit, e: Event) -> bool:
    return v.later is not None and not v.later.begun and len(v.later.companies) > 1


# choose_items
_STEP_OF = {
    Item.INVOICE: "tax_and_invoice", Item.SEAL: "seals", Item.SOCIAL: "employment_insurance",
    Item.FUND: "employment_insurance", Item.BANK: "bank_appointment",
}  # fmt: skip
ASKED = (*dict.fromkeys(_STEP_OF.values()), "pick_up")  # the steps of open_business that items lead through
_COLLECTED = frozenset({Item.SEAL, Item.INVOICE})


def way_of(v: Visit) -> tuple[str, ...]:
    """From the choice of items to the page on which they are checked: each item is asked what it needs and nothing
    else; where things are collected, only of what there are things."""
    items = set(v.form.items)
    asked = dict.fromkeys(step for item, step in _STEP_OF.items() if item in items)
    where = ("pick_up",) if items & _COLLECTED else ()
    return ("choose_items", *asked, *where, "confirm_items")


def beside(v: Visit, step: str, by: int) -> str:
    """The step before (-1) or behind (1) one of them, also where its item is not asked for any more."""
    own = way_of(v)
    way = [one for one in ("choose_items", *ASKED, "confirm_items") if one == step or one in own]
    return way[way.index(step) + by]


def _is_wanted(v: Visit, e: Event) -> bool:
    company = v.later.company if v.later else None
    return isinstance(e, ev.ItemPicked) and company is not None and e.item in company.not_yet and v.busy is None


def _toggled(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.ItemPicked) and v.later is not None
    wanted = {*v.later.items} ^ {e.item}
    return _with(replace(v, findings=(), fault=None), items=tuple(item for item in Item if item in wanted))


def lacks_seal(later: LaterItems) -> bool:
    """Paper invoices bear the impression of a seal (发票管理办法 15). Whether a company gets digital ones, which need
    none, is the platform's to say: until it has said so, paper is what is to be reckoned with."""
    company = later.company
    sealed = Item.SEAL in later.items or (company is not None and Item.SEAL in company.done)
    return Item.INVOICE in later.items and not sealed and not later.sealless


def _lacks_seal(v: Visit, e: Event) -> bool:
    return v.later is not None and lacks_seal(v.later)


def _may_begin(v: Visit, e: Event) -> bool:
    return v.later is not None and bool(v.later.items) and not v.later.begun and v.busy is None


def _may_go_on(v: Visit, e: Event) -> bool:
    later = v.later
    return later is not None and later.begun and bool(later.items) and not lacks_seal(later)


def _beginning(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None, findings=())


def _begin(v: Visit, e: Event) -> tuple[Effect, ...]:
    later = v.later
    assert later is not None and later.company is not None and v.case_id is not None and v.slip_code is not None
    return (do.BeginLaterItems(BeginLaterItems(v.case_id, v.slip_code, later.company.uscc, later.items)),)


def _without_seal(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, findings=(Finding("invoice-needs-seal", "items.INVOICE"),))


def _misses_seal(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.LaterItemsBegun) and e.needs_seal


def _begun_without_seal(v: Visit, e: Event) -> Visit:
    """The draft is there all the same: with a seal chosen it goes on."""
    return _without_seal(_begun(v, e), e)


def _begun(v: Visit, e: Event) -> Visit:
    """The company's data as they are, with whoever stands here as the applicant: one of its people, or an agent."""
    assert isinstance(e, ev.LaterItemsBegun) and v.later is not None
    proven = v.form.person(v.form.applicant) if v.form.applicant else None
    assert proven is not None
    sealless = not e.needs_seal and lacks_seal(v.later)
    v = replace(v, form=_told_of(replace(e.case.form, items=v.later.items)), busy=None)
    v = _with(v, begun=True, sealless=sealless, tax=e.case.form.enterprise.tax)
    return keep.answered(_applied_by(v, proven), "choose_items")


def _told_of(form: OpeningForm) -> OpeningForm:
    """Of items that are not asked for nothing is told."""
    items = form.items
    return replace(
        form,
        invoice=form.invoice if Item.INVOICE in items else None,
        seal_plan=form.seal_plan if Item.SEAL in items else None,
        social=form.social if Item.SOCIAL in items else None,
        fund=form.fund if Item.FUND in items else None,
        bank_appt=form.bank_appt if Item.BANK in items else None,
    )


def _applied_by(v: Visit, proven: Person) -> Visit:
    one = next((p for p in v.form.people if (p.cert_type, p.cert_no) == (proven.cert_type, proven.cert_no)), None)
    if one is None:
        one = replace(proven, ref=next_ref(v), roles=frozenset({Role.AGENT}), subscribed=Decimal(0))
    until = proven.verified_until
    checked = replace(one, verification_id=proven.verification_id, verified_until=until, signature=None)
    return with_form(with_person(v, checked), applicant=checked.ref)


def _chosen(v: Visit, e: Event) -> Visit:
    """Whoever changes what is asked for signs again."""
    assert v.later is not None
    people = tuple(replace(one, signature=None, signed_at=None) for one in v.form.people)
    v = with_form(v, items=v.later.items, people=people)
    return keep.answered(replace(v, form=_told_of(v.form)), "choose_items")


# confirm_items
def _has_phone(v: Visit, e: Event) -> bool:
    applicant = v.form.person(v.form.applicant) if v.form.applicant else None
    return applicant is not None and is_mobile(applicant.phone) and bool(v.form.items)


def taken_up(v: Visit, case: OpeningCase) -> Visit:
    """A draft of later items goes on: what it asks for stands, and may be taken back."""
    items = case.form.items
    company = RegisteredCompany(case.uscc, case.form.business_name, not_yet=items)
    told = case.form.enterprise.tax
    return replace(v, later=LaterItems(company=company, items=items, begun=True, tax=told))


def _ask_anew(v: Visit, e: Event) -> Visit:
    return Visit(v.now, v.step, v.case_id, v.slip_code, language=v.language, later=LaterItems())


_ONWARD: Fork[Visit] = Fork("选的事项要填什么", (*ASKED, "confirm_items"), lambda v: beside(v, "choose_items", 1))
_BACK: Fork[Visit] = Fork("上一步", ("choose_items", *ASKED), lambda v: beside(v, "confirm_items", -1))

LATER_ITEMS: Journey[Visit] = Journey(
    "later_items",
    (
        Step("find_company", (
            Row(ev.CardRead, None, holder.laid, _by_card, holder.is_valid),
            Row(ev.CardRead, None, holder.expired, _read_another),
            Row(ev.CompaniesFound, "give_consent", _of_card, None, _any),
            Row(ev.CompaniesFound, None, _none),
            Row(ev.CodeTyped, "give_consent", _typed, None, _is_code),
            Row(ev.CodeTyped, None, _no_code),
            Row(ev.ELicenceShown, None, _opening, _open),
            Row(ev.CodeScanned, None, _opening, _open, _is_link),
            Row(ev.CodeScanned, None, _foreign, _scan_on),
            Row(ev.ForeignCodeShown, None, _foreign),
            Row(ev.ELicenceOpened, "give_consent", _licensed),
            Row(ev.DeviceFailed, None, _scanner_failed, None, _is_scanner),
            Row(ev.DeviceFailed, None, _unread),
            Row(ev.PlatformFailed, None, _unread),
            Row(ev.RetryAsked, None, holder.listening, _find_again),
            Row(ev.BackAsked, "home", None, run.stop_all),
        ), enter=_find, leave=run.stop_devices),
        Step("choose_company", (
            Row(ev.CompaniesFound, "choose_items", _seen, None, _is_one),
            Row(ev.CompaniesFound, None, _seen, None, _any),
            Row(ev.CompaniesFound, None, _none),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.RetryAsked, None, _looking, _look_again),
            Row(ev.CompanyPicked, "choose_items", _picked, None, _is_offered),
            Row(ev.BackAsked, "find_company", _ask_anew),
        ), enter=_look),
        Step("choose_items", (
            Row(ev.ItemPicked, None, _toggled, None, _is_wanted),
            Row(ev.NextAsked, None, _beginning, _begin, _may_begin),
            Row(ev.LaterItemsBegun, None, _begun_without_seal, None, _misses_seal),
            Row(ev.LaterItemsBegun, _ONWARD, _begun, run.draft),
            Row(ev.NextAsked, _ONWARD, _chosen, run.draft, _may_go_on),
            Row(ev.NextAsked, None, _without_seal, None, _lacks_seal),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.BackAsked, "choose_company", None, None, _several),
        )),
        Step("confirm_items", (
            Row(ev.PhoneGiven, None, keep.phone),
            Row(ev.NextAsked, "sign", keep.done_here, run.draft, _has_phone),
            Row(ev.BackAsked, _BACK),
        )),
    ),
)  # fmt: skip

AFTER_FACE = ("choose_items", "choose_company")


def after_face(v: Visit) -> str:
    """To the items of the one company, or to the choice among several."""
    return "choose_items" if v.later is not None and v.later.company is not None else "choose_company"


def order_of(v: Visit) -> tuple[str, ...]:
    """The steps of this visit, for the count; whoever was found by card has laid it already."""
    card = () if v.later is not None and v.later.by_card else ("present_id_card",)
    return (
        "give_consent", *card, "verify_face", *way_of(v), "sign", "submit", "take_receipt",
        "see_progress",
    )  # fmt: skip
