"""What the library of electronic certificates (电子证照库) has of the people and companies of a case."""

import enum
from dataclasses import dataclass
from datetime import date

from .ids import PersonRef
from .material import HeldMaterial, MaterialSource, MaterialState
from .private import Private


class WhyNot(enum.Enum):
    """Why a paper is not offered."""

    EXPIRED = "expired"
    OTHER_NAME = "other_name"
    HELD = "held"  # the case has it already


@dataclass(frozen=True, slots=True, repr=False)
class LibraryPaper(Private):
    """One paper. ``why_not`` None: it can be used once its holder agrees. ``ref`` is whose it is, None: the
    company's; ``about`` what it is about; ``serves`` the kinds of material it stands for."""

    id: str
    code: str
    issuer: str
    issued_on: date
    valid_until: date | None = None
    ref: PersonRef | None = None
    about: str = ""
    serves: tuple[str, ...] = ()
    why_not: WhyNot | None = None

    @property
    def held(self) -> HeldMaterial:
        """The paper as a material of the case, once it is used."""
        return HeldMaterial(self.code, MaterialSource.LIBRARY, MaterialState.RECOGNISED, valid_until=self.valid_until)
