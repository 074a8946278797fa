"""What a person answers, page by page: from the first touch to the page on which everything is checked."""

from kiosk.faults import FaultCode
from tests.journeys.visiting import CAMERA, READER

from .scene import Act, Deed, Scene

ITEMS = ("tax_and_invoice", "seals", "employment_insurance", "bank_appointment", "pick_up")
PHONE = "13800001234"
_PORTRAITS = ("wang", "li", "zhao")


# --- who is here ---
def begin(way: str = "face") -> Act:
    """The great key, and the consent: by the face, or in person."""

    def act(s: Scene) -> None:
        s.tap("next")
        s.page("give_consent")
        s.tap(f"way_{way}", "consent")
        s.page("present_id_card")

    return act


def card(which: str, then: str = "verify_face") -> Act:
    """A card is laid, read and taken back; the same person stands before the camera."""

    def act(s: Scene) -> None:
        s.deeds[Deed.CARD] += 1
        s.card = which
        show_face(s)
        s.stage.hall.do(READER, "lay_card", card=which)
        s.page(then)
        s.stage.hall.do(READER, "lift_card")

    return act


def wrong_card(which: str, fault: FaultCode) -> Act:
    """A card that will not do: the screen says why, and nothing has to be touched to try another."""

    def act(s: Scene) -> None:
        s.deeds[Deed.CARD] += 1
        s.stage.hall.do(READER, "lay_card", card=which)
        s.told(fault)
        s.stage.hall.do(READER, "lift_card")

    return act


def show_face(s: Scene) -> None:
    """Whose card it was stands before the camera; of some of them there is no portrait of their own."""
    who = s.card if s.card in _PORTRAITS else "wang"
    s.stage.hall.do(CAMERA, "show", scene="face", person=who)


def face(then: str = "choose_purpose", *, ask: bool = False) -> Act:
    """Looks at the camera; ``ask``: first agrees to the picture, as everybody after the first must."""

    def act(s: Scene) -> None:
        s.deeds[Deed.FACE] += 1
        if ask:
            s.tap("way_face")
        s.page(then)

    return act


# --- what is to be done ---
def purpose(*answers: str) -> Act:
    """The plain questions, and the plan agreed to."""

    def act(s: Scene) -> None:
        s.tap(*(one if one.startswith("way_") else f"choice_{one}" for one in answers), "purpose")
        s.page("declare_name")

    return act


def direct(ready: str) -> Act:
    """Whoever knows already picks a ready choice."""

    def act(s: Scene) -> None:
        s.tap("direct", f"choice_{ready}")
        s.page("declare_name")

    return act


def name(trade: str) -> Act:
    """A trade name that is free."""

    def act(s: Scene) -> None:
        s.write("trade_input", trade)
        reserved(s)

    return act


def reserved(s: Scene) -> None:
    """Checked, free, and on to the business."""
    s.tap("check")
    s.kiosk.sees(s.said("declare_name.free"), 60)
    s.leave_page("next")


def nameless(s: Scene) -> None:
    """An individual business may go without a name."""
    s.tap("naming_without")
    s.leave_page("nameless")


def business(search: str = "", kind: str = "") -> Act:
    """Two items of the scope, from what is offered, searched, or shown for a kind of business."""

    def act(s: Scene) -> None:
        s.page("describe_business")
        if search:
            s.write("search_input", search)
        if kind:
            s.tap(f"trade_{kind}")
        s.first("pick_")
        for one in s.names("pick_")[:2]:
            s.tap(one)
        if search:
            s.tap("key_hide")
        s.leave_page("next")

    return act


def address(line: str, way: str = "02") -> Act:
    """The district where nobody said yet that it is this one, the line typed, how the rooms are had."""

    def act(s: Scene) -> None:
        s.page("give_address")
        if s.names("division_"):
            s.tap("division_500103")
        s.write("line_input", line)
        s.tap("key_hide", "line_done", f"choice_{way}")
        s.leave_page("address")

    return act


def capital(quick: str = "100") -> Act:
    """A round sum by one touch."""

    def act(s: Scene) -> None:
        s.page("set_capital")
        s.tap(f"quick_{quick}")
        s.leave_page("capital")

    return act


# --- the people ---
def phone(number: str = PHONE, ref: str = "p1") -> Act:
    """The number under which somebody is reached."""

    def act(s: Scene) -> None:
        s.page("name_people")
        s.tap(f"edit_phone_{ref}")
        s.write("phone_number_input", number)
        s.tap("phone")

    return act


def operator(*family: str, number: str = PHONE) -> Act:
    """An individual business: the operator's number, and the cards of the family that runs it along."""

    def act(s: Scene) -> None:
        s.page("name_operator")
        s.tap("mend_phone-missing.p1")
        s.write("phone_number_input", number)
        s.tap("phone")
        s.tap("run_family" if family else "run_personal")
        for who in family:
            s.tap("next_member")
            s.sees("name_operator.card.title")
            s.deeds[Deed.CARD] += 1
            s.stage.hall.do(READER, "lay_card", card=who)
            s.sees("name_operator.title")
            s.stage.hall.do(READER, "lift_card")
        s.leave_page("next")

    return act


def partner(which: str) -> Act:
    """The next shareholder, here in person: card and face."""

    def act(s: Scene) -> None:
        s.page("name_people")
        s.tap("next_person")
        s.sees("name_people.card.title")
        card(which)(s)
        face("name_people", ask=True)(s)

    return act


def absent(who: str, number: str, mobile: str) -> Act:
    """A shareholder who is not here: name, number of the certificate, phone."""

    def act(s: Scene) -> None:
        s.page("name_people")
        s.tap("add_absent")
        s.write("", who)
        s.tap("away_on")
        s.tap(*(f"key_{character}" for character in number), "away_on")
        s.write("", mobile)
        s.tap("away_done")
        s.sees("name_people.title")

    return act


def firm(title: str, code: str) -> Act:
    """A company among the shareholders, for which the applicant signs."""

    def act(s: Scene) -> None:
        s.page("name_people")
        s.tap("add_company")
        s.tap(*(f"key_{character}" for character in code), "to_name")
        s.write("", title)
        s.tap("key_hide", "company", "mend_representative-missing.p2", "signer_p1")

    return act


def everybody(s: Scene) -> None:
    """Nobody else."""
    s.page("name_people")
    s.leave_page("next")


# --- the items ---
def as_proposed(s: Scene) -> None:
    """What is proposed is right, page after page."""
    while s.on() in ITEMS:
        s.leave_page("next")


def by_mail(s: Scene) -> None:
    """As proposed, but everything comes by post, to the address of the card."""
    while s.on() in ITEMS:
        if s.on() == "pick_up":
            s.tap("option_mail")
            s.sees("pick_up.mail_told")
        s.leave_page("next")


def papers_later(s: Scene) -> None:
    """What has to be shown is brought to the window."""
    s.page("collect_materials")
    for need in s.names("need_"):
        s.tap(need, "bring_later")
    s.leave_page("next")


def with_bank(s: Scene) -> None:
    """As proposed, and an hour at a bank."""
    while s.on() in ITEMS:
        if s.on() == "bank_appointment":
            s.sees("bank_appointment.book")
            s.tap("option_book", "option_bank-b", "option_bank-b-02")
            s.tap(s.first("tile_20"))
            s.tap(s.first("tile_0"))
        s.leave_page("next")
