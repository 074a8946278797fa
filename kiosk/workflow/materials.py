"""collect_materials: what is not held already is photographed here, sent from a phone, or brought later."""

from dataclasses import replace

from kiosk.domain.material import HeldMaterial
from kiosk.faults import Fault, FaultCode
from kiosk.rules.materials import MAY_COME_LATER, Need, kinds_for, may_ask, meets, wanted

from . import answers as keep
from . import effects as do
from . import events as ev
from .machine import Effect, Event
from .visit import Busy, Gathering, Visit


def held(v: Visit) -> tuple[HeldMaterial, ...]:
    """The papers of this case, wherever they came from."""
    return v.known.materials if v.known is not None else ()


def needs(v: Visit) -> tuple[Need, ...]:
    """Everything that the items ask this applicant for, held or not, in the order of the checklist."""
    return wanted(v.form, (), v.now.date())


def open_needs(v: Visit) -> tuple[Need, ...]:
    """What is neither held nor put off."""
    return tuple(one for one in lacking(v) if one.code not in v.put_off)


def lacking(v: Visit) -> tuple[Need, ...]:
    """What is not held, put off or not: this is what has still to be brought."""
    return wanted(v.form, held(v), v.now.date())


def is_asked(v: Visit, e: Event) -> bool:
    """Whether this may be asked for at all: the items need it, the paper proves it, and it is not held (R71)."""
    if not isinstance(e, ev.CaptureAsked | ev.PhoneAsked):
        return False
    asked = any(one.code == e.need for one in needs(v)) and e.kind in kinds_for(e.need)
    return asked and may_ask(e.need, held(v), v.now.date())


def held_already(v: Visit, e: Event) -> Visit:
    return replace(v, fault=Fault(FaultCode.MATERIAL_HELD))


def capturing(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CaptureAsked)
    return replace(_put_off(v, e.need, later=False), gathering=Gathering(e.need, e.kind), busy=Busy.PAGE, fault=None)


def is_capturing(v: Visit, e: Event) -> bool:
    return v.gathering is not None and not v.gathering.by_phone


def is_phoning(v: Visit, e: Event) -> bool:
    return v.gathering is not None and v.gathering.by_phone


def page_taken(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PageTaken)
    if v.gathering is None:
        return v
    return replace(v, gathering=replace(v.gathering, pages=(*v.gathering.pages, e.shot)), busy=None, fault=None)


def another(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.PAGE, fault=None)


def page_again(v: Visit, e: Event) -> Visit:
    assert v.gathering is not None
    return replace(another(v, e), gathering=replace(v.gathering, pages=v.gathering.pages[:-1]))


def has_pages(v: Visit, e: Event) -> bool:
    return v.gathering is not None and bool(v.gathering.pages) and v.busy is None


def binding(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.BINDING, fault=None)


def kept(v: Visit, e: Event) -> Visit:
    return replace(v, gathering=None, busy=None, fault=None, just_added="materials")


def phoning(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PhoneAsked)
    gathering = Gathering(e.need, e.kind, by_phone=True)
    return replace(_put_off(v, e.need, later=False), gathering=gathering, busy=Busy.LINK, fault=None)


def phoning_again(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.LINK, fault=None)


def linked(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.UploadLinkMade)
    if v.gathering is None or not v.gathering.by_phone:
        return v
    return replace(v, gathering=replace(v.gathering, link=e.link), busy=None, fault=None)


def may_come_later(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.LaterChosen) and e.need in MAY_COME_LATER and e.need in {one.code for one in lacking(v)}


def put_off(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.LaterChosen)
    return replace(_put_off(v, e.need, later=True), gathering=None, busy=None, fault=None, just_added="materials")


def stopped(v: Visit, e: Event) -> Visit:
    return replace(v, gathering=None, busy=None, fault=None)


def news(v: Visit, e: Event) -> Visit:
    """The case has moved: what was waited for from a phone may be there."""
    assert isinstance(e, ev.CaseChanged)
    v = replace(v, known=e.case, live=e.live)
    waits = v.gathering
    if waits is None or not waits.by_phone or may_ask(waits.need, held(v), v.now.date()):
        return v
    return kept(v, e)


def all_settled(v: Visit, e: Event) -> bool:
    return not open_needs(v) and v.gathering is None


def device_failed(v: Visit, e: Event) -> Visit:
    return keep.device_failed(v, e)


def _put_off(v: Visit, need: str, *, later: bool) -> Visit:
    return replace(v, put_off=v.put_off | {need} if later else v.put_off - {need})


# --- what is done for them ---
def follow(v: Visit) -> tuple[Effect, ...]:
    assert v.case_id is not None
    return (do.FollowCase(v.case_id),)


def take_page(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.TakePage(),)


def bind(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.gathering is not None
    return (do.BindPages(v.gathering.pages),)


def keep_paper(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PagesBound)
    if v.gathering is None or v.case_id is None:
        return ()
    return (do.KeepPaper(v.case_id, v.gathering.kind, e.bound),)


def make_link(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.case_id is not None and v.gathering is not None
    return (do.MakeUploadLink(v.case_id, v.gathering.kind),)


def proves(paper: HeldMaterial, need: str) -> bool:
    """Whether a paper of the case meets a demand."""
    return meets(paper.code, need)
