"""柜外屏: what the citizen at a window may see of the clerk's work, cut out of the desk before it goes anywhere.

Only this case, only what this moment is about, only what the person may know anyway: no queue, no other case, no
number of a certificate, no fault of a device. A locked or unattended window shows nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.domain.article import Article
from kiosk.domain.case import OpeningForm
from kiosk.domain.handover import Match
from kiosk.domain.ids import SlipCode
from kiosk.domain.item import Item
from kiosk.domain.library import LibraryPaper
from kiosk.domain.material import NoticeLine
from kiosk.domain.person import Role
from kiosk.domain.private import Private, mask_name
from kiosk.domain.signing import SigningLink
from kiosk.rules.materials import Mark, MaterialLine

from .customer import is_theirs, is_told, phase_of
from .desk import Desk, DeskBusy, check_of, mark_of
from .events import CustomerAgreed, Rated, RatingSkipped, SignatureDrawn, SignatureDropped
from .events.library import LibraryAnswered
from .machine import Event

# All that can come from the citizen's side of the counter.
FROM_CUSTOMER: tuple[type[Event], ...] = (
    CustomerAgreed, LibraryAnswered, SignatureDrawn, SignatureDropped, Rated, RatingSkipped,
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class CustomerSide(Private):
    """One moment of the citizen's screen; ``step`` names it. Names are masked already. ``now`` alone makes no new
    moment."""

    now: datetime = field(compare=False)
    step: str
    name: str = ""  # of the business; empty: it has none, and is ``owner``'s
    owner: str = ""
    who: str = ""  # the person whose card was laid
    slip_code: SlipCode = SlipCode("")
    items: tuple[Item, ...] = ()
    materials: tuple[tuple[MaterialLine, Mark], ...] = ()
    notice: tuple[NoticeLine, ...] = ()
    goods: tuple[tuple[Article, Match], ...] = ()
    prepared: bool = False  # the goods are known and being compared
    agreed: bool = False
    keeping: bool = False  # the signature is being written down
    signed: bool = False
    over: bool = False  # what was signed for has happened: nothing of it can be changed here
    phase: str = ""
    link: SigningLink | None = None  # of one who is not here, while it is shown
    paper: LibraryPaper | None = None  # of the library of certificates, while its use is asked for


def customer_side(d: Desk) -> CustomerSide:
    """What the citizen's screen shows now."""
    if d.lock is not None or d.staff is None:
        return CustomerSide(d.now, "paused")
    if d.step == "verify_recipient" and not is_theirs(d):
        return replace(CustomerSide(d.now, "show_card"), agreed=d.agreed_at is not None)
    if d.entry is not None and d.step in ("fill_form", "sign_form"):  # whoever sits there is asked for the answers
        side = _filled_in(d, d.entry.visit.form)
        link = d.entry.visit.link if d.step == "sign_form" else None
        person = d.entry.visit.form.person(link.ref) if link else None
        return side if person is None else replace(side, step="show_link", who=mask_name(person.name), link=link)
    cut = _CUTS.get(d.step)
    return cut(d) if cut is not None and is_theirs(d) else CustomerSide(d.now, "welcome")


def _filled_in(d: Desk, form: OpeningForm) -> CustomerSide:
    """What the clerk writes down for the person who sits there."""
    who = "、".join(one.shown_name for one in form.people if one.name)
    name = "" if form.is_nameless else form.business_name
    return replace(CustomerSide(d.now, "own_form", name), who=who, items=form.items)


def _of_case(d: Desk, step: str) -> CustomerSide:
    assert d.case is not None
    form = d.case.form
    operators = form.wearing(Role.LEGAL_REP)
    owner = mask_name(operators[0].name) if operators else ""
    side = CustomerSide(d.now, step, "" if form.is_nameless else form.business_name, owner)
    who = mask_name(d.customer.name) if d.customer else ""
    return replace(side, who=who, slip_code=d.case.slip_code, items=form.items)


def _intake(d: Desk) -> CustomerSide:
    if is_told(d):
        side = _of_case(d, "read_notice")
        return replace(side, notice=d.notice, signed=bool(d.signature_png))
    if phase_of(d):
        return _at_the_end(d)
    if d.library.asked:
        return replace(_of_case(d, "agree_library"), paper=d.library.paper(d.library.asked), agreed=d.library.taking)
    side = _of_case(d, "own_case")
    return replace(side, materials=tuple((one, mark_of(d, one)) for one in d.materials))


def _looked_at(d: Desk) -> CustomerSide:
    return _of_case(d, "own_case")


def _recipient(d: Desk) -> CustomerSide:
    return replace(_of_case(d, "show_card"), agreed=d.agreed_at is not None)


def _goods(d: Desk) -> tuple[tuple[Article, Match], ...]:
    checked = {c.article_id for c in d.checks}
    articles = d.case.articles if d.case else ()
    return tuple((one, check_of(d, one.id).match) for one in articles if one.id in checked)


def _bundle(d: Desk) -> CustomerSide:
    return replace(_of_case(d, "check_goods"), goods=_goods(d), prepared=d.handover is not None)


def _signing(d: Desk) -> CustomerSide:
    keeping = d.busy is DeskBusy.SIGNATURE
    side = replace(_of_case(d, "sign_for"), goods=_goods(d), keeping=keeping, over=d.deed is not None)
    return replace(side, signed=d.signature is not None and not keeping)


def _at_the_end(d: Desk) -> CustomerSide:
    side = replace(_of_case(d, "farewell" if d.rated else "rate"), phase=phase_of(d))
    return replace(side, goods=_goods(d))


_CUTS: dict[str, Callable[[Desk], CustomerSide]] = {
    "check_materials": _intake,
    "see_case": _looked_at,
    "verify_recipient": _recipient,
    "check_bundle": _bundle,
    "sign_handover": _signing,
    "handed_over": _at_the_end,
}
