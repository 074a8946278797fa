"""What the steps remember that only an individual business (个体工商户) walks through."""

from dataclasses import replace

from kiosk.domain.case import CompanyName
from kiosk.domain.finding import Finding
from kiosk.domain.individual import Composition, FamilyMember, IndividualBusiness
from kiosk.faults import Fault, FaultCode

from . import events as ev
from .hats import nameless
from .machine import Event
from .visit import Visit, with_form


def may_go_nameless(v: Visit, e: Event) -> bool:
    return v.form.is_individual


def name_left_out(v: Visit, e: Event) -> Visit:
    return replace(v, form=nameless(v.form), fault=None, findings=(), just_added="name")


def with_name(v: Visit, name: CompanyName) -> Visit:
    """A name was entered, so there is one; it is not judged yet."""
    return with_form(v, name=name, name_verdict=None, individual=replace(v.form.individual, without_name=False))


def composition(v: Visit, e: Event) -> Visit:
    """Whoever runs it alone runs it without family."""
    assert isinstance(e, ev.CompositionChosen)
    family = v.form.individual.family if e.composition is Composition.FAMILY else ()
    return _with(v, replace(v.form.individual, composition=e.composition, family=family))


def is_family_card(v: Visit, e: Event) -> bool:
    """A card in date of somebody who is neither the operator nor named already."""
    return isinstance(e, ev.CardRead) and e.card.valid_on(v.now.date()) and not _is_known(v, e)


def family_card(v: Visit, e: Event) -> Visit:
    """参加经营的家庭成员: filed with name and number, and nothing else of the card is kept."""
    assert isinstance(e, ev.CardRead)
    member = FamilyMember(e.card.name, e.card.cert_type, e.card.number)
    return _with(replace(v, busy=None, fault=None), replace(v.form.individual, family=(*_family(v), member)))


def family_card_again(v: Visit, e: Event) -> Visit:
    """The same card, or one that may not be used any more: said, not added."""
    if _is_known(v, e):
        return replace(v, busy=None, findings=(Finding("person-twice", "people"),))
    return replace(v, busy=None, fault=Fault(FaultCode.CARD_EXPIRED))


def member_dropped(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.FamilyMemberDropped)
    kept = tuple(one for at, one in enumerate(_family(v)) if at != e.at)
    return _with(v, replace(v.form.individual, family=kept))


def _family(v: Visit) -> tuple[FamilyMember, ...]:
    return v.form.individual.family


def _is_known(v: Visit, e: Event) -> bool:
    numbers = {one.cert_no for one in v.form.people} | {one.cert_no for one in _family(v)}
    return isinstance(e, ev.CardRead) and e.card.number in numbers


def _with(v: Visit, answers: IndividualBusiness) -> Visit:
    return replace(with_form(v, individual=answers), findings=(), just_added="composition")
