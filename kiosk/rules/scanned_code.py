"""What a scanned code is, by its text alone. Nothing of a foreign code is read further than its kind, and no link is
opened: who a code is about is for whoever issued it to say."""

import enum
import re

from .slip_code import read_slip

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,15}://\S+")
_NUMBER = re.compile(r"[0-9]{3,20}")  # on seals, invoice volumes and devices


class CodeKind(enum.Enum):
    """Kinds that lead to different words."""

    SLIP = "slip"  # ours: on slips and receipts
    NUMBER = "number"  # of a thing that is handed over
    LINK = "link"  # a web address: an electronic licence, a company's page, an advertisement
    OTHER = "other"  # a token of somebody else's system
    NO_TEXT = "no_text"  # its bytes are no text, or it was not to be trusted


def kind_of(text: str) -> CodeKind:
    """The kind of a code whose text this is; empty when its bytes were none."""
    tidy = text.strip()
    if not tidy:
        return CodeKind.NO_TEXT
    if read_slip(tidy) is not None:
        return CodeKind.SLIP
    if _NUMBER.fullmatch(tidy):
        return CodeKind.NUMBER
    return CodeKind.LINK if _LINK.fullmatch(tidy) else CodeKind.OTHER
