"""What the answers in the rooms beside need of a conversation with the platform."""

from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

from kiosk.faults import Fault

V = TypeVar("V")


class Talking(Protocol):
    """What an answer here needs of the conversation."""

    @property
    def terminal_id(self) -> str:
        """Who asks."""

    def fresh_key(self) -> str:
        """Of an act that is one of its own."""

    def put(
        self, operation: str, read: Callable[[bytes], V | None], body: bytes = b"", key: str = "",
        ids: Mapping[str, str] = ..., query: str = "", version: int | None = None, token: str = "",
    ) -> V | Fault:  # fmt: skip
        """One operation."""

    def put_until_heard(
        self, operation: str, read: Callable[[bytes], V | None], body: bytes, ids: Mapping[str, str] = ...
    ) -> V | Fault:
        """One operation, under one key until an answer was understood."""
