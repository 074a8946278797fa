"""A form as text that outlives its program: with the edition of its schema, upgraded from older ones.

A draft of a newer edition is refused and its text kept, so that the terminal that made it can go on with it.
"""

import enum
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .case import OpeningForm
from .plain import NotPlain, Plain, from_plain, to_plain
from .private import Private

SCHEMA = 2


class DraftProblem(enum.Enum):
    """Why a draft is not taken."""

    TOO_NEW = "too-new"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, repr=False)
class KeptDraft(Private):
    """A draft that is not taken, word for word; nothing of it is lost."""

    text: str
    problem: DraftProblem


def write_draft(form: OpeningForm) -> str:
    """The form as text of this edition."""
    return json.dumps({"schema": SCHEMA, "form": to_plain(form)}, ensure_ascii=False, separators=(",", ":"))


def read_draft(text: str) -> OpeningForm | KeptDraft:
    """The form of a text of this edition or an older one; never an exception."""
    try:
        told = json.loads(text)
        edition = _edition(told)
        if edition > SCHEMA:
            return KeptDraft(text, DraftProblem.TOO_NEW)
        for step in range(edition, SCHEMA):
            told = _UPGRADES[step](told)
        return from_plain(OpeningForm, told["form"])
    except (NotPlain, KeyError, ValueError, RecursionError):
        return KeptDraft(text, DraftProblem.UNREADABLE)


def _edition(told: Plain) -> int:
    """Texts of the first edition did not say which they were."""
    edition = told.get("schema", 1) if isinstance(told, dict) else 0
    if type(edition) is not int or edition < 1:
        raise NotPlain("schema")
    return edition


def _second(told: Plain) -> Plain:
    """The first edition had the answers at the top, and knew no enterprise, wishes or holdings."""
    return {"schema": 2, "form": told}


_UPGRADES: Mapping[int, Callable[[Plain], Plain]] = {1: _second}
