"""Messages about companies that are there already: found by number, card or e-licence, and their later items."""

from typing import Annotated

from msgspec import Meta

from .base import (
    END,
    Answered,
    ItemCode,
    Moment,
    Op,
    Sent,
    Slip,
    Ulid,
    Uscc,
)
from .cases import Case

# What was scanned, to the letter; nothing of it is read beyond its beginning and its length.
ScannedText = Annotated[str, Meta(max_length=512, pattern=r"^https://[^\x00-\x20\x7f]+" + END)]


class FindEnterprise(Sent, frozen=True):
    """By credit code, by the card of one of its persons, or by an e-licence session: exactly one of them."""

    uscc: Uscc | None = None
    cert_no: Annotated[str, Meta(pattern="^[0-9A-Za-z]{8,20}" + END)] | None = None
    card_read_at: Moment | None = None  # obligatory with cert_no at a self-service terminal
    e_licence: Ulid | None = None


class EnterpriseItem(Answered, frozen=True):
    """One item of a company that is in hand or done, and the case it is in (left out when it is another hall's)."""

    item: str
    case_id: str | None = None


class Enterprise(Answered, frozen=True):
    """A company with what it has, what is under way, and what it may still ask for."""

    uscc: str
    name: str
    done: tuple[EnterpriseItem, ...] = ()
    open: tuple[EnterpriseItem, ...] = ()
    not_yet: tuple[str, ...] = ()
    running_case_id: str | None = None


class EnterprisesFound(Answered, frozen=True):
    """Companies, newest first."""

    items: tuple[Enterprise, ...] = ()


class StartPhasedCase(Sent, frozen=True):
    """分时办理: a case for items that the company has not yet; its data are there already."""

    case_id: Ulid
    slip_code: Slip
    items: Annotated[tuple[ItemCode, ...], Meta(min_length=1, max_length=12, extra_json_schema={"uniqueItems": True})]


class OpenELicence(Sent, frozen=True):
    """The code that the phone of the licence's holder showed."""

    code: ScannedText


class ELicenceSession(Answered, frozen=True):
    """Whose licence it is; until then this terminal may see the company's cases."""

    session_id: str
    uscc: str
    name: str
    holder: str
    expires_at: Moment


OPERATIONS: tuple[Op, ...] = (
    Op("findEnterprise", "POST", "/v1/enterprises/search", 200, EnterprisesFound, "CW", "find a company",
       FindEnterprise, asks=True),
    Op("startPhasedCase", "POST", "/v1/enterprises/{uscc}/phased-cases", 201, Case, "CW",
       "a case for later items of a company", StartPhasedCase, idem=True, also=(200,),
       problems=("not-found", "item-already-done", "slip-taken", "id-taken")),
    Op("openELicence", "POST", "/v1/e-licence-sessions", 201, ELicenceSession, "T", "log a company in by e-licence",
       OpenELicence, problems=("code-expired", "code-used")),
)  # fmt: skip
