"""Events of a citizen's visit."""

from dataclasses import dataclass
from decimal import Decimal

from kiosk.code_tables.guide_tables import Said
from kiosk.contracts.central_platform import Verification
from kiosk.contracts.device import DeviceKind, Supply
from kiosk.contracts.face_camera import FaceShot
from kiosk.contracts.ledger import DeedStatus
from kiosk.contracts.printing import Printed
from kiosk.domain.case import CompanyName, Domicile, NameVerdict, ScopePick
from kiosk.domain.identity_card import IdentityCard
from kiosk.domain.ids import BlobId, PersonRef, ScopeCode
from kiosk.domain.individual import Composition
from kiosk.domain.person import Role
from kiosk.domain.private import Private
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class Consented(Event):
    """The person agreed to the use of the data; ``face`` is the separate consent for the picture."""

    face: bool


@dataclass(frozen=True, slots=True)
class TrackAsked(Event):
    """进度·领通知 from the home screen."""


@dataclass(frozen=True, slots=True, repr=False)
class CardRead(Private, Event):
    """A certificate was read."""

    card: IdentityCard


@dataclass(frozen=True, slots=True)
class CardTaken(Event):
    """The certificate, or the social-security card, left its reader."""

    reader: DeviceKind = DeviceKind.ID_CARD_READER


@dataclass(frozen=True, slots=True)
class CardLeft(Event):
    """It still lies there long after it was read."""

    reader: DeviceKind = DeviceKind.ID_CARD_READER


@dataclass(frozen=True, slots=True)
class InPersonAsked(Event):
    """当面核对: the path of equal standing without a face picture."""


@dataclass(frozen=True, slots=True)
class PersonConfirmedHere(Event):
    """是本人: whoever came compared the person with the card."""


@dataclass(frozen=True, slots=True)
class PersonNotConfirmed(Event):
    """不能确认: another person, or it cannot be told."""


@dataclass(frozen=True, slots=True, repr=False)
class FaceTaken(Private, Event):
    """One good picture, held in memory until the authority has answered."""

    shot: FaceShot


@dataclass(frozen=True, slots=True)
class PersonVerified(Event):
    """The authority's answer for all departments."""

    verification: Verification


@dataclass(frozen=True, slots=True)
class PurposeChosen(Event):
    """Answers to the plain questions, or to as many of them as decide what is to be done."""

    said: Said


@dataclass(frozen=True, slots=True)
class NameEntered(Event):
    """Trade name, industry and form were typed or picked."""

    name: CompanyName


@dataclass(frozen=True, slots=True)
class NameLeftOut(Event):
    """An individual business goes without a name."""


@dataclass(frozen=True, slots=True)
class NameJudged(Event):
    """The platform's verdict, with the reservation when the name is free."""

    verdict: NameVerdict


@dataclass(frozen=True, slots=True)
class ScopeTyped(Event):
    """Something was typed into the search of the business scope."""

    typed: str


@dataclass(frozen=True, slots=True)
class ScopeFound(Event):
    """Items of the catalogue that fit what was typed."""

    typed: str
    found: tuple[ScopePick, ...]


@dataclass(frozen=True, slots=True)
class FaceAgreed(Event):
    """The person in front of the camera gave the separate consent for the picture."""


@dataclass(frozen=True, slots=True)
class ScopePicked(Event):
    """One item of the business scope was picked."""

    pick: ScopePick


@dataclass(frozen=True, slots=True)
class ScopeDropped(Event):
    """One item was put back."""

    code: ScopeCode


@dataclass(frozen=True, slots=True)
class AddressGiven(Event):
    """Division, line and way of getting the domicile."""

    domicile: Domicile


@dataclass(frozen=True, slots=True)
class CapitalSet(Event):
    """Registered capital in 万元."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class PersonCardAsked(Event):
    """Another person is about to lay the card."""


@dataclass(frozen=True, slots=True)
class PersonCardStopped(Event):
    """The other person will not lay a card now."""


@dataclass(frozen=True, slots=True)
class RolesSet(Event):
    """Which hats a person wears."""

    ref: PersonRef
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class ShareSet(Event):
    """认缴出资额 of a shareholder in 万元."""

    ref: PersonRef
    amount: Decimal


@dataclass(frozen=True, slots=True, repr=False)
class PhoneGiven(Private, Event):
    """A person's mobile number."""

    ref: PersonRef
    phone: str


@dataclass(frozen=True, slots=True)
class PersonDropped(Event):
    """A person was taken off the case."""

    ref: PersonRef


@dataclass(frozen=True, slots=True)
class CompositionChosen(Event):
    """组成形式 of an individual business: run by one person or by a family."""

    composition: Composition


@dataclass(frozen=True, slots=True)
class FamilyMemberDropped(Event):
    """A member of the family was taken off; ``at``: its place in the list, from 0."""

    at: int


@dataclass(frozen=True, slots=True)
class ChangeAsked(Event):
    """修改 on the check page: go to that step and come straight back."""

    step: str


@dataclass(frozen=True, slots=True, repr=False)
class SignatureDrawn(Private, Event):
    """A signature on the pad, as PNG."""

    ref: PersonRef
    png: bytes


@dataclass(frozen=True, slots=True)
class SignatureKept(Event):
    """The signature is stored and has its name."""

    ref: PersonRef
    blob: BlobId


@dataclass(frozen=True, slots=True)
class SubmitAsked(Event):
    """The one submission."""


@dataclass(frozen=True, slots=True)
class PaperLooked(Event):
    """What the printer has, asked before the submission promises a receipt."""

    supply: Supply


@dataclass(frozen=True, slots=True)
class DeedRecorded(Event):
    """What was done is safe on this machine."""

    status: DeedStatus


@dataclass(frozen=True, slots=True)
class ReceiptDone(Event):
    """The receipt was printed, or nobody knows."""

    printed: Printed


@dataclass(frozen=True, slots=True)
class Rated(Event):
    """好差评: 1 to 5."""

    level: int
