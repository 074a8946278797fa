"""The story of the demo, act by act: a citizen at the kiosk, a clerk at the window, everything by real input."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .processes import DemoError
from .stage import Stage, Window

Progress = Callable[[str], None]
SIGNATURES = {
    "wang": [
        [[0.10, 0.30], [0.30, 0.30]], [[0.12, 0.50], [0.28, 0.50]], [[0.20, 0.30], [0.20, 0.72]],
        [[0.08, 0.72], [0.32, 0.72]], [[0.42, 0.26], [0.50, 0.34]], [[0.44, 0.46], [0.44, 0.76], [0.50, 0.66]],
        [[0.56, 0.40], [0.86, 0.38]], [[0.72, 0.22], [0.76, 0.55], [0.90, 0.76]],
    ],
    "li": [
        [[0.10, 0.34], [0.34, 0.34]], [[0.22, 0.20], [0.22, 0.54]], [[0.22, 0.36], [0.10, 0.52]],
        [[0.22, 0.36], [0.36, 0.52]], [[0.14, 0.60], [0.30, 0.60], [0.22, 0.72], [0.22, 0.88]],
        [[0.50, 0.26], [0.46, 0.50]], [[0.56, 0.36], [0.80, 0.34]], [[0.84, 0.20], [0.84, 0.84], [0.78, 0.78]],
    ],
}  # fmt: skip
_STILL = 0.95  # a page slides in and a line joins the slip; a picture is taken when nothing moves any more


@dataclass(slots=True)
class Album:
    """Numbered pictures of the windows, in the order of the story."""

    folder: Path
    taken: list[str] = field(default_factory=list)

    def take(self, window: Window, name: str) -> None:
        """One picture of one window."""
        time.sleep(_STILL)
        window.do("grab", self._next(name))

    def take_customers(self, window: Window, name: str) -> None:
        """One picture of the citizen's screen of a window."""
        time.sleep(_STILL)
        window.customers("grab", self._next(name))

    def _next(self, name: str) -> str:
        self.taken.append(f"{len(self.taken) + 1:02d}-{name}.png")
        return str(self.folder / self.taken[-1])


def identify(stage: Stage, kiosk: Window, album: Album, say: Progress) -> None:
    """Consent, ID card, face."""
    stage.hall.do("kiosk.face_camera", "show", scene="face", variant="far")
    kiosk.page("home")
    album.take(kiosk, "home")
    kiosk.tap("next")
    kiosk.page("give_consent")
    kiosk.tap("way_face")
    album.take(kiosk, "give-consent")
    kiosk.tap("consent")
    kiosk.page("present_id_card")
    album.take(kiosk, "present-id-card")
    say("放上身份证")
    stage.hall.do("kiosk.id_card_reader", "lay_card", card="wang")
    kiosk.page("verify_face")
    stage.hall.do("kiosk.id_card_reader", "lift_card")
    kiosk.sees("靠近")
    album.take(kiosk, "verify-face")
    stage.hall.do("kiosk.face_camera", "show", scene="face")
    kiosk.page("choose_purpose", 60)
    say("身份核验通过")


def describe(kiosk: Window, album: Album, say: Progress) -> None:
    """Purpose, name, business, address, capital."""
    album.take(kiosk, "choose-purpose")
    kiosk.tap("choice_partners", "way_company", "choice_catering", "way_all", "way_none", "choice_here")
    album.take(kiosk, "plan")
    kiosk.tap("purpose")
    kiosk.page("declare_name")
    kiosk.tap("trade_input")
    kiosk.do("pinyin", "示例")
    album.take(kiosk, "declare-name")
    kiosk.tap("check")
    kiosk.sees("为您保留到")
    album.take(kiosk, "name-reserved")
    say("名称已保留")
    kiosk.tap("next")
    kiosk.page("describe_business")
    kiosk.tap("search_input")
    kiosk.do("pinyin", "canyin")
    _pick(kiosk, 3)
    album.take(kiosk, "describe-business")
    kiosk.tap("key_hide", "next")
    kiosk.page("give_address")
    kiosk.tap("line_input")  # the district is this hall's, as was said
    kiosk.do("pinyin", "示例路1号2-3")
    album.take(kiosk, "give-address")
    kiosk.tap("key_hide", "line_done", "choice_02", "address")
    kiosk.page("set_capital")
    kiosk.tap("quick_100")
    album.take(kiosk, "set-capital")
    kiosk.tap("capital")
    kiosk.page("name_people")


def _pick(kiosk: Window, most: int) -> None:
    """Pick the first few items that the search offers."""
    found: list[str] = []
    until = time.monotonic() + 10
    while len(found) < most and time.monotonic() < until:
        found = [t["object"] for t in kiosk.do("tree") if t["object"].startswith("pick_")]
    for name in found[:most]:
        kiosk.tap(name)


def bring_partner(stage: Stage, kiosk: Window, album: Album, say: Progress) -> None:
    """The second person lays the card and would rather not be photographed; everybody's phone is known."""
    kiosk.tap("next_person")
    stage.hall.do("kiosk.id_card_reader", "lay_card", card="li")
    kiosk.page("verify_face")
    stage.hall.do("kiosk.id_card_reader", "lift_card")
    if stage.has("kiosk.staff_card_reader"):
        confirm_in_person(stage, kiosk, album, say)
    else:  # the machine's own card service has too few readers
        kiosk.tap("way_face")
    kiosk.page("name_people", 60)
    say("第二位股东核验通过")
    kiosk.tap("edit_phone_p1")
    kiosk.tap("phone_number_input")
    kiosk.do("pinyin", "13800001234")
    kiosk.tap("phone")
    album.take(kiosk, "name-people")


def confirm_in_person(stage: Stage, kiosk: Window, album: Album, say: Progress) -> None:
    """A helper is called, comes, lays the own card, compares the person with the card and confirms."""
    kiosk.tap("way_in_person")
    kiosk.sees("工作卡")
    album.take(kiosk, "wait-in-person")
    stage.hall.do("kiosk.staff_card_reader", "insert", card="staff:0600")
    kiosk.page("confirm_in_person", 60)
    kiosk.tap(*(f"digit_{one}" for one in "112233"), "pin")
    kiosk.sees("褚帮办在帮您办")
    album.take(kiosk, "confirm-in-person")
    kiosk.tap("confirm")
    kiosk.page("name_people", 60)
    stage.hall.do("kiosk.staff_card_reader", "remove")
    say("帮办人员当面核对，呼叫已了结")


def choose_items(kiosk: Window, album: Album, say: Progress) -> None:
    """Invoices, seals and insurance as they are proposed; an hour at a bank; everything is collected in this hall."""
    kiosk.tap("next")
    kiosk.page("tax_and_invoice")
    kiosk.sees("纸质普通发票")  # as the tax office says
    album.take(kiosk, "tax-and-invoice")
    kiosk.tap("next")
    kiosk.page("seals")
    album.take(kiosk, "seals")
    kiosk.tap("next")
    kiosk.page("employment_insurance")
    album.take(kiosk, "employment-insurance")
    kiosk.tap("next")
    kiosk.page("bank_appointment")
    kiosk.sees("预约一家银行")
    kiosk.tap("option_book", "option_bank-a", "option_bank-a-01")
    kiosk.tap(first_of(kiosk, "tile_20"))  # a day
    kiosk.tap(first_of(kiosk, "tile_0"))  # an hour of its morning
    album.take(kiosk, "bank-appointment")
    kiosk.tap("next")
    kiosk.page("pick_up")
    album.take(kiosk, "pick-up")
    say("发票、印章、社保、银行预约、领取方式都已选好")


def first_of(kiosk: Window, prefix: str, seconds: float = 20) -> str:
    """The first thing on the page whose name begins so, waiting for it a while."""
    until = time.monotonic() + seconds
    while not (found := [one["object"] for one in kiosk.do("tree") if one["object"].startswith(prefix)]):
        if time.monotonic() > until:
            raise DemoError(f"nothing on the page is called {prefix}…")
        time.sleep(0.05)
    return str(found[0])


def hand_in_papers(stage: Stage, kiosk: Window, album: Album, say: Progress) -> None:
    """The lease is laid under the document camera, looked at, and handed in."""
    kiosk.tap("next")
    kiosk.page("collect_materials")
    album.take(kiosk, "collect-materials")
    kiosk.tap("need_domicile_proof")
    album.take(kiosk, "one-paper")
    stage.hall.do("kiosk.document_camera", "lay", paper="letter", how="half_off")
    kiosk.tap("way_camera")
    kiosk.sees("四边都要露出来", 60)
    album.take(kiosk, "photograph-paper")
    stage.hall.do("kiosk.document_camera", "lay", paper="letter")
    kiosk.sees("第 1 页清楚吗？", 60)
    stage.hall.do("kiosk.document_camera", "clear")
    album.take(kiosk, "look-at-page")
    kiosk.tap("use_pages")
    kiosk.sees("都有着落了。")
    say("租赁合同已拍")


def sign_and_submit(kiosk: Window, album: Album, say: Progress) -> None:
    """Check everything, two signatures, one submission."""
    kiosk.tap("next")
    kiosk.page("check_answers")
    album.take(kiosk, "check-answers")
    kiosk.tap("next")
    kiosk.page("sign")
    for n, who in enumerate(("wang", "li")):
        kiosk.do("draw", "signature_pad", SIGNATURES[who])
        if n == 0:
            album.take(kiosk, "sign")
        kiosk.tap("sign")
        kiosk.sees(("请 李*例 签名", "都签好了")[n])
    kiosk.tap("next")
    kiosk.page("submit")
    album.take(kiosk, "submit")
    kiosk.tap("submit")
    say("已提交")


def take_receipt(stage: Stage, kiosk: Window, album: Album, say: Progress) -> str:
    """The slip is printed; returns the picture of what came out of the printer."""
    album.take(kiosk, "submitted")
    kiosk.tap("next")
    kiosk.page("take_receipt")
    printed = _paper(lambda: stage.hall.do("kiosk.receipt_printer", "last_receipt"))
    album.take(kiosk, "take-receipt")
    say("凭条已打印")
    kiosk.tap("next")
    kiosk.page("see_progress")
    return str(printed["path"])


def _paper(ask: Callable[[], dict[str, Any]], seconds: float = 40) -> dict[str, Any]:
    """What came out of a printer, waiting for it a while."""
    until = time.monotonic() + seconds
    while not (made := ask()).get("count"):
        if time.monotonic() > until:
            raise DemoError("the printer put nothing out")
        time.sleep(0.2)
    return made


def sign_in(stage: Stage, window: Window, album: Album, say: Progress) -> None:
    """Staff card and PIN."""
    window.page("present_staff_card")
    stage.hall.do("window.staff_card_reader", "insert", card="staff:0317")
    window.page("enter_pin")
    window.do("type", "135790")
    album.take(window, "window-enter-pin")
    window.do("keys", "Enter")
    window.page("find_case")
    say("3 号窗口已签到")


def accept(stage: Stage, window: Window, kiosk: Window, receipt: str, album: Album, say: Progress) -> None:
    """The clerk scans the printed slip, looks at every line, accepts; the stamp lands on the kiosk's slip too."""
    album.take(window, "window-find-case")
    stage.hall.do("window.code_scanner", "show", scene="code", picture=receipt)
    window.page("check_materials", 60)
    stage.hall.do("window.code_scanner", "show", scene="nobody")
    album.take(window, "window-check-materials")
    window.do("keys", "1")
    window.sees("材料齐了，可以受理。")
    window.do("keys", "F9")
    window.sees("平台已受理")
    kiosk.sees("已受理")  # looked at first: the departments hurry
    album.take(window, "window-accepted")
    say("窗口已受理")
    album.take(kiosk, "see-progress")
    window.do("keys", "Enter")
    window.page("find_case")


def farewell(kiosk: Window, album: Album) -> None:
    """Rate, and watch the wipe."""
    kiosk.tap("next")
    kiosk.page("rate")
    album.take(kiosk, "rate")
    kiosk.tap("level_5")
    kiosk.page("farewell")
    album.take(kiosk, "farewell")
    kiosk.page("home", 30)


def let_departments_work(stage: Stage, say: Progress) -> str:
    """The departments work on their hurried clock; the tax office writes the device. Its number."""
    written: set[str] = set()
    until = time.monotonic() + 60
    while not written or not stage.office.case_states() <= {"READY"}:
        if time.monotonic() > until:
            raise DemoError(f"the departments did not finish: {', '.join(stage.office.case_states())}")
        stage.office.write_devices(stage.hall, "window.tax_device", written)
        time.sleep(0.25)
    say("后台已办好，税控设备已发行")
    return written.pop()


def prepare_bundle(stage: Stage, window: Window, album: Album, say: Progress) -> None:
    """The recipient's card at the window; the clerk compares person and card; the platform gives its permit."""
    stage.hall.do("window.id_card_reader", "lay_card", card="wang")
    window.page("verify_recipient", 60)
    stage.hall.do("window.id_card_reader", "lift_card")
    if window.has_customers:
        window.customer_sees("show_card")
        album.take_customers(window, "customer-show-card")
        window.customers("tap", "agree")
    album.take(window, "window-verify-recipient")
    window.do("keys", "Enter")
    window.page("check_bundle")
    window.sees("前交完")  # the permit's end: only now scans count
    say("交付许可已取得")


def check_bundle(stage: Stage, window: Window, number: str, album: Album, say: Progress) -> None:
    """Every article is scanned, the tax device is plugged in and read back."""
    codes = stage.office.bundle_codes()
    for n, code in enumerate(codes):
        window.do("wedge", code)
        if n == 1:
            album.take(window, "window-check-bundle")
    stage.hall.do("window.tax_device", "insert", card=f"tax:{number}")
    window.sees("全部一致，请领取人签名", 60)
    album.take(window, "window-bundle-checked")
    say(f"{len(codes) + 1} 样物品全部一致")


def hand_over(stage: Stage, window: Window, album: Album, say: Progress) -> dict[str, Any]:
    """One signature, one red button, the sheet, the other papers. Returns what the document printer made of each."""
    window.do("keys", "F12")
    window.page("sign_handover")
    if window.has_customers:
        window.customer_sees("sign_for")
        window.customers("draw", "signature_pad", SIGNATURES["wang"])
        window.customers("tap", "signed")
        window.sees("已签名")
        album.take_customers(window, "customer-sign")
    else:
        window.do("draw", "signature_pad", SIGNATURES["wang"])
        window.do("keys", "Enter")
        window.sees("已签名")
    album.take(window, "window-sign")
    window.do("keys", "F12")
    window.page("handed_over")
    window.sees("平台已登记")
    window.sees("签收单已打印", 60)
    stage.hall.do("window.tax_device", "remove")
    sheet = _paper(lambda: stage.hall.do("window.document_printer", "last_job"))
    window.do("keys", "F7")
    window.sees("领取人已改掉")
    window.do("keys", "F10")
    window.sees("单据已打印", 60)
    album.take(window, "window-handed-over")
    if window.has_customers:
        window.customer_sees("rate")
        album.take_customers(window, "customer-rate")
        window.customers("tap", "level_5")
        window.customer_sees("farewell")
    say("已交付，签收单和其余单据已打印")
    return {"sheet": sheet, "papers": _paper(lambda: stage.hall.do("window.document_printer", "last_job"))}
