"""A paper that somebody looks at before it is printed."""

from dataclasses import dataclass

from kiosk.domain.private import Private


@dataclass(frozen=True, slots=True, repr=False)
class Preview(Private):
    """A paper that is being looked at; without pages it is still being made."""

    job: str
    pages: tuple[bytes, ...] = ()
