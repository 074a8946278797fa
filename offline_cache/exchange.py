"""One call to the platform as values: what is asked, what came back, and what to make of it. No network in here."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kiosk.domain.private import Private
from kiosk.faults import Fault, FaultCode

from . import wire
from .wire import Route

CONTRACT_HEADER = "Kiosk-Contract"
CONTRACT = "1.0"
_LONGEST_REST = 3600.0


@dataclass(frozen=True, slots=True, repr=False)
class Call(Private):
    """One request; ``key`` and ``body`` are sent exactly as they are, every time."""

    method: str
    path: str
    body: bytes = b""
    key: str = ""
    version: int | None = None  # If-Match
    first: bool = False  # If-None-Match: *
    token: str = ""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def call_for(
    route: Route, body: bytes = b"", key: str = "", version: int | None = None, token: str = "", query: str = ""
) -> Call:
    """A call along a route of the contract; ``version`` None where one is asked for means: not known there yet."""
    return Call(
        method=route.method,
        path=route.path + query,
        body=body,
        key=key if route.keyed else "",
        version=version if route.versioned else None,
        first=route.first and version is None,
        token=token,
    )


@dataclass(frozen=True, slots=True, repr=False)
class Reply(Private):
    """The platform did it, now or before."""

    status: int
    body: bytes
    version: int | None = None
    replayed: bool = False
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class Then(enum.Enum):
    """What to do about a call that did not work."""

    AGAIN = "again"  # same key, later
    SIGN_IN = "sign-in"  # same key, once somebody has signed in again
    PARK = "park"  # a person decides


@dataclass(frozen=True, slots=True)
class Trouble:
    """A call that did not work. ``reached``: it may have reached the platform, so the key must be kept.
    ``heard``: it was the platform that answered. ``rest``: seconds that the platform asked to wait. ``progress``:
    nothing is wrong, there is only more to do."""

    fault: Fault
    then: Then
    reached: bool = True
    heard: bool = False
    rest: float = 0.0
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    progress: bool = False


def says(outcome: Reply | Trouble, slug: str) -> bool:
    """Whether the platform itself answered with this problem."""
    return isinstance(outcome, Trouble) and outcome.heard and outcome.fault.details.get("slug") == slug


def trouble(code: FaultCode, slug: str, *, reached: bool = True) -> Trouble:
    """Trouble on the way: made here, never on the wire."""
    return Trouble(Fault(code, {"slug": slug}), Then.AGAIN, reached=reached)


# The terminal's own trouble, not the deed's: it is sent again when that is mended.
_OF_THE_TERMINAL = {"certificate-revoked", "terminal-suspended", "directive-read-only", "upgrade-required"}
_HEADS = {401: ("unauthenticated", "login"), 404: ("not-found", "never"), 429: ("rate-limited", "after")}
_UPLOAD_AGAIN = {"blob-missing", "offset-mismatch"}


def judged(status: int, headers: Mapping[str, str], body: bytes, *, head: bool = False) -> Reply | Trouble:
    """What an answer means. ``headers`` must be case-insensitive.

    Without the contract's header nobody knows who answered: a login page says 200, a proxy says 403. That is never a
    success and never a refusal; only a gateway's own 5xx is taken for what it is. ``head``: there is no body.
    """
    ours = bool(headers.get(CONTRACT_HEADER))
    if status >= 500 and not ours:
        return Trouble(_busy("gateway", status), Then.AGAIN, rest=_rest(headers), status=status)
    if not ours or (300 <= status < 400 and status != 304):
        return trouble(FaultCode.NOT_THE_PLATFORM, "not-the-platform")
    version = _version(headers.get("ETag", ""))
    if status < 400:
        replayed = headers.get("Idempotent-Replayed", "").lower() == "true"
        return Reply(status, body, version, replayed, headers)
    problem = _of_head(status) if head else wire.read_problem(body)
    if problem is None:
        if status >= 500:
            return Trouble(_busy("internal", status), Then.AGAIN, heard=True, rest=_rest(headers), status=status)
        return trouble(FaultCode.BROKEN_ANSWER, "broken-answer")
    details = {"slug": problem.slug, "status": str(status)} | ({"trace": problem.trace} if problem.trace else {})
    fault = Fault(_code(problem.slug, status), details)
    return Trouble(fault, _then(problem, status), True, True, _rest(headers), status, headers)


def _of_head(status: int) -> wire.ProblemSaid | None:
    """A refusal without a body: only its status speaks."""
    if status >= 500:
        return None
    return wire.ProblemSaid(*_HEADS.get(status, ("refused", "after")), "")


def _then(problem: wire.ProblemSaid, status: int) -> Then:
    if problem.retry == "login":
        return Then.SIGN_IN
    waits = problem.retry in ("after", "same_key") or status >= 500 or status == 429
    if waits or problem.slug in _OF_THE_TERMINAL | _UPLOAD_AGAIN:
        return Then.AGAIN
    return Then.PARK


def _code(slug: str, status: int) -> FaultCode:
    if slug in ("authority-unavailable", "timeout-upstream"):
        return FaultCode.VERIFICATION_UNAVAILABLE
    if slug == "staff-locked":
        return FaultCode.STAFF_LOCKED
    if slug == "certificate-revoked":
        return FaultCode.CERTIFICATE_REFUSED
    if slug == "terminal-suspended":
        return FaultCode.TERMINAL_LOCKED
    if slug == "directive-read-only":
        return FaultCode.TERMINAL_READ_ONLY
    if status >= 500 or slug in ("rate-limited", "idempotency-in-progress", "verification-busy"):
        return FaultCode.PLATFORM_BUSY
    return FaultCode.PLATFORM_REFUSED


def _busy(slug: str, status: int) -> Fault:
    return Fault(FaultCode.PLATFORM_BUSY, {"slug": slug, "status": str(status)})


def _rest(headers: Mapping[str, str]) -> float:
    """Retry-After in seconds; dates and nonsense count as nothing, an hour is the longest."""
    text = headers.get("Retry-After", "").strip()
    return min(float(text), _LONGEST_REST) if text.isascii() and text.isdigit() and len(text) < 9 else 0.0


def _version(etag: str) -> int | None:
    text = etag.removeprefix("W/").strip('"')
    return int(text[1:]) if text[:1] == "v" and text[1:].isascii() and text[1:].isdigit() and len(text) < 19 else None
