"""Going on with a draft by hand: touches on the real screens, walked by the real plan; the platform is played."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.contracts.ledger import Verdict
from kiosk.domain.draft_split import Side
from kiosk.domain.ids import PersonRef
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev
from tests.unit.ui.viewmodels import citizen_walk as walk
from tests.unit.ui.viewmodels import resume_walk as again
from tests.unit.ui.viewmodels.citizen_walk import CASE, TIME, WANG
from ui.pilot import PilotError, find

from .conftest import Showing
from .test_citizen_visit import Played


def test_by_slip_and_phone_to_two_decisions_and_on(showing: Showing) -> None:
    visit = Played(showing)
    tap, pilot = visit.tap, visit.shown.pilot
    tap("resume")
    assert visit.page == "find_my_draft"
    tap("code_input")
    pilot.pinyin("K7P428")
    tap("key_hide")
    tap("find")
    visit.happened(ev.ResumeCodeSent(TIME + timedelta(minutes=1)))
    assert visit.page == "enter_resume_code"
    tap("digits_input")
    pilot.pinyin("123456")
    tap("key_hide")
    tap("check")
    visit.happened(ev.PlatformFailed(Fault(FaultCode.RESUME_CODE_WRONG)))
    assert any("验证码不对" in text for text in pilot.texts())
    form = walk.together().state.form
    parted = again.split(form)
    visit.happened(ev.DraftsFound((again.kept(form),), online=True, proven=True))
    assert visit.page == "choose_draft"
    tap(f"draft_{CASE}")
    visit.happened(ev.DraftTakenUp(again.kept(form).value, parted))
    assert visit.page == "settle_draft"
    tap("way_mine")
    tap("back")
    tap("way_theirs")
    tap("way_mine")
    assert [side for _, side in visit.walk.state.decided] == [Side.THEIRS, Side.MINE]
    tap("next")
    visit.happened(ev.DeedRecorded(walk.deed(Verdict.WAITING)))
    settled = visit.walk.state.form
    person = settled.person(PersonRef("p2"))
    assert visit.page == "name_people" and settled.registered_capital == parted.theirs.registered_capital
    assert person is not None and person.phone == "13700001111"


def test_by_card_nothing_of_the_draft_is_on_the_glass_before_the_face(showing: Showing) -> None:
    visit = Played(showing)
    pilot = visit.shown.pilot
    form = again.begun()
    visit.tap("resume")
    visit.happened(ev.CardRead(WANG), ev.DraftsFound((again.kept(form),), online=True))
    visit.tap(f"draft_{CASE}")
    visit.happened(ev.DraftTakenUp(again.kept(form).value, None))
    assert visit.page == "give_consent"
    visit.tap("way_in_person")
    visit.tap("consent")
    assert visit.page == "verify_face"
    assert not any(form.name.trade in text or "餐饮" in text for text in pilot.texts())
    with pytest.raises(PilotError):
        find(visit.shown.ui.window, "slip_open")
    visit.tap("later")
    visit.tap("dialog_leave")
    assert visit.page == "farewell"
    assert not any("K7P-428" in text for text in pilot.texts())


def test_a_newer_draft_is_refused_politely(showing: Showing) -> None:
    visit = Played(showing)
    form = replace(again.begun(), licence_copies=2)
    visit.tap("resume")
    visit.happened(ev.CardRead(WANG), ev.DraftsFound((again.kept(form),), online=True))
    visit.tap(f"draft_{CASE}")
    visit.happened(ev.LedgerFailed(Fault(FaultCode.DRAFT_TOO_NEW)))
    assert visit.page == "choose_draft"
    assert any("更新的终端" in text for text in visit.shown.pilot.texts())
