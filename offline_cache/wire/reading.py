"""Reading an answer: what does not fit the contract is None, never an exception, and never a value in a text."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

M = TypeVar("M")
V = TypeVar("V")


def read(kind: type[M], make: Callable[[M], V], body: bytes) -> V | None:
    """``make`` may raise ValueError for a date or a code that no calendar or table has."""
    try:
        return make(msgspec.json.decode(body, type=kind))
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
