"""The twenty: who comes, what they want, and what happens to them."""

from kiosk.faults import FaultCode

from . import answers as a
from . import endings as e
from . import turns as t
from .play import Persona
from .scene import Act

_LI, _MARIA, _FIRM = ("李示例", "500103199011030015"), ("艾示范", "911156198001070027"), "重庆示例投资控股有限公司"
_DONE: tuple[Act, ...] = (e.all_signed, e.submit, e.receipt, e.goodbye)
_SIGNED: tuple[Act, ...] = (e.checked, e.sign("wang"), *_DONE)
_AFAR = ("DRAFT", "SIGNING", "SUBMITTED")  # somebody else was asked for the signature
_ALL, _ALONE = ("way_all", "way_none", "here"), ("alone", "way_company")
_OFFERED = a.business()
_PARTNERS = ("partners", "way_company")


def _here(card: str = "wang") -> tuple[Act, ...]:
    """Consent, card, face."""
    return a.begin(), a.card(card), a.face()


def _described(trade: str, business: Act = _OFFERED) -> tuple[Act, ...]:
    """Name, business and place of a company, its capital by one touch."""
    return a.name(trade), business, a.address("示例路8号"), a.capital()


def _alone(trade: str, kind: str, business: Act = _OFFERED) -> tuple[Act, ...]:
    """A company of one person with everything, up to the items."""
    return a.purpose(*_ALONE, kind, *_ALL), *_described(trade, business), a.phone(), a.everybody


_REST: tuple[Act, ...] = (a.as_proposed, a.papers_later)

CAST: tuple[Persona, ...] = (
    Persona(
        "simplest_shop", "A noodle shop without a name; the licence is enough today",
        (*_here(), a.direct("individual_licence"), a.nameless, a.business("mian"), a.address("示例路8号"),
         a.operator(), *_REST, *_SIGNED),
    ),
    Persona(
        "family_shop", "A shop with a name, run by a couple; both lay their cards",
        (*_here(), a.purpose("alone", "way_individual", "retail", *_ALL), a.name("春风"), a.business(),
         a.address("示例路8号"), a.operator("li"), *_REST, *_SIGNED),
    ),
    Persona(
        "one_person_company", "A company of one person, everything at once",
        (*_here(), *_alone("云上", "software"), *_REST, *_SIGNED),
    ),
    Persona(
        "in_a_hurry", "Knows what to do, wants only the licence; and the printer's paper is at its end",
        (*_here(), a.direct("alone_licence"), *_described("山城", a.business("kafei")), a.phone(), a.everybody,
         *_REST, e.checked, e.sign("wang"), e.all_signed, t.paper_out, e.submit, t.paper_in, e.receipt, e.goodbye),
    ),
    Persona(
        "wrong_cards", "Two partners; the first takes out a broken card, a miswritten one, one that has expired",
        (a.begin(), a.wrong_card("damaged", FaultCode.CARD_READ_FAILED),
         a.wrong_card("wrong_digit", FaultCode.CARD_DATA_INVALID), a.wrong_card("expired", FaultCode.CARD_EXPIRED),
         a.card("wang"), a.face(), a.purpose(*_PARTNERS, "beauty", *_ALL), *_described("明月"), a.partner("li"),
         a.phone(), a.everybody, *_REST, e.checked, e.sign("wang", "li"), *_DONE),
    ),
    Persona(
        "absent_partner", "The partner is at work and signs on the phone",
        (*_here(), a.purpose(*_PARTNERS, "catering", *_ALL), *_described("江南"), a.absent(*_LI, "13900005678"),
         a.phone(), a.everybody, *_REST, e.checked, e.sign("wang"), e.signed_afar("p2", *_LI, "111"), *_DONE),
        ends=_AFAR,
    ),
    Persona(
        "three_partners_offline",
        "Three partners, one of them a foreigner far away; the network is gone at the start, for the name and at the"
        " end",
        (t.offline, a.begin(), a.card("wang"), t.face_waits_for_network,
         a.purpose(*_PARTNERS, "catering", *_ALL), t.offline, t.name_unasked("长江"), a.business(),
         a.address("示例路8号"), a.capital(), t.online, a.partner("li"), a.absent(*_MARIA, "13900005678"),
         a.phone(), a.everybody, *_REST, t.name_asked_at_last, e.checked, e.sign("wang", "li"),
         e.signed_afar("p3", *_MARIA, "553"), e.all_signed, e.submit_offline, e.receipt, e.goodbye),
        ends=_AFAR,
    ),
    Persona(
        "company_holder", "A company is one of the shareholders; its legal representative stands here",
        (*_here(), a.purpose("with_company", "way_company", "catering", *_ALL), *_described("青山"),
         a.firm(_FIRM, "91500103MA5U00003N"), a.phone(), a.everybody, *_REST, e.checked, e.sign("wang", "wang"),
         *_DONE),
    ),
    Persona(
        "employer", "Has staff from the first day, wants an hour at a bank, and brings the lease to be photographed",
        (*_here(), a.purpose(*_ALONE, "retail", "way_all", "way_some", "here"), *_described("金山"), a.phone(),
         a.everybody, a.with_bank, e.photographed, e.handed, *_SIGNED),
    ),
    Persona(
        "old_man", "Seventy-four, large letters, writes the name with a finger",
        (t.large, *_here("zhao"),
         a.purpose("alone", "way_individual", "retail", "way_licence", "here"), t.by_hand("大木"),
         a.business(), a.address("示例路8号", "01"), a.operator(), *_REST, *_SIGNED),
    ),
    Persona(
        "wheelchair", "Cannot reach the top of the screen and sees little: low keys, largest text, strong contrast",
        (t.large, t.large, t.comfort("contrast", "low"), *_here("li"), *_alone("东方", "advice"), *_REST, e.checked,
         e.sign("li"), *_DONE),
    ),
    Persona(
        "foreigner_2017", "Permanent residence card of 2017, in English",
        (t.english, *_here("foreigner_2017"), *_alone("新华", "culture"), *_REST, *_SIGNED),
    ),
    Persona(
        "foreigner_2023", "Permanent residence card of 2023, a long name, in English and large letters",
        (t.english, t.large, *_here("foreigner_2023"), *_alone("和平", "software"), *_REST, *_SIGNED),
    ),
    Persona(
        "hong_kong", "Residence permit of somebody from Hong Kong",
        (*_here("hmt"), *_alone("朝阳", "advice"), *_REST, *_SIGNED),
    ),
    Persona(
        "name_taken", "The wanted name is somebody else's; takes one that is proposed",
        (*_here(), a.purpose(*_ALONE, "catering", *_ALL), t.name_taken("渝味示例", "餐饮"), a.business(),
         a.address("示例路8号"), a.capital(), a.phone(), a.everybody, *_REST, *_SIGNED),
    ),
    Persona(
        "phone_and_post", "Photographs the deed with the phone, and has everything sent home",
        (*_here(), *_alone("清风", "transport"), a.by_mail, e.sent_by_phone, e.handed, *_SIGNED),
    ),
    Persona(
        "resumed_elsewhere", "Has to go in the middle, and goes on in the afternoon at another terminal",
        (*_here(), *_alone("春雨", "building"), e.kept, t.other_terminal, t.resumed, *_REST, *_SIGNED),
    ),
    Persona(
        "later_items", "Has the licence since last year; now wants seals, invoices and insurance",
        (t.later_items("SEAL", "INVOICE", "SOCIAL"), a.as_proposed, *_SIGNED),
        before=t.company_with_a_licence, clock="manual",
    ),
    Persona(
        "helped", "Does not know how to begin; a helper stands beside",
        (t.helped(t.bell), *_here(), *_alone("天地", "other", a.business(kind="retail")), *_REST, *_SIGNED),
    ),
    Persona(
        "without_face", "Does not want the picture; a helper is called, compares and confirms at the terminal",
        (a.begin("in_person"), a.card("wang"), t.in_person, t.confirmed, *_alone("晴空", "software"), *_REST,
         *_SIGNED),
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in CAST}
