"""Messages of the library of electronic certificates (电子证照库), asked before anybody is asked for a paper (R70).

Looked for by the case alone: whose papers they are stands in the case, and no number in an address.
"""

from typing import Literal

from .base import Answered, Moment, Offline, Op, RefCode, Sent, Text64, Text200
from .materials import Material

WhyNotCode = Literal["", "expired", "other_name", "held"]


class LibraryPaper(Answered, frozen=True):
    """One paper of a person or company of the case. ``why_not`` empty: it can be used once its holder agrees.

    ``ref`` is whose it is in the case, empty for the company itself; ``about`` what it is about, as an address;
    ``serves`` the kinds of material that it stands for.
    """

    id: str
    type: str
    title: str
    issuer: Text64
    issued_at: Moment
    valid_until: Moment | None = None
    ref: str = ""
    about: Text200 = ""
    serves: tuple[str, ...] = ()
    why_not: WhyNotCode = ""


class LibraryFound(Answered, frozen=True):
    """Everything that the library has of the persons and companies of a case, good or not."""

    case_id: str
    items: tuple[LibraryPaper, ...] = ()


class UseLibraryPaper(Sent, frozen=True):
    """When the holder agreed, at the window; ``by``: who of the case that was."""

    consented_at: Moment
    by: RefCode | None = None


OPERATIONS: tuple[Op, ...] = (
    Op("findInLibrary", "GET", "/v1/cases/{case_id}/library", 200, LibraryFound, "W",
       "what the library of certificates has for this case", problems=("not-found",)),
    Op("useLibraryPaper", "POST", "/v1/cases/{case_id}/library/{id}/use", 201, Material, "W",
       "take a paper of the library into the case, with its holder's consent", UseLibraryPaper, idem=True,
       offline=Offline.ONLINE,
       problems=("not-found", "too-late", "wrong-state", "consent-required", "material-already-held")),
)  # fmt: skip
