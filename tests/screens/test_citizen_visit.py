"""One whole visit by hand: touches on the real screens, walked by the real plan; devices and platform are played."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kiosk.contracts.device import Supply
from kiosk.contracts.face_camera import FaceShot
from kiosk.contracts.ledger import Verdict
from kiosk.contracts.printing import Printed
from kiosk.domain.article import SealUse
from kiosk.domain.ids import BlobId, PersonRef
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.person import Role
from kiosk.domain.wishes import (
    BankWish,
    Insurance,
    InvoiceKind,
    InvoiceRequest,
    InvoiceWish,
    SealPlan,
    SealWay,
)
from kiosk.rules.slip_code import slip_payload
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from tests.unit.ui.viewmodels.citizen_walk import (
    CASE,
    FIRM,
    FIRM_CODE,
    FIRM_REF,
    HALLS,
    LI,
    RESERVED,
    SCOPE,
    SLIP,
    WANG,
    Walk,
    accepted_case,
    deed,
    seen,
    with_firm,
)
from tests.unit.ui.viewmodels.wish_walk import BRANCHES, HOURS
from ui.pilot import find
from ui.viewmodels import citizen

from .conftest import KIOSK, Showing, Shown

STROKES = [[[0.2, 0.3], [0.4, 0.6], [0.6, 0.3]], [[0.7, 0.2], [0.7, 0.7]]]


class Played:
    """A visit whose devices and platform answer at once."""

    def __init__(self, showing: Showing, **spec: Any) -> None:
        self.walk = Walk()
        self.shown: Shown = showing(citizen, self.walk.still().scene, replace(KIOSK, **spec))
        self.shown.stand.post = self.heard  # type: ignore[method-assign]
        self.tap = self.shown.pilot.tap

    def heard(self, event: Event, page: int | None = None) -> None:
        """A touch came: the plan walks, and what would answer answers."""
        self.walk.did(event, *self.answers(event))
        self.shown.stand.show(self.walk.still().scene)

    def happened(self, *events: Event) -> None:
        """Devices and platform: walked, and shown."""
        self.walk.did(*events)
        self.shown.stand.show(self.walk.still().scene)
        self.shown.pilot.settle()

    def answers(self, event: Event) -> tuple[Event, ...]:
        """What comes back when nothing goes wrong."""
        played: dict[type[Event], Callable[[], tuple[Event, ...]]] = {
            ev.NameEntered: lambda: (ev.NameJudged(RESERVED),),
            ev.FaceAgreed: lambda: (ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), seen()),
            ev.BranchPicked: lambda: (ev.HoursFound(BRANCHES[0].id, HOURS),),
            ev.SubmitAsked: lambda: (ev.DeedRecorded(deed(Verdict.WAITING)),),
        }
        if isinstance(event, ev.NextAsked) and self.walk.state.step == "home":
            return (ev.VisitBegun(CASE, SLIP),)
        if isinstance(event, ev.SignatureDrawn):
            return (ev.SignatureKept(event.ref, BlobId("ab" * 32)),)
        if isinstance(event, ev.ScopeTyped):
            return (ev.ScopeFound(event.typed, SCOPE),)
        return played.get(type(event), tuple)()

    @property
    def page(self) -> str:
        """The screen that is up."""
        return self.shown.pilot.page


def the_items(visit: Played) -> None:
    """One thing of each is changed, everything else is as it is proposed."""
    tap, pilot, form = visit.tap, visit.shown.pilot, lambda: visit.walk.state.form
    visit.happened(ev.InvoiceModeTold(InvoiceMode.DEVICE))
    assert visit.page == "tax_and_invoice"
    tap("answer_kinds")
    tap("option_paper_special")
    tap("answer_buyer")
    tap("option_p2")
    tap("next")
    assert form().invoice == InvoiceWish(
        (InvoiceRequest(InvoiceKind.PAPER_ORDINARY), InvoiceRequest(InvoiceKind.PAPER_SPECIAL)), PersonRef("p2")
    )
    assert visit.page == "seals"
    tap("answer_uses")
    tap("option_seal_contract")
    tap("done")
    tap("answer_way")
    tap("option_own_shop")
    pilot.pinyin("示例印章店")
    tap("key_hide")
    tap("shop")
    tap("next")
    assert form().seal_plan == SealPlan(SealWay.OWN_SHOP, "示例印章店", frozenset(SealUse))
    assert visit.page == "employment_insurance"
    tap("answer_insured")
    tap("option_p1")
    tap("done")
    tap("answer_fund")
    tap("option_now")
    tap("answer_fund_rate")
    tap("tile_8")
    tap("done")
    tap("next")
    social, fund = form().social, form().fund
    assert social is not None and (social.insured, social.insurance) == ((PersonRef("p1"),), frozenset(Insurance))
    assert fund is not None and (fund.employer_rate, fund.employee_rate, fund.headcount) == (8, 8, 1)
    assert visit.page == "bank_appointment"
    visit.happened(ev.BranchesFound(BRANCHES))
    tap("option_book")
    tap("option_bank-b")
    tap(f"option_{BRANCHES[0].id}")
    tap("tile_2026-11-25")
    tap("tile_1030")
    tap("next")
    assert form().bank_appt == BankWish(BRANCHES[0].id, HOURS[5], PersonRef("p1"))
    assert visit.page == "pick_up"
    visit.happened(ev.HallsFound(HALLS))
    tap("option_mail")
    tap("answer_address")
    for _ in "2-3":
        tap("key_back")
    pilot.pinyin("4-5")
    tap("key_hide")
    tap("address")
    tap("next")
    mail = form().mail
    assert mail is not None and (mail.recipient, mail.address) == ("王测试", "渝中区示例路1号4-5")
    assert set(form().items) == set(Item)


@pytest.mark.parametrize("panel", [(1080, 1920), (1920, 1080)], ids=["upright", "lying"])
def test_two_partners_open_a_business(showing: Showing, panel: tuple[int, int]) -> None:
    visit = Played(showing, width=panel[0], height=panel[1])
    tap, pilot = visit.tap, visit.shown.pilot
    tap("next")
    tap("way_face")
    tap("consent")
    assert visit.page == "present_id_card"
    visit.happened(ev.CardRead(WANG))
    assert visit.page == "verify_face"
    visit.happened(ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), seen())

    for answer in ("choice_partners", "way_company", "choice_catering", "way_all", "way_none", "choice_here"):
        tap(answer)
    tap("purpose")
    assert visit.page == "declare_name"
    tap("trade_input")
    pilot.pinyin("示例")
    tap("key_hide")
    tap("industry_餐饮服务")
    tap("check")
    assert visit.walk.state.form.name.full == "重庆示例餐饮服务有限公司"
    tap("next")

    assert visit.page == "describe_business"
    tap("search_input")
    pilot.pinyin("canyin")
    assert visit.walk.state.scope_typed == "canyin"  # the list follows every key
    tap("key_hide")
    tap("pick_H6210")
    tap("pick_L7290")
    tap("pick_L7290")
    assert [p.code for p in visit.walk.state.form.scope] == ["H6210"]
    tap("next")

    assert visit.page == "give_address"
    tap("division_500103")
    pilot.pinyin("示例路1号2-3")
    tap("key_hide")
    tap("line_done")
    tap("choice_02")
    tap("address")
    assert visit.walk.state.form.domicile.line == "示例路1号2-3"

    assert visit.page == "set_capital"
    tap("quick_100")
    tap("capital")

    assert visit.page == "name_people"
    tap("next_person")
    visit.happened(ev.CardRead(LI))
    tap("way_face")
    assert visit.page == "name_people"
    tap("edit_roles_p2")
    tap("role_manager")
    tap("role_manager")
    tap("roles_done")
    person = visit.walk.state.form.person(PersonRef("p2"))
    assert person is not None
    assert Role.MANAGER not in person.roles
    tap("edit_share_p2")
    assert visit.shown.ui.ime.shown == "amount"
    tap("quick_rest")
    tap("share")
    tap("mend_phone-missing.p1")
    pilot.pinyin("13800001234")
    tap("phone")
    tap("next")

    the_items(visit)
    assert visit.page == "collect_materials"
    for name in [one["object"] for one in pilot.tree() if one["object"].startswith("need_")]:
        tap(name)
        tap("bring_later")
    tap("next")
    assert visit.page == "check_answers"
    tap("edit_capital")
    assert visit.page == "set_capital"
    tap("capital")
    assert visit.page == "check_answers"
    tap("next")

    for ref in ("p1", "p2"):
        assert visit.walk.state.signing == ref
        pilot.draw("signature_pad", STROKES)
        tap("sign")
    tap("next")
    assert visit.page == "submit"
    visit.happened(ev.PaperLooked(Supply.FULL))
    tap("submit")
    visit.happened(ev.CaseChanged(accepted_case(visit.walk), (deed(Verdict.ACCEPTED),), True))
    assert any("平台已受理" in text for text in pilot.texts())
    tap("next")
    visit.happened(ev.ReceiptDone(Printed.PRINTED))
    tap("next")
    assert visit.page == "see_progress"
    tap("next")
    tap("level_5")
    assert visit.page == "farewell"
    tap("next")
    assert visit.page == "home"
    assert visit.shown.ui.visit._notes == {}


def test_a_company_takes_a_share_and_somebody_signs_for_it(showing: Showing) -> None:
    visit = Played(showing)
    tap, pilot = visit.tap, visit.shown.pilot
    visit.walk = with_firm()
    visit.shown.stand.show(visit.walk.still().scene)
    pilot.settle()
    tap("mend_phone-missing.p1")
    pilot.pinyin("13800001234")
    tap("phone")
    tap("mend_holders-one-company")
    assert visit.shown.ui.ime.shown == "code"
    for letter in FIRM_CODE[:-1] + "M":
        tap(f"key_{letter}")
    assert any("校验位对不上" in text for text in pilot.texts())
    tap("key_back")
    tap(f"key_{FIRM_CODE[-1]}")
    tap("to_name")
    assert visit.shown.ui.ime.shown == "pinyin"
    pilot.pinyin(FIRM)
    tap("key_hide")
    tap("company")
    tap("mend_representative-missing.p2")
    tap("right_authorised")
    tap("giver_input")
    pilot.pinyin("赵示例")
    tap("key_hide")
    tap("signer_card")
    visit.happened(ev.CardRead(LI))
    assert visit.page == "verify_face"
    tap("way_face")
    assert visit.page == "name_people"
    tap("edit_company_p2")
    assert find(visit.shown.ui.window, "uscc_input").property("text") == FIRM_CODE  # what is known stands there
    tap("key_hide")
    tap("edit_back")
    tap("next")
    assert visit.page == "tax_and_invoice"
    company = visit.walk.state.form.person(FIRM_REF)
    assert company is not None and company.name == FIRM and company.acting is not None
    assert (company.acting.name, company.verification_id) == (LI.name, "V-1")


def test_leaving_is_asked_and_the_code_is_told(showing: Showing) -> None:
    visit = Played(showing)
    visit.tap("next")
    visit.tap("way_in_person")
    visit.tap("consent")
    visit.happened(ev.CardRead(WANG))
    visit.tap("later")
    visit.tap("dialog_stay")
    assert visit.page == "verify_face"
    visit.tap("later")
    visit.tap("dialog_leave")
    assert visit.page == "farewell"
    assert find(visit.shown.ui.window, "slip_code").property("text") == "K7P-428"


def test_a_case_is_found_by_its_code(showing: Showing) -> None:
    visit = Played(showing)
    visit.tap("track")
    visit.tap("code_input")
    visit.shown.pilot.pinyin("K7P-428")
    visit.tap("find")
    assert visit.walk.state.busy is not None
    assert any("正在查" in text for text in visit.shown.pilot.texts())


def test_the_slip_opens_to_its_full_length(showing: Showing) -> None:
    visit = Played(showing)
    visit.tap("next")
    visit.tap("way_face")
    visit.tap("consent")
    visit.tap("slip_open")
    visit.tap("slip_close")
    assert visit.page == "present_id_card"


def test_a_touch_says_on_which_page_it_was_given(showing: Showing) -> None:
    """Twice touched before the next page is shown: both are of the page that was touched, and the session lets the
    second one go. A scanner in somebody's hand knows of no page."""
    shown, posted = showing(citizen, replace(Walk().still().scene, page=5)), list[tuple[type[Event], int | None]]()

    def post(event: Event, page: int | None = None) -> int:
        posted.append((type(event), page))
        return 0

    shown.stand.post = post  # type: ignore[method-assign]
    shown.pilot.tap("next")
    shown.pilot.tap("next")
    shown.stand.show(replace(Walk().did(ev.TrackAsked()).still().scene, page=6))
    shown.pilot.settle()
    shown.ui.visit.act("scanned", {"text": slip_payload(CASE, SLIP)})
    shown.ui.visit.act("back")
    assert posted[:2] == [(ev.NextAsked, 5)] * 2
    assert [page for _, page in posted[2:]] == [None, 6]
