"""open_business: a citizen opens a business at the self-service terminal, from consent to receipt."""

from itertools import combinations

from kiosk.domain.case import CompanyType, OpeningForm
from kiosk.domain.item import Item
from kiosk.rules.guide import settled
from kiosk.rules.steps import is_asked

from . import answers as keep
from . import errands as run
from . import events as ev
from . import in_person as beside_you
from . import individual as own
from . import materials as paper
from . import shareholders as firm
from . import signing as afar
from . import social_card as chip
from . import wishes as wish
from .later_items import AFTER_FACE, after_face, beside
from .machine import Event, Fork, Journey, Row, Step
from .resume import FIRST_OPEN, WISH_STEPS, after_proof, open_wish
from .visit import Visit

ORDER = (
    "give_consent", "present_id_card", "verify_face", "choose_purpose", "declare_name", "describe_business",
    "give_address", "set_capital", "name_people", "name_operator", "tax_and_invoice", "seals", "employment_insurance",
    "bank_appointment", "pick_up", "collect_materials", "check_answers", "sign", "submit", "take_receipt",
    "see_progress",
)  # fmt: skip


def order_of(form: OpeningForm) -> tuple[str, ...]:
    """The steps that this form leads through: what a company type does not have, or nobody chose, is never asked."""
    return tuple(step for step in ORDER if is_asked(step, form))


def _forms() -> tuple[OpeningForm, ...]:
    """One form for every way through: each company type with each choice of items."""
    beside = (Item.INVOICE, Item.SEAL, Item.SOCIAL)
    choices = [some for n in range(len(beside) + 1) for some in combinations(beside, n)]
    kinds = (None, CompanyType.INDIVIDUAL)
    return tuple(OpeningForm(company_type=kind, items=(Item.SETUP, *some)) for kind in kinds for some in choices)


_FORMS = _forms()


def _beside(step: str, by: int) -> tuple[str, ...]:
    """The steps before (-1) or behind (1) a step, on whichever way it lies."""
    ways = [way for form in _FORMS if step in (way := order_of(form))]
    found = {way[way.index(step) + by] for way in ways}
    return tuple(one for one in ORDER if one in found)


def _next_on_way(v: Visit, step: str, by: int) -> str:
    """Counted from where the step would lie, also where this form is not asked it any more."""
    way = [one for one in ORDER if one == step or is_asked(one, v.form)]
    return way[way.index(step) + by]


def _onward(step: str) -> Fork[Visit]:
    """To the next question. A change leads straight back to the check page, unless it brought an item that was not
    asked yet."""
    again = ("confirm_items",) if step in WISH_STEPS else ()
    targets = tuple(dict.fromkeys(("check_answers", *_beside(step, 1), *WISH_STEPS, *again)))

    def pick(v: Visit) -> str:
        if v.later is not None:
            return beside(v, step, 1)
        return open_wish(v) or "check_answers" if v.changing else _next_on_way(v, step, 1)

    return Fork("改完就回核对页", targets, pick)


def _back(step: str) -> Fork[Visit]:
    again = ("choose_items", *WISH_STEPS) if step in WISH_STEPS else ()
    targets = tuple(dict.fromkeys(("check_answers", *_beside(step, -1), *again)))

    def pick(v: Visit) -> str:
        if v.later is not None:
            return beside(v, step, -1)
        return "check_answers" if v.changing else _next_on_way(v, step, -1)

    return Fork("上一步", targets, pick)


def _after_whose_face(v: Visit) -> str:
    if v.later is not None:
        return after_face(v)
    if v.only_looks:
        return "choose_copy" if v.copies else "see_progress"
    return after_proof(v) if v.verifying == v.form.applicant else "name_people"


def _after_face() -> Fork[Visit]:
    return Fork(
        "第一位接着填，其他人回到人员页；补打的去选单子，查进度的看进度，加事项的去选事项",
        ("settle_draft", *FIRST_OPEN, "choose_copy", "see_progress", *AFTER_FACE),
        _after_whose_face,
    )


_WHOSE_CARD: Fork[Visit] = Fork(
    "接着办的已经放过卡", ("present_id_card", "verify_face"),
    lambda v: "verify_face" if v.proving else "present_id_card",
)  # fmt: skip

_TO_MEND: Fork[Visit] = Fork(
    "修改",
    (
        "choose_purpose", "declare_name", "describe_business", "give_address", "set_capital", "name_people",
        "name_operator", "tax_and_invoice", "seals", "employment_insurance", "bank_appointment", "pick_up",
        "collect_materials",
    ),
    lambda v: v.mending or next(one for one in ("name_people", "name_operator") if is_asked(one, v.form)),
)  # fmt: skip


_READ_AGAIN: Fork[Visit] = Fork(
    "加事项的回确认页", ("check_answers", "confirm_items"),
    lambda v: "check_answers" if v.later is None else "confirm_items",
)  # fmt: skip


def _refused(v: Visit, e: Event) -> Visit:
    """The purpose stays on its page, which says why."""
    assert isinstance(e, ev.PurposeChosen)
    v = keep.purpose(v, e)
    return keep.show_findings(v, e) if settled(e.said) else v


def _nameless(v: Visit, e: Event) -> Visit:
    return keep.done_here(own.name_left_out(v, e), e)


def _agreed(step: str, agreed: wish.Keep) -> tuple[Row[Visit], ...]:
    """Going on takes what stands on the page for the answer, proposals included."""
    return (
        Row(
            ev.NextAsked, _onward(step), lambda v, e: keep.done_here(agreed(v, e), e), run.draft, wish.may_go(agreed)
        ),
        Row(ev.NextAsked, None, wish.findings_here(agreed)),
        Row(ev.BackAsked, _back(step)),
    )  # fmt: skip


OPEN_BUSINESS: Journey[Visit] = Journey(
    "open_business",
    (
        Step("give_consent", (
            Row(ev.Consented, _WHOSE_CARD, keep.consented, run.consent_noted),
        )),
        Step("present_id_card", (
            Row(ev.CardRead, "verify_face", keep.card, run.card_noted, keep.usable),
            Row(ev.CardRead, None, keep.card, run.read_another),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.RetryAsked, None, keep.waiting_card, run.read_again),
            Row(ev.BackAsked, "give_consent"),
        ), enter=run.read_applicant, leave=run.stop_devices),
        Step("verify_face", (
            Row(ev.FaceAgreed, None, keep.face_agreed, run.agreed_and_take, keep.only_looks),
            Row(ev.FaceAgreed, None, keep.face_agreed, run.take_face),
            Row(ev.FaceTaken, None, keep.verifying, run.verify),
            Row(ev.PersonVerified, _after_face(), keep.verified, run.verified_noted, keep.passed),
            Row(ev.PersonVerified, None, keep.verified),
            Row(ev.RetryAsked, None, keep.waiting_face, run.take_face),
            Row(ev.InPersonAsked, None, keep.in_person, beside_you.waits, beside_you.comes),
            Row(ev.InPersonAsked, None, beside_you.called, beside_you.calls),
            Row(ev.StaffCardPut, "confirm_in_person", beside_you.card, None, beside_you.is_awaited),
            Row(ev.DeviceFailed, None, None, None, beside_you.of_staff_reader),
            Row(ev.DeviceFailed, None, None, None, beside_you.no_reader),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.BackAsked, "find_my_slip", keep.unfound, when=keep.is_for_copy),
            Row(ev.BackAsked, "find_my_case", keep.unfound, when=keep.only_looks),
        ), enter=beside_you.begin, leave=run.stop_devices),
        Step("choose_purpose", (
            Row(ev.PurposeChosen, _onward("choose_purpose"), keep.purpose_done, run.draft, keep.purpose_fine),
            Row(ev.PurposeChosen, None, _refused),
            Row(ev.BackAsked, "check_answers", when=keep.is_changing),
        )),
        Step("declare_name", (
            Row(ev.NameEntered, None, keep.name, run.ask_name),
            Row(ev.NameLeftOut, _onward("declare_name"), _nameless, run.draft, own.may_go_nameless),
            Row(ev.NameJudged, None, keep.judged, run.name_noted),
            Row(ev.PlatformFailed, None, keep.name_not_judged),
            Row(ev.RetryAsked, None, keep.asking_name, run.ask_name),
            Row(ev.NextAsked, _onward("declare_name"), keep.done_here, run.draft, keep.name_may_go),
            Row(ev.NextAsked, None, keep.show_findings),
            Row(ev.BackAsked, _back("declare_name")),
        )),
        Step("describe_business", (
            Row(ev.ScopeTyped, None, keep.scope_typed, run.find_scope),
            Row(ev.ScopeFound, None, keep.scope_found),
            Row(ev.ScopePicked, None, keep.picked),
            Row(ev.ScopeDropped, None, keep.dropped),
            Row(ev.NextAsked, _onward("describe_business"), keep.done_here, run.draft, keep.fine),
            Row(ev.NextAsked, None, keep.show_findings),
            Row(ev.BackAsked, _back("describe_business")),
        ), enter=run.look_at_scope),
        Step("give_address", (
            Row(ev.AddressGiven, _onward("give_address"), keep.address_done, run.draft, keep.address_fine),
            Row(ev.AddressGiven, None, keep.address_wrong),
            Row(ev.BackAsked, _back("give_address")),
        )),
        Step("set_capital", (
            Row(ev.CapitalSet, _onward("set_capital"), keep.capital_done, run.draft, keep.capital_fine),
            Row(ev.CapitalSet, None, keep.capital_wrong),
            Row(ev.BackAsked, _back("set_capital")),
        )),
        Step("name_people", (
            Row(ev.PersonCardAsked, None, keep.waiting_card, run.read_again),
            Row(ev.PersonCardStopped, None, firm.stopped, run.stop_all),
            Row(ev.CompanyGiven, None, firm.company_twice, None, firm.is_twice),
            Row(ev.CompanyGiven, None, firm.company),
            Row(ev.SignerRight, None, firm.right),
            Row(ev.SignerNamed, None, firm.named),
            Row(ev.SignerCardAsked, None, firm.asked, run.read_again),
            Row(ev.CardRead, None, firm.known_card, run.card_noted, firm.is_known_signer),
            Row(ev.CardRead, "verify_face", firm.card, run.card_noted, firm.is_signer),
            Row(ev.CardRead, None, firm.expired_card, None, firm.is_expired_signer),
            Row(ev.CardRead, "verify_face", keep.card, run.card_noted, keep.usable),
            Row(ev.CardRead, None, keep.card_twice),
            Row(ev.SocialCardAsked, None, chip.waiting, chip.read),
            Row(ev.SocialCardRead, None, chip.filled, chip.noted, chip.is_waiting),
            Row(ev.SocialCardStopped, None, chip.by_hand, run.stop_all),
            Row(ev.DeviceFailed, None, chip.failed, None, chip.is_waiting),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.RolesSet, None, keep.roles),
            Row(ev.ShareSet, None, keep.share),
            Row(ev.DueSet, None, firm.due),
            Row(ev.PhoneGiven, None, keep.phone),
            Row(ev.PersonDropped, None, keep.person_dropped),
            Row(ev.AbsentGiven, None, firm.company_twice, None, afar.is_known),
            Row(ev.AbsentGiven, None, afar.absent, None, afar.is_certificate),
            Row(ev.SupervisorLeftOut, None, wish.supervisor_left_out),
            Row(ev.NextAsked, _onward("name_people"), keep.people_done, run.draft, keep.fine),
            Row(ev.NextAsked, None, keep.show_findings),
            Row(ev.BackAsked, _back("name_people")),
        ), leave=run.stop_devices),
        Step("name_operator", (
            Row(ev.CompositionChosen, None, own.composition),
            Row(ev.PersonCardAsked, None, keep.waiting_card, run.read_again),
            Row(ev.PersonCardStopped, None, keep.not_waiting, run.stop_all),
            Row(ev.CardRead, None, own.family_card, run.card_noted, own.is_family_card),
            Row(ev.CardRead, None, own.family_card_again),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.FamilyMemberDropped, None, own.member_dropped),
            Row(ev.PhoneGiven, None, keep.phone),
            Row(ev.NextAsked, _onward("name_operator"), keep.done_here, run.draft, keep.fine),
            Row(ev.NextAsked, None, keep.show_findings),
            Row(ev.BackAsked, _back("name_operator")),
        ), leave=run.stop_devices),
        Step("tax_and_invoice", (
            Row(ev.InvoiceModeTold, None, wish.mode_told),
            Row(ev.InvoiceWished, None, wish.invoice),
            *_agreed("tax_and_invoice", wish.invoice_agreed),
        ), enter=run.ask_invoice_mode),
        Step("seals", (
            Row(ev.SealsWished, None, wish.seals),
            *_agreed("seals", wish.seals_agreed),
        )),
        Step("employment_insurance", (
            Row(ev.InsuranceWished, None, wish.insurance),
            *_agreed("employment_insurance", wish.insurance_agreed),
        )),
        Step("bank_appointment", (
            Row(ev.BranchesFound, None, wish.branches),
            Row(ev.BranchPicked, None, wish.branch, run.find_hours, wish.is_offered),
            Row(ev.HoursFound, None, wish.hours),
            Row(ev.BankWished, None, wish.bank),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.RetryAsked, None, wish.finding_again, run.find_branches_again),
            *_agreed("bank_appointment", wish.bank_agreed),
        ), enter=run.find_branches),
        Step("pick_up", (
            Row(ev.HallsFound, None, wish.halls),
            Row(ev.PickupWished, None, wish.pickup),
            *_agreed("pick_up", wish.as_it_is),
        ), enter=run.find_halls),
        Step("collect_materials", (
            Row(ev.CaptureAsked, None, paper.capturing, paper.take_page, paper.is_asked),
            Row(ev.CaptureAsked, None, paper.held_already),
            Row(ev.PageTaken, None, paper.page_taken),
            Row(ev.PageMoreAsked, None, paper.another, paper.take_page, paper.has_pages),
            Row(ev.PageAgainAsked, None, paper.page_again, paper.take_page, paper.has_pages),
            Row(ev.PagesUsed, None, paper.binding, paper.bind, paper.has_pages),
            Row(ev.PagesBound, None, None, paper.keep_paper),
            Row(ev.MaterialKept, None, paper.kept),
            Row(ev.DeviceFailed, None, paper.device_failed),
            Row(ev.PhoneAsked, None, paper.phoning, paper.make_link, paper.is_asked),
            Row(ev.PhoneAsked, None, paper.held_already),
            Row(ev.UploadLinkMade, None, paper.linked),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.RetryAsked, None, paper.another, paper.take_page, paper.is_capturing),
            Row(ev.RetryAsked, None, paper.phoning_again, paper.make_link, paper.is_phoning),
            Row(ev.LaterChosen, None, paper.put_off, run.stop_all, paper.may_come_later),
            Row(ev.GatheringStopped, None, paper.stopped, run.stop_all),
            Row(ev.CaseChanged, None, paper.news, None, keep.of_this_case),
            Row(ev.NextAsked, _onward("collect_materials"), keep.done_here, run.draft, paper.all_settled),
            Row(ev.BackAsked, _back("collect_materials")),
        ), enter=paper.follow, leave=run.stop_devices),
        Step("check_answers", (
            Row(ev.ChangeAsked, _TO_MEND, keep.changing),
            Row(ev.NextAsked, "sign", keep.done_here, run.draft, keep.complete),
            Row(ev.BackAsked, _back("check_answers")),
        )),
        Step("sign", (
            Row(ev.SignatureDrawn, None, keep.signature, run.keep_signature),
            Row(ev.SignatureKept, None, keep.signed, run.signed_noted),
            Row(ev.LinkAsked, None, afar.inviting, afar.invite, afar.may_invite),
            Row(ev.SigningLinkMade, None, afar.invited, afar.invited_noted),
            Row(ev.LinkShut, None, afar.shut, run.stop_all),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.CaseChanged, None, afar.news, None, keep.of_this_case),
            Row(ev.NextAsked, "submit", keep.done_here, when=keep.all_signed),
            Row(ev.BackAsked, _READ_AGAIN),
        ), enter=paper.follow, leave=run.stop_devices),
        Step("submit", (
            Row(ev.PaperLooked, None, keep.paper),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.RetryAsked, None, keep.again, run.look_again, keep.not_recorded),
            Row(ev.SubmitAsked, None, keep.submitting, run.submit, keep.not_recorded),
            Row(ev.DeedRecorded, None, keep.recorded),
            Row(ev.SettleAsked, "settle_draft", keep.again, when=keep.is_split),
            Row(ev.NextAsked, "take_receipt", keep.done_here, when=keep.is_recorded),
            Row(ev.BackAsked, "sign", when=keep.not_recorded),
        ), enter=run.look_at_paper),
        Step("take_receipt", (
            Row(ev.ReceiptDone, None, keep.printed),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.RetryAsked, None, keep.printing, run.print_slip_again),
            Row(ev.NextAsked, "see_progress", keep.done_here),
        ), enter=run.print_slip),
        Step("rate", (
            Row(ev.Rated, "farewell", keep.rated, run.rate_and_forget),
            Row(ev.NextAsked, "farewell", None, run.forget_done),
        )),
    ),
)  # fmt: skip

IN_PERSON: Journey[Visit] = beside_you.in_person_journey(_after_face())
