"""Companies that are there already, as the platform tells them; and what is asked of them."""

from datetime import datetime

import msgspec

from kiosk.contracts import central_platform as ask
from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import enterprises, turns
from kiosk.domain.item import Item
from kiosk.domain.registered import ELicence, ELicenceId, RegisteredCompany

from .cases import CaseSaid, mirrored
from .reading import read
from .sent import encoded

NEEDS_SEAL = "paper invoices need a seal"  # the platform's rule on the items of a later case


def e_licence(body: bytes) -> ELicence | None:
    """Whose licence was shown."""
    return read(
        enterprises.ELicenceSession, lambda said: ELicence(ELicenceId(said.session_id), said.uscc, said.name), body
    )


class _Found(msgspec.Struct):
    """EnterprisesFound with its list: something else than an answer is not an answer with nobody in it."""

    items: tuple[enterprises.Enterprise, ...]


def companies(body: bytes) -> tuple[RegisteredCompany, ...] | None:
    """What was found; an item that this terminal does not know is left out."""
    return read(_Found, lambda said: tuple(_company(one) for one in said.items), body)


def _company(said: enterprises.Enterprise) -> RegisteredCompany:
    return RegisteredCompany(
        said.uscc, said.name, _items({one.item for one in said.done}), _items({one.item for one in said.open}),
        _items(set(said.not_yet)),
    )  # fmt: skip


def _items(codes: set[str]) -> tuple[Item, ...]:
    return tuple(item for item in Item if item.value in codes)


def later_items(body: bytes) -> tuple[CaseSaid, bool] | None:
    """The draft that was begun, and whether the platform misses a seal in it."""
    said = mirrored(body)
    rules = read(api.Case, lambda case: {issue.rule for issue in case.issues}, body)
    return None if said is None or rules is None else (said, NEEDS_SEAL in rules)


def licence_code(question: ask.OpenELicence) -> bytes:
    """openELicence."""
    return encoded(enterprises.OpenELicence(code=question.code))


def company_search(question: ask.FindCompany, card_read_at: datetime) -> bytes:
    """findEnterprise: one way of finding, the one that proves most."""
    if question.e_licence is not None:
        return encoded(enterprises.FindEnterprise(e_licence=question.e_licence))
    if question.uscc:
        return encoded(enterprises.FindEnterprise(uscc=question.uscc))
    return encoded(enterprises.FindEnterprise(cert_no=question.cert_no, card_read_at=card_read_at))


def reapplication(question: ask.ApplyAgain) -> bytes:
    """startReapplication."""
    return encoded(turns.StartReapplication(new_case_id=question.case_id, slip_code=question.slip_code))


def beginning(question: ask.BeginLaterItems) -> bytes:
    """startPhasedCase."""
    items = tuple(item.value for item in question.items)
    return encoded(enterprises.StartPhasedCase(case_id=question.case_id, slip_code=question.slip_code, items=items))
