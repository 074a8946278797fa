"""What makes one visit different from another: how the screen looks, what fails, who helps, where it goes on."""

import json
import urllib.request

from kiosk.demo.stage import Stage
from kiosk.faults import FaultCode
from tests.contract.hands import KIOSK, WINDOW, Hands
from tests.contract.turns import KIOSK_2, closed
from tests.journeys.visiting import CAMERA, KIOSK_STAFF_CARD, PATIENT, PRINTER, READER, rows, wait_for

from .answers import reserved
from .drawn import HANDWRITTEN
from .scene import Act, Deed, Scene

WANG = "500103198504120022"  # as on the virtual card
HELPER = "0600"
PIN = "112233"  # of the helper's virtual staff card


# --- how the screen looks and sounds ---
def english(s: Scene) -> None:
    """The other language, from the home screen on."""
    s.page("home")
    s.tap("help_language")
    s.language = "en"
    s.sees("home.title")


def large(s: Scene) -> None:
    """Larger type and fewer things at a time (大字)."""
    s.page("home")
    s.tap("help_size")


def comfort(*keys: str) -> Act:
    """Read aloud, strong contrast, everything within reach: the sheet behind the fourth key."""

    def act(s: Scene) -> None:
        s.page("home")
        s.tap("help_comfort", *(f"comfort_{key}" for key in keys), "comfort_close")

    return act


def by_hand(trade: str) -> Act:
    """The trade name is written with a finger, character by character."""

    def act(s: Scene) -> None:
        s.page("declare_name")
        s.tap("trade_input", "key_write")
        for character in trade:
            s.kiosk.do("draw", "writing_pad", HANDWRITTEN[character])
            offered = wait_for(lambda: s.names("candidate_"), "what was read")
            told = {one["object"]: one["name"] for one in s.kiosk.do("tree")}
            s.tap(next(one for one in offered if character in told[one]))
        reserved(s)

    return act


# --- what fails ---
def offline(s: Scene) -> None:
    """The network goes."""
    s.stage.office.weather(offline=True)


def online(s: Scene) -> None:
    """And comes back."""
    s.stage.office.weather()


def face_waits_for_network(s: Scene) -> None:
    """Looks at the camera, but nobody can be asked; with the network back one touch goes on."""
    s.told(FaultCode.PLATFORM_OFFLINE)
    online(s)
    s.deeds[Deed.FACE] += 1
    s.tap("way_face")
    s.page("choose_purpose")


def name_unasked(trade: str) -> Act:
    """Without a network the name cannot be asked for; everything else can be filled in."""

    def act(s: Scene) -> None:
        s.write("trade_input", trade)
        s.tap("check")
        s.told(FaultCode.NAME_NEEDS_NETWORK)
        s.leave_page("next")

    return act


def name_asked_at_last(s: Scene) -> None:
    """The check page says that the name is still to be asked for, and leads there."""
    s.page("check_answers")
    s.leave_page(s.first("mend_name"))
    reserved(s)
    s.page("check_answers")


def name_taken(wanted: str, industry: str) -> Act:
    """Somebody has that name; one of those that are proposed is free."""

    def act(s: Scene) -> None:
        s.write("trade_input", wanted)
        s.tap("key_hide", f"industry_{industry}", "check")
        s.tap(s.first("suggestion_"))
        reserved(s)

    return act


def paper_out(s: Scene) -> None:
    """The roll is at its end before anybody submits: it is said in time, staff puts a new one in."""
    s.stage.hall.do(PRINTER, "paper_out")


def paper_in(s: Scene) -> None:
    """A new roll; the slip comes by itself or by one touch."""
    s.page("take_receipt")
    s.told(FaultCode.PAPER_OUT)
    s.stage.hall.do(PRINTER, "paper_in")
    s.tap("retry")


# --- who helps ---
def _helper(s: Scene, terminal: str) -> Hands:
    hands = Hands(s.stage.platform["url"], terminal)
    assert hands.sign_in(HELPER)["status"] == 201
    return hands


def helped(call: Act) -> Act:
    """A helper is called, comes, and stands beside: the banner says so."""

    def act(s: Scene) -> None:
        call(s)
        hall, beside = _helper(s, WINDOW), _helper(s, KIOSK)
        (told,) = wait_for(lambda: hall.call("GET", "/v1/assistance-requests?state=OPEN").json()["items"], "the call")
        for hands, what, more in ((hall, "answer", {"minutes": 2}), (beside, "join", {})):
            told = hands.post(
                f"/v1/assistance-requests/{told['id']}/{what}", {"by": HELPER, **more},
                If_Match=f'"v{told["version"]}"',
            ).json()  # fmt: skip
        s.sees("chrome.helper.here.what", name=told["helper"])
        hall.close()
        beside.close()

    return act


def bell(s: Scene) -> None:
    """The key that calls somebody."""
    s.tap("help_call")


def in_person(s: Scene) -> None:
    """Not by the face: somebody shall come and compare."""
    s.page("verify_face")
    if "way_in_person" in s.names("way_in_person"):
        s.tap("way_in_person")


def confirmed(s: Scene) -> None:
    """The helper comes, lays the own card, mistypes the PIN once, compares and confirms; the visit goes on by itself
    and nobody of the staff is signed in any more."""
    s.sees("verify_face.staff_card")
    s.stage.hall.do(KIOSK_STAFF_CARD, "insert", card=f"staff:{HELPER}")
    s.page("confirm_in_person")
    s.tap(*(f"digit_{one}" for one in "246802"), "pin")
    s.told(FaultCode.PIN_WRONG)
    wait_for(lambda: s.said("confirm_in_person.rests", n=2) not in s.kiosk.do("texts"), "the end of the rest")
    s.tap(*(f"digit_{one}" for one in PIN), "pin")
    s.sees("confirm_in_person.compare.title")
    s.tap("confirm")
    s.page("choose_purpose")
    s.stage.hall.do(KIOSK_STAFF_CARD, "remove")
    wait_for(lambda: rows(s.stage, "SELECT staff_ref FROM staff_session") == [], "the end of the sign-in")
    assert rows(s.stage, "SELECT method, result, by_ref FROM verification") == [("in_person", "PASSED", HELPER)]


# --- where it goes on ---
def other_terminal(s: Scene) -> None:
    """The first terminal is somebody else's by now."""
    assert s.stage.settled("kiosk", PATIENT)
    s.stage.close(s.kiosk)
    s.kiosk = s.stage.open("other")
    s.terminals.append("other")
    s.page("home")


def resumed(s: Scene) -> None:
    """By the slip's code and six digits that come to the phone."""
    s.tap("resume")
    s.page("find_my_draft")
    s.write("code_input", s.code)
    s.tap("key_hide", "find")
    s.page("enter_resume_code")
    s.deeds[Deed.PHONE] += 1
    s.write("digits_input", str(wait_for(lambda: _digits(s.stage), "the digits on the phone")))
    s.tap("key_hide", "check")
    s.page("choose_draft")
    s.leave_page(s.first("draft_"))


def _digits(stage: Stage) -> str:
    with urllib.request.urlopen(f"{stage.platform['url']}/sandbox/sms-outbox", timeout=PATIENT) as answer:
        told = [str(one["text"]) for one in json.load(answer) if "验证码" in one["text"]]
    return told[-1].partition("验证码")[2][:6] if told else ""


def company_with_a_licence(stage: Stage) -> None:
    """A company that collected its licence some time ago and asked for nothing else."""
    clerk, elsewhere = Hands(stage.platform["url"], WINDOW), Hands(stage.platform["url"], KIOSK_2)
    clerk.sign_in()
    closed(elsewhere, clerk, ["SETUP"], number=WANG)
    for hands in (clerk, elsewhere):
        hands.close()


def later_items(*items: str) -> Act:
    """The company is found by the card of one of its people, and what it has not yet is chosen."""

    def act(s: Scene) -> None:
        s.tap("later")
        s.page("find_company")
        s.deeds[Deed.CARD] += 1
        s.stage.hall.do(READER, "lay_card", card="wang")
        s.page("give_consent")
        s.stage.hall.do(READER, "lift_card")
        s.deeds[Deed.FACE] += 1
        s.stage.hall.do(CAMERA, "show", scene="face", person="wang")
        s.tap("way_face", "consent")
        s.page("choose_items")
        s.tap(*(f"item_{one}" for one in items))
        s.leave_page("next")

    return act
