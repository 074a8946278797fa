"""The certificate that a person lays on the reader, as the chip says it (GA 450, GA/T 467)."""

import enum
from dataclasses import dataclass
from datetime import date

from .private import Private


class CardKind(enum.Enum):
    """Which certificate it is; the layouts of the chip's text block differ."""

    RESIDENT = "resident"  # 居民身份证
    HMT_RESIDENCE = "hmt_residence"  # 港澳台居民居住证
    FOREIGN_2017 = "foreign_2017"  # 外国人永久居留身份证 (2017)
    FOREIGN_2023 = "foreign_2023"  # 外国人永久居留身份证 (2023)


class CertType(enum.Enum):
    """证件类型 of a person, as the platform codes them."""

    RESIDENT_ID = "111"
    HMT_RESIDENCE = "154"
    FOREIGN_RESIDENCE = "553"
    USCC = "uscc"  # a company as shareholder


@dataclass(frozen=True, slots=True, repr=False)
class IdentityCard(Private):
    """What one reading of one card gave. ``valid_until`` None means 长期. ``photo`` is the undecoded WLT block,
    ``portrait`` the picture in it as a bitmap file: empty where no maker's decoder is at hand."""

    kind: CardKind
    name: str
    sex: str
    ethnic_code: str
    birth: date
    address: str
    number: str
    authority: str
    valid_from: date
    valid_until: date | None
    photo: bytes = b""
    name_en: str = ""
    portrait: bytes = b""

    @property
    def cert_type(self) -> CertType:
        """The platform's code of this kind of certificate."""
        if self.kind is CardKind.RESIDENT:
            return CertType.RESIDENT_ID
        if self.kind is CardKind.HMT_RESIDENCE:
            return CertType.HMT_RESIDENCE
        return CertType.FOREIGN_RESIDENCE

    def valid_on(self, day: date) -> bool:
        """Whether the card may be used on that day: a card is valid through its last day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
