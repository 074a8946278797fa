"""How it was verified who somebody is: one check for every department (R24)."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import PersonRef
from .private import Private


class ProofWay(enum.Enum):
    """By which way; all of them are of equal standing."""

    CARD_FACE = "card_face"  # the card and the person's face
    CARD_ONLY = "card_only"  # the card, at a window under a clerk's eyes
    IN_PERSON = "in_person"  # a helper or clerk compared the person with the card
    PHONE = "phone"  # the own phone, by whoever was not there and signed by a link
    OTHER = "other"  # a newer platform has a word for it


@dataclass(frozen=True, slots=True, repr=False)
class PersonProof(Private):
    """Of one person of a case. ``by``: the name on the badge of whoever compared, and that person's number."""

    ref: PersonRef
    way: ProofWay
    at: datetime
    until: datetime
    by: str = ""
    by_ref: str = ""
