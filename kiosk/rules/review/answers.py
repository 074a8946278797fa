"""What rules have in common: their kind, the forms of single answers, and findings about a person."""

import re
from collections.abc import Callable
from datetime import date

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.person import Person

Rule = Callable[[OpeningForm, date], list[Finding]]

# Nothing but the first two digits of a mobile number is fixed: lists of number ranges are always out of date.
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(-[0-9]{1,6})?")


def is_mobile(text: str) -> bool:
    """手机号."""
    return _MOBILE.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """A mobile number, or a landline with or without area and extension."""
    return is_mobile(text) or _LANDLINE.fullmatch(text) is not None


def about(person: Person, code: str, severity: Severity = Severity.STOP) -> Finding:
    """A finding that one person mends."""
    return Finding(code, f"people.{person.ref}", severity, person.ref)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the last of the month. The end of time stays there."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
