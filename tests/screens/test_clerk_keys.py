"""The comprehensive window by keyboard, scanner and touch: what a clerk does reaches the inside, once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from kiosk.domain.document import Language
from kiosk.domain.draft_split import Side
from kiosk.domain.ids import WindowId
from kiosk.domain.queue import TicketMove
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from tests.unit.ui.viewmodels.clerk_walk import CALLED, CASE, SLIP, Still, stills, ticket
from ui.moment import pass_by
from ui.pilot import Pilot, PilotError, find

from .clerk_stage import Stage, opened

FACES = stills()
SIGNATURE = [[[0.2, 0.4], [0.4, 0.6], [0.6, 0.4]], [[0.5, 0.3], [0.5, 0.7]]]


@dataclass
class Hands:
    """One window, somebody's hands on it, and what reached the inside."""

    stage: Stage
    pilot: Pilot

    @property
    def posted(self) -> list[Event]:
        """Every event since the last look."""
        found = list(self.stage.session.posted)
        self.stage.session.posted.clear()
        return found

    def shows(self, still: Still, heard: int | None = None) -> None:
        """The inside has gone on: the page stays and keeps what it remembers."""
        self.stage.session.show(still, heard)
        self.pilot.settle()

    def said(self, text: str) -> bool:
        """Whether it can be read anywhere."""
        return any(text in one for one in self.pilot.texts())

    def wrote(self, name: str, text: str) -> None:
        """What was typed has arrived; the last key waits until it is sure to be no scanner's."""
        for _ in range(200):
            if self.stage.ui.visit._notes.get(name) == text:
                return
            pass_by(10)
        raise AssertionError(f"{name} is {self.stage.ui.visit._notes.get(name)!r}")


At = Callable[[str], Hands]


@pytest.fixture
def at() -> Iterator[At]:
    """The window at one of its faces."""
    with ExitStack() as stack:

        def put(name: str) -> Hands:
            stage = stack.enter_context(opened(FACES[name]))
            pilot = Pilot(stage.ui.window, stage.ui.visit, stage.ui.ime, stage.ui.pinyin)
            pilot.settle()
            stage.session.posted.clear()
            return Hands(stage, pilot)

        yield put


def test_pin_becomes_dots_and_is_gone_once_sent(at: At) -> None:
    desk = at("enter_pin")
    desk.pilot.type("13579")
    assert find(desk.stage.ui.window, "pin_dots").property("width") > 0 and not desk.said("13579")
    desk.pilot.keys("Backspace")
    desk.pilot.type("90")
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.PinEntered("135790")]
    assert desk.stage.ui.visit._notes["pin"] == ""
    desk.pilot.keys("Enter")
    assert desk.posted == []


def test_pin_by_touch_and_never_longer_than_eight(at: At) -> None:
    desk = at("enter_pin")
    desk.pilot.tap("digit_9")
    desk.pilot.tap("digit_clear")
    for digit in "246800111":
        desk.pilot.tap(f"digit_{digit}")
    desk.pilot.tap("digit_delete")
    desk.pilot.tap("pin")
    assert desk.posted == [ev.PinEntered("2468001")]


def test_short_pin_is_not_sent_and_escape_goes_back(at: At) -> None:
    desk = at("enter_pin")
    desk.pilot.type("135")
    desk.pilot.keys("Enter")
    assert desk.posted == []
    with pytest.raises(PilotError):
        desk.pilot.tap("pin")
    desk.pilot.keys("Esc")
    assert desk.posted == [ev.BackAsked()]


def test_no_digit_is_taken_while_the_card_checks(at: At) -> None:
    desk = at("enter_pin-checking")
    desk.pilot.type("1")
    desk.pilot.keys("Enter")
    assert desk.posted == [] and not desk.stage.ui.visit._notes.get("pin")


def test_code_is_typed_at_once_and_sent_once(at: At) -> None:
    desk = at("find_case")
    desk.pilot.type("k7p428")
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.CodeTyped("k7p428")]


def test_slip_before_the_scanner_is_not_typed(at: At) -> None:
    desk = at("find_case")
    desk.pilot.wedge(f"QB1.{CASE}.{SLIP}.1a2b3c4d")
    (scanned,) = desk.posted
    assert isinstance(scanned, ev.CodeScanned) and scanned.scan.text == f"QB1.{CASE}.{SLIP}.1a2b3c4d"
    assert find(desk.stage.ui.window, "code_input").property("text") == ""


def test_arrows_walk_the_rail_and_f3_opens(at: At) -> None:
    desk = at("find_case")
    desk.pilot.keys("Up", "F3")
    desk.pilot.keys("Down", "Down", "F3")
    desk.pilot.keys("Down", "Down", "Down", "F3")
    assert [e.case_id for e in desk.posted if isinstance(e, ev.CasePicked)] == [CASE, "01JDOTHER0", "01JDOTHER1"]


def test_rail_opens_by_touch_only_on_the_free_desk(at: At) -> None:
    desk = at("find_case")
    desk.pilot.tap("open_01JDOTHER2")
    assert desk.posted == [ev.CasePicked(FACES["find_case"].scene.state.cases[3].id)]
    busy = at("check_materials")
    with pytest.raises(PilotError):
        busy.pilot.tap("open_01JDOTHER2")


def test_free_desk_listens_anew_and_signs_out(at: At) -> None:
    desk = at("find_case-unread")
    desk.pilot.keys("F5")
    desk.pilot.tap("banner_retry")
    desk.pilot.keys("Ctrl+Q")
    assert desk.posted == [ev.RetryAsked(), ev.RetryAsked(), ev.StaffLeft()]


def test_digits_judge_the_line_at_hand_and_go_on(at: At) -> None:
    desk = at("check_materials")
    desk.pilot.keys("2")
    desk.pilot.keys("Down", "Down", "Down", "3")
    assert desk.posted == [ev.MaterialJudged("domicile_proof", 2), ev.MaterialJudged("identity_proof:王*试", 3)]
    desk.pilot.keys("1")
    assert desk.posted == [ev.MaterialJudged("domicile_proof", 1)]


def test_materials_by_touch(at: At) -> None:
    desk = at("check_materials")
    desk.pilot.tap("row_office_appointment")
    assert desk.said("第 6 项")
    desk.pilot.tap("wrong")
    desk.pilot.tap("key_in_order")
    assert desk.posted == [ev.MaterialJudged("office_appointment", 3), ev.MaterialJudged("domicile_proof", 1)]


def test_case_is_accepted_by_f9_only_when_nothing_is_open(at: At) -> None:
    desk = at("check_materials")
    desk.pilot.keys("F9")
    assert desk.posted == []
    desk.shows(FACES["check_materials-ready"])
    desk.pilot.keys("F9")
    desk.pilot.tap("accept")
    assert desk.posted == [ev.AcceptAsked(), ev.AcceptAsked()]
    desk.shows(FACES["check_materials-sending"])
    desk.pilot.keys("F9", "1", "Enter")
    assert desk.posted == []
    desk.shows(FACES["check_materials-accepted"])
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.NextAsked()]


def test_keys_typed_ahead_wait_for_the_screen_and_act_in_order(at: At) -> None:
    desk = at("check_materials")
    desk.stage.session.slow = True
    desk.pilot.keys("1", "F9", "Enter")
    assert desk.posted == [ev.MaterialJudged("domicile_proof", 1)]
    desk.shows(FACES["check_materials"], heard=0)  # news of something else
    assert desk.posted == []
    desk.shows(FACES["check_materials-ready"])
    assert desk.posted == [ev.AcceptAsked()]
    desk.shows(FACES["check_materials-sending"])
    assert desk.posted == []  # Enter, which means nothing while it is being sent
    desk.shows(FACES["check_materials-accepted"])
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.NextAsked()]


def test_keys_typed_ahead_never_act_on_another_step(at: At) -> None:
    desk = at("verify_recipient")
    desk.stage.session.slow = True
    desk.pilot.keys("Enter", "Esc")
    assert desk.posted == [ev.RecipientConfirmed()]
    desk.shows(FACES["check_materials"])
    assert desk.posted == []


@pytest.mark.parametrize("face", ["check_materials", "see_case", "verify_recipient"])
def test_escape_gives_the_desk_free(at: At, face: str) -> None:
    desk = at(face)
    desk.pilot.keys("Esc")
    assert desk.posted == [ev.BackAsked()]


def test_recipient_is_confirmed_in_person(at: At) -> None:
    desk = at("verify_recipient")
    desk.pilot.keys("Enter")
    desk.pilot.tap("confirm")
    assert desk.posted == [ev.RecipientConfirmed(), ev.RecipientConfirmed()]
    desk.shows(FACES["verify_recipient-checking"])
    desk.pilot.keys("Enter", "Esc")
    assert desk.posted == []


def test_stranger_cannot_be_confirmed(at: At) -> None:
    desk = at("verify_recipient-stranger")
    desk.pilot.keys("Enter")
    assert desk.posted == []
    desk.pilot.keys("F5")
    assert desk.posted == [ev.RetryAsked()]


def test_scanner_checks_articles(at: At) -> None:
    desk = at("check_bundle")
    desk.pilot.wedge("00123456")
    (scanned,) = desk.posted
    assert isinstance(scanned, ev.CodeScanned) and scanned.scan.text == "00123456"


def test_number_is_typed_by_hand(at: At) -> None:
    desk = at("check_bundle-some")
    desk.pilot.keys("F4")
    desk.pilot.type("03612001")
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.CodeTyped("03612001")]
    desk.pilot.keys("F4", "Esc")
    assert desk.posted == [] and not desk.said("把东西放回保管库")
    desk.pilot.wedge("03612001")
    assert isinstance(desk.posted[0], ev.CodeScanned)


def test_arrows_take_up_what_waits_and_f6_what_differs(at: At) -> None:
    desk = at("check_bundle-wrong")
    desk.pilot.keys("Down", "Up", "F6")
    assert desk.posted == [ev.ArticleRetried(a) for a in ("A4", "A8", "A3")]  # type: ignore[arg-type]
    desk.pilot.tap("banner_again")
    desk.pilot.tap("row_A7")
    desk.pilot.tap("row_A8.holder")
    assert desk.posted == [ev.ArticleRetried(a) for a in ("A3", "A7", "A8")]  # type: ignore[arg-type]


def test_what_is_right_stays_right_under_a_stray_touch(at: At) -> None:
    desk = at("check_bundle-some")
    desk.pilot.tap("row_A1")
    assert desk.posted == []


def test_leaving_asks_once_and_the_harmless_answer_is_enter(at: At) -> None:
    desk = at("check_bundle-checked")
    desk.pilot.keys("Esc")
    assert desk.said("把东西放回保管库")
    desk.pilot.keys("F12", "F6", "2")
    assert desk.posted == []
    desk.pilot.keys("Enter")
    assert desk.posted == [] and not desk.said("把东西放回保管库")
    desk.pilot.keys("Esc", "Esc", "Esc", "Ctrl+Enter")
    assert desk.posted == [ev.AbortAsked("returned_to_safe")]


def test_bundle_goes_on_to_the_signature_only_when_everything_fits(at: At) -> None:
    desk = at("check_bundle-some")
    desk.pilot.keys("F12")
    assert desk.posted == []
    desk.shows(FACES["check_bundle-checked"])
    desk.pilot.keys("F12")
    desk.pilot.tap("next")
    assert desk.posted == [ev.NextAsked(), ev.NextAsked()]


def test_permit_counts_down_by_the_terminals_clock(at: At) -> None:
    desk = at("check_bundle")
    assert desk.said("18:59")
    desk.stage.at = desk.stage.at.replace(minute=desk.stage.at.minute + 17)
    desk.stage.ui.visit._tick()
    assert desk.said("01:59") and desk.said("快到期")
    desk.stage.at = desk.stage.at.replace(minute=desk.stage.at.minute + 10)
    desk.stage.ui.visit._tick()
    assert desk.said("00:00")


def test_signature_goes_inside_as_a_picture_and_only_then_it_can_be_handed_over(at: At) -> None:
    desk = at("sign_handover")
    desk.pilot.keys("F12", "Enter")
    assert desk.posted == []
    desk.pilot.draw("signature_pad", SIGNATURE)
    desk.pilot.keys("F12")
    assert desk.posted == []
    desk.pilot.keys("Enter")
    (drawn,) = desk.posted
    assert isinstance(drawn, ev.SignatureDrawn) and drawn.png.startswith(b"\x89PNG") and len(drawn.png) > 500
    desk.shows(FACES["sign_handover-signed"])
    desk.pilot.keys("F12")
    desk.pilot.tap("hand_over")
    assert desk.posted == [ev.HandOverAsked(), ev.HandOverAsked()]


def test_signature_drawn_anew_replaces_the_one_that_was_kept(at: At) -> None:
    desk = at("sign_handover")
    desk.pilot.draw("signature_pad", SIGNATURE)
    desk.pilot.tap("signed")
    desk.shows(FACES["sign_handover-signed"])
    with pytest.raises(PilotError):
        desk.pilot.draw("signature_pad", SIGNATURE)
    with pytest.raises(PilotError):
        find(desk.stage.ui.window, "signature_again")
    assert len(desk.posted) == 1
    desk.pilot.keys("F6")
    assert [type(one) for one in desk.posted] == [ev.SignatureDropped]
    desk.shows(FACES["sign_handover"])
    desk.posted.clear()
    desk.pilot.keys("F12", "Enter")
    assert desk.posted == []
    desk.pilot.draw("signature_pad", SIGNATURE[:1])
    desk.pilot.keys("F12", "Enter")
    (drawn,) = desk.posted
    assert isinstance(drawn, ev.SignatureDrawn)
    desk.shows(FACES["sign_handover-signed"])
    desk.pilot.keys("F12")
    assert desk.posted == [ev.HandOverAsked()]


def test_a_draft_changed_in_two_places_is_opened_by_key_and_touch(at: At) -> None:
    desk = at("find_case-splits")
    assert desk.said("3 份草稿两处都改过")
    desk.pilot.keys("F6")
    desk.pilot.tap("banner_settle")
    assert desk.posted == [ev.SettleAsked(), ev.SettleAsked()]
    nothing = at("find_case")
    nothing.pilot.keys("F6")
    assert nothing.posted == []


def test_digits_choose_a_side_and_go_on_to_the_next_answer(at: At) -> None:
    desk = at("settle_draft")
    desk.pilot.keys("1", "F9")
    assert desk.posted == [ev.SideChosen("capital", Side.MINE)]  # nothing is sent while one is open
    desk.shows(FACES["settle_draft-some"])
    desk.pilot.keys("2")
    desk.pilot.keys("Up", "2")
    desk.pilot.tap("row_people.p2")
    desk.pilot.tap("key_mine")
    assert desk.posted == [
        ev.SideChosen("people.p2", Side.THEIRS),
        ev.SideChosen("capital", Side.THEIRS),
        ev.SideChosen("people.p2", Side.MINE),
    ]


def test_the_draft_goes_on_by_f9_once_every_answer_was_asked_about(at: At) -> None:
    desk = at("settle_draft-decided")
    desk.pilot.keys("F9")
    desk.pilot.tap("next")
    assert desk.posted == [ev.NextAsked(), ev.NextAsked()]
    desk.shows(FACES["settle_draft-barred"])
    desk.pilot.keys("F9")
    assert desk.posted == []


def test_a_draft_that_changed_once_more_is_looked_at_again(at: At) -> None:
    desk = at("settle_draft-again")
    desk.pilot.keys("F5")
    desk.pilot.tap("banner_retry")
    desk.pilot.keys("Esc")
    assert desk.posted == [ev.RetryAsked(), ev.RetryAsked(), ev.BackAsked()]


def test_after_the_hand_over(at: At) -> None:
    desk = at("handed_over-jam")
    desk.pilot.keys("F8", "Enter")
    assert desk.posted == [ev.RetryAsked(), ev.NextAsked()]


def test_language_and_size_by_key(at: At) -> None:
    desk = at("check_materials")
    desk.pilot.keys("Ctrl+L")
    assert desk.said("Check materials") and desk.said("Proof of the right to use the domicile")
    small = find(desk.stage.ui.window, "title").property("font").pixelSize()
    desk.pilot.tap("key_size")
    assert find(desk.stage.ui.window, "title").property("font").pixelSize() > small
    desk.pilot.keys("1")
    assert desk.posted == [ev.LanguageChosen(Language.EN), ev.MaterialJudged("domicile_proof", 1)]


def test_a_tax_device_by_the_keyboard_alone(at: At) -> None:
    desk = at("find_case")
    desk.pilot.keys("F8")
    assert desk.posted == [ev.DevicesAsked()]
    desk = at("list_devices-offline")
    desk.pilot.keys("Down")
    desk.pilot.keys("Down")
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.DeviceCasePicked(CASE)]  # the third line: the one with the most time
    desk = at("take_device")
    desk.pilot.keys("F12")
    assert desk.posted == []  # no device is in hand
    desk.pilot.keys("F4")
    desk.pilot.type("661000000042")
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.CodeTyped("661000000042")]
    desk = at("take_device-ready")
    desk.pilot.keys("F12")
    assert desk.posted == [ev.IssueAsked()]
    desk = at("watch_device-manual")
    desk.pilot.keys("Enter")
    assert desk.posted == []
    desk.pilot.type("SW-2026-0042")
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.ReceiptTyped("SW-2026-0042")]


def test_a_device_is_put_aside_after_one_question(at: At) -> None:
    for face in ("read_device-other", "check_bundle-mismatch"):
        desk = at(face)
        desk.pilot.keys("F8")
        assert desk.posted == []
        desk.pilot.keys("Enter")  # look again
        desk.pilot.keys("Ctrl+Enter")  # the question is closed: it means nothing
        assert desk.posted == []
        desk.pilot.keys("F8")
        desk.pilot.keys("Ctrl+Enter")
        assert desk.posted == [ev.AsideAsked()]
    desk = at("read_device")
    desk.pilot.keys("F8")
    desk.pilot.keys("Ctrl+Enter")
    assert desk.posted == []  # nothing was read yet


def test_changed_passwords_are_said_once(at: At) -> None:
    desk = at("handed_over-registered")
    desk.pilot.keys("F7")
    assert desk.posted == [ev.PasswordsChanged()]
    desk = at("handed_over-passwords")
    desk.pilot.keys("F7")
    assert desk.posted == []


def test_the_queue_is_worked_by_keys_while_the_code_field_has_the_keyboard(at: At) -> None:
    desk = at("find_case-called")
    desk.pilot.keys("F4", "F9")
    assert desk.posted == [
        ev.TicketMoveAsked(CALLED.id, TicketMove.START), ev.TicketMoveAsked(CALLED.id, TicketMove.RECALL),
    ]  # fmt: skip
    desk.pilot.keys("F2")  # whoever was only called is not called over
    assert desk.posted == []
    desk.pilot.keys("F10", "2")
    assert desk.posted == [ev.TicketMoveAsked(CALLED.id, TicketMove.MISS, "left")]
    desk.pilot.type("K7P428")  # the field has the keyboard back, and no digit of the answer in it
    desk.wrote("code", "K7P428")


def test_a_question_of_two_steps_and_the_way_out_of_it(at: At) -> None:
    desk = at("find_case-queue")
    desk.pilot.keys("Ctrl+O", "3", "Esc")
    assert desk.posted == [] and not desk.said("为什么优先？")
    desk.pilot.keys("Ctrl+O", "3", "1")
    assert desk.posted == [ev.TicketMoveAsked(ticket(22).id, TicketMove.RAISE, "elder")]
    desk.pilot.keys("Ctrl+G")
    desk.pilot.tap("answer_1")
    assert desk.posted == [ev.TicketMoveAsked(ticket(11).id, TicketMove.RETURN)]
    desk.pilot.keys("Ctrl+P", "1", "F2")
    assert desk.posted == [ev.PauseAsked(True, "短时离开"), ev.CallNextAsked()]


def test_transfer_names_window_and_reason(at: At) -> None:
    desk = at("find_case-serving")
    desk.pilot.keys("F12", "2", "2")
    assert desk.posted == [
        ev.TicketMoveAsked(CALLED.id, TicketMove.TRANSFER, "要帮办人员陪同", WindowId("w-04"))
    ]  # fmt: skip


def test_without_network_nobody_is_called_but_a_visit_is_over(at: At) -> None:
    desk = at("find_case-queue_offline")
    assert desk.said("没有网络，不能叫号。") and desk.said("这位办完了")
    desk.pilot.keys("Ctrl+O", "Ctrl+G", "Ctrl+P", "F12")
    assert desk.posted == []
    desk.pilot.keys("F2")
    assert desk.posted == [ev.CallNextAsked()]


def test_the_palette_finds_an_action_by_initials_and_does_it(at: At) -> None:
    desk = at("find_case-queue")
    desk.pilot.keys("Ctrl+K")
    assert desk.said("要做什么？") and desk.said("Ctrl+Q")
    desk.pilot.type("jxyw")
    desk.wrote("paletteTyped", "jxyw")
    desk.pilot.keys("Enter")
    assert desk.posted == [ev.CallNextAsked()] and not desk.said("要做什么？")
    desk.pilot.keys("Ctrl+K", "Esc")
    desk.pilot.type("K7P428")
    desk.wrote("code", "K7P428")
    assert desk.posted == []
    desk.pilot.keys("Ctrl+K")
    desk.pilot.type("ztck")
    desk.wrote("paletteTyped", "ztck")
    desk.pilot.keys("Enter", "2")  # what asks something asks it from here too
    assert desk.posted == [ev.PauseAsked(True, "午间轮休")]
    desk.pilot.keys("Ctrl+K", "Down")
    desk.pilot.tap("palette_sign_out")
    assert desk.posted == [ev.StaffLeft()]
