"""一次性告知: everything that has to be mended or brought, in one list (R44). It is the review of the check page and
the materials that are lacking, so that nothing on it could have been said earlier and nothing is left for later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.item import Item
from kiosk.domain.private import Private

from .findings import said
from .materials import Need
from .review import review


@dataclass(frozen=True, slots=True, repr=False)
class NoticeLine(Private):
    """One thing, for one item. ``text`` is empty for a material: its words are the pack's."""

    item: Item
    code: str
    text: str = ""
    remedy: str = ""
    basis: tuple[str, ...] = ()


def notice_lines(
    form: OpeningForm, today: date, needs: Iterable[Need] = (), language: str = "zh"
) -> tuple[NoticeLine, ...]:
    """What stops the case, then what is lacking; a warning (留意) asks for nothing and is not on the list."""
    stopping = [one for one in review(form, today) if one.severity is Severity.STOP]
    lines = [_line(one, form, language) for one in stopping]
    return (*lines, *(NoticeLine(item, need.code) for need in needs for item in need.items))


def _line(finding: Finding, form: OpeningForm, language: str) -> NoticeLine:
    told = said(finding, form, language)
    return NoticeLine(_item(finding), finding.code, told.what, told.remedy, told.basis)


def _item(finding: Finding) -> Item:
    """An item's own wish is its own; everything else belongs to the registration."""
    name = finding.field.partition(".")[2]
    return next((item for item in Item if item.value == name), Item.SETUP)
