"""From the page on which everything is checked to the slip in the hand, and to what comes after it."""

import cv2
import requests
import zxingcpp

from kiosk.demo.acts import SIGNATURES
from tests.journeys.phones import sign_on_a_phone
from tests.journeys.visiting import finish as to_home
from tests.journeys.visiting import leave_later, slip_code

from .drawn import photo
from .scene import Act, Deed, Scene


def checked(s: Scene) -> None:
    """Everything on one page is right."""
    if s.on() not in ("check_answers", "confirm_items"):
        s.page("check_answers")
    s.leave_page("next")


def sign(*who: str) -> Act:
    """Everybody who is here signs, in the order in which the page asks."""

    def act(s: Scene) -> None:
        s.page("sign")
        for one in who:
            s.kiosk.do("draw", "signature_pad", SIGNATURES[one])
            s.tap("sign")

    return act


def signed_afar(ref: str, who: str, number: str, kind: str) -> Act:
    """A link for somebody who is not here, who reads it off a photograph of the screen and signs on the own phone."""

    def act(s: Scene) -> None:
        s.sees("sign.afar.title", n=1)
        s.tap(f"afar_{ref}")
        s.sees("sign.afar.sms_label")
        s.deeds[Deed.PHONE] += 1
        sign_on_a_phone(code_on(s), who, number, kind)

    return act


def all_signed(s: Scene) -> None:
    """On to the submission."""
    s.sees("sign.done_title")
    s.leave_page("next")


def submit(s: Scene) -> None:
    """Once; the screen says that it was sent."""
    s.page("submit")
    s.tap("submit")
    s.sees("truth.sent")
    s.leave_page("next")


def submit_offline(s: Scene) -> None:
    """Once, without a network: kept here, and nothing is called sent."""
    s.page("submit")
    s.stage.office.weather(offline=True)
    s.tap("submit")
    s.sees("submit.offline.title")
    s.sees("truth.sent_not")
    s.leave_page("next")


def receipt(s: Scene) -> None:
    """The slip is printed."""
    s.page("take_receipt")
    s.sees("take_receipt.done.title")
    s.code = slip_code(s.kiosk)


def goodbye(s: Scene) -> None:
    """How it stands, five stars, home."""
    to_home(s.kiosk)


def kept(s: Scene) -> None:
    """先存着，改天再办: the code goes along."""
    s.code = leave_later(s.kiosk)


# --- papers ---
def photographed(s: Scene) -> None:
    """The lease is laid under the camera of the terminal."""
    s.page("collect_materials")
    s.tap("need_domicile_proof", "way_camera")
    s.deeds[Deed.PAPER] += 1
    s.stage.hall.do("kiosk.document_camera", "lay", paper="letter")
    s.sees("collect_materials.review_title", n=1)
    s.stage.hall.do("kiosk.document_camera", "clear")
    s.tap("use_pages")
    s.sees("collect_materials.arrived.what")


def sent_by_phone(s: Scene) -> None:
    """A photograph on the phone, sent by the code on the screen."""
    s.page("collect_materials")
    s.tap("need_domicile_proof", "kind_property_certificate", "way_phone")
    s.kiosk.sees(s.said("collect_materials.phone_waits", at="")[:5], 60)
    s.deeds[Deed.PHONE] += 1
    s.deeds[Deed.PAPER] += 1
    sent = requests.post(code_on(s), photo(), headers={"Content-Type": "application/octet-stream"}, timeout=20)
    assert sent.status_code == 201, sent.text
    s.sees("collect_materials.arrived.what")


def code_on(s: Scene) -> str:
    """What a phone's camera reads off the glass."""
    picture = s.folder / "code.png"
    s.kiosk.do("grab", str(picture))
    [code] = zxingcpp.read_barcodes(cv2.imread(str(picture)), formats=zxingcpp.BarcodeFormat.QRCode)
    picture.unlink()
    return str(code.text)


def handed(s: Scene) -> None:
    """Every paper has its place."""
    for need in s.names("need_"):
        if need != "need_domicile_proof":
            s.tap(need, "bring_later")
    s.leave_page("next")
