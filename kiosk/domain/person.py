"""A person of one case: entered once, wearing as many hats as needed (人员只填一次，可任多职)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .holding import Holding, Representative
from .identity_card import CertType
from .ids import BlobId, PersonRef, VerificationId
from .office import Authority, Office, Role
from .private import Private, mask_name

__all__ = ["Person", "Role"]


@dataclass(frozen=True, slots=True, repr=False)
class Person(Private):
    """One person (or shareholder company) of a case; ``subscribed`` is 认缴出资额 in 万元."""

    ref: PersonRef
    name: str
    cert_type: CertType
    cert_no: str
    birth: date | None = None
    card_valid_until: date | None = None
    card_long_term: bool = False
    address: str = ""
    phone: str = ""
    roles: frozenset[Role] = frozenset()
    subscribed: Decimal = field(default=Decimal(0))
    verification_id: VerificationId | None = None
    verified_until: datetime | None = None
    signature: BlobId | None = None
    signed_at: datetime | None = None
    holding: Holding | None = None  # what a shareholder brings; None: all in cash, by the years agreed
    offices: tuple[Office, ...] = ()  # how the roles are held
    authority: Authority | None = None  # of an agent

    def wears(self, role: Role) -> bool:
        """Whether this person holds that role."""
        return role in self.roles

    @property
    def is_natural(self) -> bool:
        """自然人, not a company or another body that only holds shares."""
        return self.cert_type is not CertType.USCC

    @property
    def is_absent(self) -> bool:
        """Not here: laid no card and was not verified at a terminal; both is done with the signature on a phone."""
        laid = self.card_long_term or self.card_valid_until is not None
        return self.is_natural and not laid and self.verification_id is None

    @property
    def acting(self) -> "Person | Representative | None":
        """Who is verified and signs: the person; for a company who acts for it, None while nobody is named."""
        if self.is_natural:
            return self
        return None if self.holding is None else self.holding.represented_by

    @property
    def shown_name(self) -> str:
        """For screens and slips that bystanders can read: a person's name masked, a company's (public) in full."""
        return mask_name(self.name) if self.is_natural else self.name

    def office(self, role: Role) -> Office | None:
        """How this person holds that role, as far as it was asked."""
        return next((one for one in self.offices if one.role is role), None)
