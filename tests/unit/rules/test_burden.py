"""Which answers were work: every field of the form is put somewhere, and the shares say what a person did."""

import dataclasses
import types
import typing
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kiosk.domain.case import CompanyName, Domicile, OpeningForm
from kiosk.domain.enterprise import Enterprise
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import DivisionCode, PersonRef
from kiosk.domain.person import Person
from kiosk.domain.wishes import MailAddress
from kiosk.rules import burden, proposals


def paths(path: str, kind: Any) -> Iterator[str]:
    """Every leaf of a dataclass's type, as ``people.holding.paid``."""
    if typing.get_origin(kind) in (tuple, frozenset, typing.Union, types.UnionType):
        for one in typing.get_args(kind):
            if one not in (types.NoneType, Ellipsis):
                yield from paths(path, one)
    elif dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        for field in dataclasses.fields(kind):
            yield from paths(f"{path}.{field.name}".strip("."), hints[field.name])
    else:
        yield path


def test_every_field_of_the_form_is_put_somewhere() -> None:
    assert len({path for path in paths("", OpeningForm) if burden.origin(path)}) > 60


def test_no_field_stands_in_two_lists_or_is_unknown() -> None:
    known = set(paths("", OpeningForm))
    lists = (burden.TYPED, burden.PICKED, burden.BY_ITSELF, burden.NO_ANSWER)
    assert sum(map(len, lists)) == len(frozenset().union(*lists))
    for path in frozenset().union(*lists):
        assert any(one == path or one.startswith(path + ".") for one in known), path
    with pytest.raises(KeyError):
        burden.origin("people_of_another_form")


def person(ref: str, phone: str = "") -> Person:
    return Person(
        PersonRef(ref), "王测试", CertType.RESIDENT_ID, "500103198504120022", address="示例路18号", phone=phone
    )


def test_shares() -> None:
    assert burden.count(OpeningForm()).prefilled_share <= 1
    form = OpeningForm(
        name=CompanyName(trade="示例"),
        domicile=Domicile(DivisionCode("500103"), "渝中区", "示例路8号"),
        people=(person("p1", "13800001234"),),
    )
    found = burden.count(form)
    assert (found.typed, found.picked) == (3, 1)  # trade, line, phone; the division
    more = burden.count(replace(form, people=(*form.people, person("p2"))))
    assert (more.typed, more.picked) == (3, 1)
    assert more.prefilled_share > found.prefilled_share


def test_a_shareholding_company_is_typed() -> None:
    firm = Person(PersonRef("p1"), "重庆示例控股有限公司", CertType.USCC, "91500103MA00000000")
    assert burden.count(OpeningForm(people=(firm,))).typed == 2


def test_what_was_typed_though_the_form_held_it() -> None:
    once = OpeningForm(people=(person("p1", "13800001234"), person("p2")))
    assert burden.asked_twice(once) == 0
    twice = replace(once, people=(once.people[0], person("p2", "13800001234")))
    assert burden.asked_twice(twice) == 1
    assert burden.asked_twice(replace(twice, enterprise=Enterprise(contact_phone="13800001234"))) == 2
    assert burden.asked_twice(replace(once, domicile=Domicile(line="示例路18号", owner="王测试"))) == 1


def test_an_address_for_the_post_that_was_proposed_is_no_work() -> None:
    home = Domicile(DivisionCode("500103"), "渝中区", "示例路8号")
    form = OpeningForm(domicile=home, people=(person("p1", "13800001234"),), applicant=PersonRef("p1"))
    sent = replace(form, mail=proposals.mail(form))
    assert sent.mail == MailAddress("王测试", "13800001234", "渝中区示例路8号")
    assert burden.count(sent).typed == burden.count(form).typed
    assert burden.asked_twice(sent) == 0
    elsewhere = replace(sent, mail=MailAddress("李示例", "13900005678", "渝中区示例路8号"))
    assert burden.count(elsewhere).typed == burden.count(form).typed + 2
