"""One request after all checks, who makes it, and what is answered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kiosk.contracts.platform_api import Op

from .refusal import Refused

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Caller:
    """A terminal, and the person on duty who is signed in there, if there is one."""

    terminal_id: str = ""
    site_id: str = ""
    kind: str = ""  # SELF_SERVICE or WINDOW
    window_id: str = ""
    mode: str = "NORMAL"
    staff_ref: str = ""
    roles: frozenset[str] = frozenset()
    second_ref: str = ""  # the second person of an act that takes two
    second_roles: frozenset[str] = frozenset()
    person: str = ""  # digest of the citizen whose session is open here
    person_since: int = 0
    person_stale: bool = False  # the session's idle time wants to begin anew

    @property
    def on_duty(self) -> bool:
        """Whether somebody of the hall acts here, not a citizen."""
        return bool(self.staff_ref)

    @property
    def role(self) -> str:
        """The word for the timeline. A helper beside a citizen is named as such."""
        if not self.on_duty:
            return "citizen"
        return "helper" if self.kind == "SELF_SERVICE" and "helper" in self.roles else "clerk"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a request shows of its terminal: the digest of a certificate that TLS accepted, or what stands in for it
    where the platform serves plain http to its own machine (terminal id, one blank, credential)."""

    certificate: str = ""
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A request as it came, body read."""

    op: Op
    url_path: str
    path: Mapping[str, str]
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    shown: Shown
    raw: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """A checked request."""

    op: Op
    caller: Caller
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, Any] = field(default_factory=dict)
    message: Any = None  # the decoded body
    raw: bytes = b""
    key: str = ""
    if_match: int | None = None
    if_none: str = ""  # If-None-Match: * for a first draft, or a tag
    token: str = ""
    second: str = ""  # what the second person's card gave
    citizen: str = ""  # token of the citizen's session

    @property
    def scope(self) -> str:
        """Whose idempotency keys these are: the terminal's; where nobody is known, the secret's that came along."""
        if self.caller.terminal_id:
            return self.caller.terminal_id
        if "token" in self.path:  # whoever holds a link is at no terminal
            return "link-" + hashlib.sha256(self.path["token"].encode()).hexdigest()[:32]
        return "~" + hashlib.sha256(str(getattr(self.message, self.op.scope)).encode()).hexdigest()[:36]

    def body(self, kind: type[B]) -> B:
        """The body as what the table says it is."""
        if not isinstance(self.message, kind):
            raise TypeError(f"{self.op.id}: body is no {kind.__name__}")
        return self.message

    def expect(self, version: int) -> None:
        """The version that was seen must be the one there is."""
        if self.if_match != version:
            raise Refused("version-mismatch", etag=f"v{version}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; ``etag`` without quotes."""

    status: int
    answer: Any = None
    etag: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
