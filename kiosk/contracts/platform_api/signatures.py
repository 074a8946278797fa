"""Messages about signing (R19): who has signed, who is asked to sign on a phone of their own, and that signature.

A link is 32 random bytes for one person of one case. What a person signs is the form without signatures, phone
numbers and verifications; a later change of that makes the signature count no more.
"""

from typing import Annotated

from msgspec import Meta

from .base import Answered, Moment, Offline, Op, RefCode, Sent, Ulid
from .case_parts import Signer
from .cases import CaseStateCode
from .hall import VerifiedPerson

SIGNATURE_BYTES = 200_000  # the largest picture of a signature


class InviteSigner(Sent, frozen=True):
    """Ask a person of the case, who is not here, to sign on a phone."""

    id: Ulid
    ref: RefCode


class SigningLink(Answered, frozen=True):
    """The link; it went to that person's phone as well. The case may wait for signatures now, in a new version."""

    id: str
    ref: str
    path: str
    expires_at: Moment
    case_state: CaseStateCode
    case_version: int


class Signers(Answered, frozen=True):
    """Everybody who has to sign; no names."""

    case_id: str
    items: tuple[Signer, ...] = ()


class SigningPerson(Answered, frozen=True):
    """One person of the case as a co-signer may see him: masked."""

    name: str
    roles: tuple[str, ...]
    subscribed: str
    me: bool = False


class SigningPage(Answered, frozen=True):
    """What is signed, in short, with every person masked."""

    company: str
    company_type: str
    capital: str
    domicile: str
    items: tuple[str, ...]
    scope: tuple[str, ...]
    people: tuple[SigningPerson, ...]
    hall: str
    expires_at: Moment
    text_version: int = 1


class SigningConsent(Sent, frozen=True):
    """The signer agrees that name and number are checked and that this is the signature."""

    agreed: bool
    at: Moment
    text_version: Annotated[int, Meta(ge=1, le=100000)] = 1


class SignRemotely(Sent, frozen=True):
    """Who signs, and the picture of the signature."""

    person: VerifiedPerson
    consent: SigningConsent
    signature_png: Annotated[bytes, Meta(min_length=1, max_length=SIGNATURE_BYTES)]


class SignedRemotely(Answered, frozen=True):
    """The signature is kept, bound to what was signed."""

    signed_at: Moment
    content_sha256: str
    company: str


OPERATIONS: tuple[Op, ...] = (
    Op("inviteSigner", "POST", "/v1/cases/{case_id}/signing-links", 201, SigningLink, "CW",
       "ask an absent person to sign on a phone", InviteSigner, idem=True,
       problems=("not-found", "too-late", "rate-limited", "id-taken")),
    Op("listSignatures", "GET", "/v1/cases/{case_id}/signatures", 200, Signers, "CHW", "who has signed, who has not",
       offline=Offline.CACHED, problems=("not-found",)),
    Op("getSigningPage", "GET", "/v1/signing/{token}", 200, SigningPage, "", "what the holder of a link signs",
       problems=("not-found", "code-expired", "code-used", "too-late")),
    Op("signRemotely", "POST", "/v1/signing/{token}", 201, SignedRemotely, "", "sign on a phone", SignRemotely,
       idem=True, problems=("not-found", "code-expired", "code-used", "too-late", "consent-required",
                            "verification-required")),
)  # fmt: skip
