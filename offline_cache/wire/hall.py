"""What the platform says beside cases: problems, names, people, packs, changes of the hall."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from kiosk.contracts import central_platform as ask
from kiosk.contracts import platform_api as api
from kiosk.contracts.custody import SecondPerson
from kiosk.contracts.platform_api import feedback, materials, signatures, visits
from kiosk.contracts.platform_api import hall as hall_wire
from kiosk.domain.case import NameVerdict
from kiosk.domain.feedback import FeedbackAnswer, FeedbackKind, FeedbackNumber, FeedbackOutcome, FeedbackState
from kiosk.domain.help_call import HelpCall, HelpCallId, HelpState
from kiosk.domain.ids import PersonRef, StaffRef, VerificationId
from kiosk.domain.private import Private
from kiosk.domain.signing import SigningLink, UploadLink

from .reading import read


@dataclass(frozen=True, slots=True)
class ProblemSaid:
    """A refusal in the contract's words: slug and retry rule, never its free text."""

    slug: str
    retry: str
    trace: str


@dataclass(frozen=True, slots=True)
class FeedSaid:
    """Changes since a cursor: kind, id, deleted."""

    epoch: str
    cursor: str
    more: bool
    changes: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class SnapshotSaid:
    """Everything at one cursor: kind, id, version."""

    epoch: str
    cursor: str
    things: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True, repr=False)
class TokenSaid(Private):
    """A staff session with its token; the token itself runs out at ``expires_at`` unless it is renewed."""

    token: str
    session: ask.StaffSession
    expires_at: datetime


def read_problem(body: bytes) -> ProblemSaid | None:
    """A problem; its retry rule is the shared table's where that knows the slug."""

    def make(said: api.Problem) -> ProblemSaid:
        slug = said.code if said.code in api.PROBLEMS else said.type.removeprefix(api.PROBLEM_PREFIX)
        rule = api.PROBLEMS.get(slug)
        safe = slug if len(slug) <= 40 and slug.replace("-", "").isalnum() and slug.isascii() else "unknown"
        trace = said.trace if len(said.trace) <= 40 and said.trace.isalnum() and said.trace.isascii() else ""
        return ProblemSaid(safe, rule.retry.value if rule else said.retry, trace)

    return read(api.Problem, make, body)


def acknowledges(operation: str, body: bytes) -> bool:
    """Whether an answer is what the contract promises for that operation: a lost half of it is no acknowledgement."""
    return read(api.BY_ID[operation].answer, lambda _: True, body) is True


def verification(body: bytes) -> ask.Verification | None:
    """The authority's answer."""
    return read(
        api.Verification,
        lambda said: ask.Verification(
            VerificationId(said.id), said.result == "PASSED", said.expires_at, said.reason or said.result.lower()
        ),
        body,
    )


def name_verdict(body: bytes) -> NameVerdict | None:
    """The verdict, before anything is reserved."""
    return read(api.NameVerdict, lambda said: NameVerdict(said.verdict, said.similar, said.reasons), body)


def name_reserved(body: bytes) -> NameVerdict | None:
    """The verdict with its reservation."""
    return read(
        api.NameReserved,
        lambda said: NameVerdict(said.verdict, said.similar, (), said.reserve_no, said.reserved_until),
        body,
    )


def challenge(body: bytes) -> bytes | None:
    """The bytes for the staff card."""
    return read(api.Challenge, lambda said: said.challenge, body)


def staff_session(body: bytes) -> TokenSaid | None:
    """Who signed in, and the token."""
    return read(
        api.StaffSession,
        lambda said: TokenSaid(
            said.token,
            ask.StaffSession(StaffRef(said.staff_ref), said.name, frozenset(said.roles), said.refresh_until),
            said.expires_at,
        ),
        body,
    )


def feed(body: bytes) -> FeedSaid | None:
    """What changed in the hall."""
    return read(
        api.Feed,
        lambda said: FeedSaid(
            said.epoch, said.cursor, said.more, tuple((c.kind, c.id, c.op == "delete") for c in said.items)
        ),
        body,
    )


def snapshot(body: bytes) -> SnapshotSaid | None:
    """Everything of the hall, by id and version."""
    return read(
        api.Snapshot,
        lambda said: SnapshotSaid(said.epoch, said.cursor, tuple((t.kind, t.id, t.version) for t in said.items)),
        body,
    )


def kept_segment(body: bytes) -> tuple[int, str] | None:
    """How far the platform holds the audit chain."""
    return read(api.AuditSegmentKept, lambda said: (said.last_seq, said.head), body)


def heartbeat_seen(body: bytes) -> tuple[int, int] | None:
    """The newest configuration and the newest directive there are."""
    return read(api.HeartbeatSeen, lambda said: (said.config_version, said.directive_seq), body)


def packs_on_offer(body: bytes) -> dict[str, tuple[str, str]] | None:
    """Packs by name: version and digest."""
    return read(api.Packs, lambda said: {p.name: (p.version, p.sha256) for p in said.items}, body)


def pack_rows(body: bytes) -> tuple[dict[str, str], ...] | None:
    """The rows of a pack whose digest is right."""

    def make(said: api.Pack) -> tuple[dict[str, str], ...]:
        text = json.dumps(said.rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if hashlib.sha256(text.encode()).hexdigest() != said.sha256:
            raise ValueError("digest")
        return said.rows

    return read(api.Pack, make, body)


def next_code_at(body: bytes) -> datetime | None:
    """When another code may be sent to the phone."""
    return read(visits.ResumeCodeSent, lambda said: said.next_at, body)


def upload_link(body: bytes, material: str) -> UploadLink | None:
    """A link for a phone: its path, and until when it is good."""
    return read(materials.UploadLink, lambda said: UploadLink(material, said.path, said.expires_at), body)


def signing_link(body: bytes) -> SigningLink | None:
    """The same for a signature."""
    return read(
        signatures.SigningLink, lambda said: SigningLink(PersonRef(said.ref), said.path, said.expires_at), body
    )


def feedback_number(body: bytes) -> FeedbackNumber | None:
    """Under which number something is kept."""
    return read(feedback.FeedbackKept, lambda said: FeedbackNumber(said.number), body)


@dataclass(frozen=True, slots=True, repr=False)
class SecondSaid(Private):
    """A second person, and the word that stands for that person once."""

    token: str
    person: SecondPerson


def second_person(body: bytes) -> SecondSaid | None:
    """Who confirms beside."""
    return read(
        hall_wire.SecondPerson,
        lambda said: SecondSaid(said.token, SecondPerson(StaffRef(said.staff_ref), said.name, frozenset(said.roles))),
        body,
    )


def help_called(body: bytes) -> HelpCallId | None:
    """The helpers' list has it."""
    return read(api.HelpCalled, lambda said: HelpCallId(said.id), body)


def help_call(body: bytes) -> HelpCall | None:
    """How far a call is, and who comes."""
    return read(
        visits.Assistance,
        lambda said: HelpCall(
            HelpCallId(said.id), HelpState(said.state), said.helper, said.minutes, said.version, StaffRef(said.by)
        ),
        body,
    )


def feedback_answer(body: bytes) -> FeedbackAnswer | None:
    """What became of it; an outcome that a newer platform has a word for is none here, its answer is told all the
    same."""
    outcomes = {one.value: one for one in FeedbackOutcome}
    return read(
        feedback.FeedbackAnswer,
        lambda said: FeedbackAnswer(
            FeedbackNumber(said.number), FeedbackKind(said.kind), FeedbackState(said.state), said.at,
            outcomes.get(said.outcome), said.answer, said.closed_at,
        ),
        body,
    )  # fmt: skip
