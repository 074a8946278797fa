"""Numbers on the certificates that a person may lay on the reader or a company may show (证件号码)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from kiosk.code_tables.certificate_types import CertificateType, of_cert_type
from kiosk.domain.identity_card import CertType

from . import credit_code, resident_id
from .number_problem import NumberProblem

_HMT_PLACES = ("810000", "820000", "830000")
_FOREIGN_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")


def normal(typed: str) -> str:
    """As it stands on the certificate: no blanks, capital letters, ordinary digits instead of full-width ones."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).upper()


def problem(kind: CertType, number: str, today: date) -> NumberProblem | None:
    """What is wrong with a number of that kind of certificate, or None. Never raises, whatever was typed."""
    return _PROBLEMS[kind](number, today)


def kind_of(number: str, today: date) -> CertType | None:
    """Which certificate such a number stands on; None when it fits none."""
    return next((kind for kind in CertType if problem(kind, number, today) is None), None)


def type_of(number: str, today: date) -> CertificateType | None:
    """The certificate as the list of types knows it, with its official code and name; None when it fits none."""
    kind = kind_of(number, today)
    return of_cert_type(kind) if kind is not None else None


def birth_of(kind: CertType, number: str) -> date | None:
    """The birthday inside a number without a problem; older foreigners' cards and companies have none."""
    return resident_id.birth_date(number) if kind is not CertType.USCC and len(number) == 18 else None


def _resident(number: str, today: date) -> NumberProblem | None:
    found = resident_id.problem(number, today)
    if found is None and (number.startswith(_HMT_PLACES) or number[0] == "9"):
        return NumberProblem.OTHER_KIND
    return found


def _hmt(number: str, today: date) -> NumberProblem | None:
    found = resident_id.problem(number, today)
    return NumberProblem.OTHER_KIND if found is None and not number.startswith(_HMT_PLACES) else found


def _foreign(number: str, today: date) -> NumberProblem | None:
    # Since 2023: 9, two digits of the place, three of the nationality, then like a resident's. Before: three letters
    # and twelve digits, whose make is not published.
    if len(number) == 15:
        return None if _FOREIGN_2017.fullmatch(number) else NumberProblem.FORM
    found = resident_id.problem(number, today)
    return NumberProblem.OTHER_KIND if found is None and number[0] != "9" else found


def _company(number: str, _today: date) -> NumberProblem | None:
    return credit_code.problem(number)


_PROBLEMS: Mapping[CertType, Callable[[str, date], NumberProblem | None]] = {
    CertType.RESIDENT_ID: _resident,
    CertType.HMT_RESIDENCE: _hmt,
    CertType.FOREIGN_RESIDENCE: _foreign,
    CertType.USCC: _company,
}
