"""一次性告知: everything that has to be mended or brought, in one list (R44). It is the review of the check page and
the materials that are lacking, so that nothing on it could have been said earlier and nothing is left for later."""

from collections.abc import Iterable
from datetime import date

from kiosk.code_tables.materials import materials
from kiosk.code_tables.requirement_texts import requirement_texts
from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.item import Item
from kiosk.domain.material import NoticeLine

from .findings import said
from .materials import NAME, Need
from .review import review

# What a clerk may find other on a paper than in the form; its words are ``differs.<fact>`` of the documents.
COMPARED = (
    "name", "scope", "capital", "operator", "composition", "shareholders", "executives", "supervisors", "liaison",
    "domicile", "way", "number", "until", "hats", "uscc", "acts", "giver",
)  # fmt: skip
_TEXT_OF = {NAME: "name_mismatch"}  # what is no paper is asked for in words of its own


def notice_lines(
    form: OpeningForm, today: date, needs: Iterable[Need] = (), language: str = "zh"
) -> tuple[NoticeLine, ...]:
    """What stops the case, then what is lacking; a warning (留意) asks for nothing and is not on the list."""
    stopping = [one for one in review(form, today) if one.severity is Severity.STOP]
    return lines_of(stopping, form, needs, language)


def lines_of(
    stopping: Iterable[Finding], form: OpeningForm, needs: Iterable[Need] = (), language: str = "zh"
) -> tuple[NoticeLine, ...]:
    """The same of findings that are known already."""
    lines = [_line(one, form, language) for one in stopping]
    return (*lines, *(_of_material(need.code, item) for need in needs for item in need.items))


def _line(finding: Finding, form: OpeningForm, language: str) -> NoticeLine:
    told = said(finding, form, language)
    return NoticeLine(_item(finding), finding.code, "", told.what, told.remedy, told.basis)


def _of_material(code: str, item: Item) -> NoticeLine:
    """In the pack's words for that item, else for the registration, else by its plain name."""
    texts, known = requirement_texts(), materials().get(code)
    text = texts.get((item, _TEXT_OF.get(code, code))) or texts.get((Item.SETUP, _TEXT_OF.get(code, code)))
    name = known.name if known else text.text if text else code
    if text is None:
        return NoticeLine(item, code, name, name)
    return NoticeLine(item, code, name, text.text, text.how, (text.basis,) if text.basis else ())


def _item(finding: Finding) -> Item:
    """An item's own wish is its own; everything else belongs to the registration."""
    name = finding.field.partition(".")[2]
    return next((item for item in Item if item.value == name), Item.SETUP)
