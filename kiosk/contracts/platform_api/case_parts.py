"""Parts of a case that change beside it, without a new version: its materials, and who has signed."""

from typing import Literal

from .base import Answered, Moment

SourceCode = Literal["scanned", "shared", "phone", "e_cert_library"]
MaterialStateCode = Literal["HELD", "RECOGNISED", "REJECTED"]


class CaseMaterial(Answered, frozen=True):
    """One material of a case or of an earlier one of its chain, without its content."""

    id: str
    type: str
    state: MaterialStateCode
    source: SourceCode
    pages: int
    version: int
    captured_at: Moment


class Signer(Answered, frozen=True):
    """One person who has to sign. CHANGED: signed, but what was signed is no longer what the form says."""

    ref: str
    state: Literal["SIGNED", "WAITING", "INVITED", "EXPIRED", "CHANGED"]
    way: Literal["terminal", "phone", ""] = ""
    at: Moment | None = None
    link_expires_at: Moment | None = None


class PersonProof(Answered, frozen=True):
    """How it was verified who a person of the form is (``method`` as in postVerification), and until when it holds.
    ``by`` is the name on the badge of whoever compared in person, ``by_ref`` that one's number."""

    ref: str
    method: str
    at: Moment
    expires_at: Moment
    by: str = ""
    by_ref: str = ""
