"""Company types (企业类型代码): which of them a terminal takes, and for the others where to go and why."""

from dataclasses import dataclass
from functools import cache

from .shipped import pack

_KIOSK = "kiosk"


@dataclass(frozen=True, slots=True)
class Redirect:
    """Where to go instead, in words for the citizen. ``higher``: to an authority above the district's."""

    place: str
    place_en: str
    why: str
    why_en: str
    higher: bool


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One company type. ``redirect`` is None where a terminal takes it."""

    code: str
    name: str
    name_en: str
    redirect: Redirect | None

    @property
    def at_kiosk(self) -> bool:
        """Whether a terminal takes it."""
        return self.redirect is None


@cache
def company_types() -> dict[str, TypeRow]:
    """Every type by its code; KeyError when a type is sent to a place that the redirects do not name."""
    places = {
        r["code"]: Redirect(r["place"], r["place_en"], r["why"], r["why_en"], r["higher"] == "yes")
        for r in pack("redirects").rows
    }
    return {
        r["code"]: TypeRow(
            r["code"], r["name"], r["name_en"], None if r["taken_at"] == _KIOSK else places[r["taken_at"]]
        )
        for r in pack("company_types").rows
    }


def company_type(code: str) -> TypeRow | None:
    """One type; None for an unknown code."""
    return company_types().get(code)
