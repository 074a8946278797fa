"""What every message of the wire contract is made of: two families of structures, checked texts, and the operation.

Times are RFC 3339 with offset, money is a decimal text in 万元 with up to six places, ids are ULIDs made where the
thing was born. Patterns use ``[0-9]``, never ``\\d`` (which takes full-width digits), and end in ``END``.
"""

import enum
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

CONTRACT_VERSION = "1.0"
PROBLEM_PREFIX = "urn:qiban:problem:"
PROBLEM_JSON = "application/problem+json"
OCTETS = "application/octet-stream"

END = (
    r"$(?!\n)"  # Python's $ also matches before a final newline, JSON Schema's does not; this means the same in both
)
_CLEAN = r"^[^\x00-\x1f\x7f]*" + END  # one line without control characters


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a terminal sends: strict, an unknown field is refused."""


class Answered(msgspec.Struct, frozen=True):
    """What the platform answers: read leniently, a new field breaks nobody."""


Ulid = Annotated[str, Meta(pattern="^[0-9A-HJKMNP-TV-Z]{26}" + END)]
Slip = Annotated[str, Meta(pattern="^[A-Z][0-9][A-Z]-[0-9]{3}" + END)]
UnitRef = Annotated[str, Meta(pattern="^[a-z_]{2,20}-[0-9A-Z]{3,20}" + END)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}" + END)]
Code = Annotated[str, Meta(pattern="^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}" + END)]  # ids of halls, windows, batches, packs
CertTypeCode = Literal["111", "154", "553", "uscc"]
ItemCode = Annotated[str, Meta(pattern="^[A-Z]{3,10}" + END)]
RefCode = Annotated[str, Meta(pattern="^p[0-9]{1,3}" + END)]
StaffCode = Annotated[str, Meta(pattern="^[0-9A-Za-z]{1,16}" + END)]
Money = Annotated[str, Meta(pattern="^[0-9]{1,12}([.][0-9]{1,6})?" + END)]
DivisionText = Annotated[str, Meta(pattern="^([0-9]{6})?" + END)]
CompanyTypeText = Annotated[str, Meta(pattern="^[0-9]{4}" + END)]
Day = Annotated[str, Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}" + END)]
Cursor = Annotated[str, Meta(pattern="^[a-z0-9]{2,12}[.][0-9]{1,15}" + END)]
Moment = Annotated[datetime, Meta(tz=True)]
Text16 = Annotated[str, Meta(max_length=16, pattern=_CLEAN)]
Text40 = Annotated[str, Meta(max_length=40, pattern=_CLEAN)]
Text64 = Annotated[str, Meta(max_length=64, pattern=_CLEAN)]
Text200 = Annotated[str, Meta(max_length=200, pattern=_CLEAN)]
Text512 = Annotated[str, Meta(max_length=512, pattern=_CLEAN)]
Version = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class Octets(msgspec.Struct, frozen=True):
    """Marks a body of plain bytes."""


KEY_PATTERN = '^"?[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"?' + END
ETAG_PATTERN = '^"v[0-9]{1,9}"' + END


SECOND_PATTERN = "^[0-9A-Za-z_-]{43}" + END
Slug = Annotated[str, Meta(pattern="^[a-z][a-z-]{1,39}" + END)]
Uscc = Annotated[str, Meta(pattern="^[0-9A-HJ-NPQRTUWXY]{18}" + END)]
LinkToken = Annotated[str, Meta(pattern="^[0-9A-Za-z_-]{43}" + END)]  # 32 random bytes, in a link for one purpose

PATH_KINDS: dict[str, Any] = {
    "case_id": Ulid,
    "handover_id": Ulid,
    "verification_id": Ulid,
    "item": ItemCode,
    "sha256": Sha256,
    "name": Code,
    "site_id": Code,
    "slug": Slug,
    "staff_ref": StaffCode,
    "id": Ulid,
    "no": Annotated[str, Meta(pattern="^[1-9][0-9]{0,3}" + END)],
    "uscc": Uscc,
    "token": LinkToken,
    "unit_id": UnitRef,
    "terminal_id": Code,
    "window_id": Code,
    "branch_id": Code,
}


class Offline(enum.Enum):
    """What becomes of an operation when there is no network."""

    ONLINE = "on"  # refused
    QUEUED = "q"  # an intent: kept, sent later, may be refused by the platform
    FACT = "f"  # it happened: never dropped, never refused
    CACHED = "c"  # a read with an age
    PERMIT = "p"  # a fact that is made only under a permit obtained online


class Param(msgspec.Struct, frozen=True):
    """One parameter of the path or the query; ``kind`` is its checked type."""

    name: str
    kind: Any
    required: bool = False


class Op(msgspec.Struct, frozen=True):
    """One operation. Client, server, offline policy, openapi.json and documentation all read it.

    ``who`` holds letters: T the terminal itself, C a citizen at a self-service terminal, H helper, W clerk, K keeper,
    S supervisor, N technician, A approver of a department; empty: anybody.
    """

    id: str  # operationId, and the name of the server's handler
    method: str
    path: str
    ok: int
    answer: Any
    who: str
    summary: str
    body: Any = None
    query: tuple[Param, ...] = ()
    headers: tuple[Param, ...] = ()  # obligatory headers of this operation alone
    idem: bool = False  # Idempotency-Key obligatory
    if_match: bool = False  # If-Match obligatory
    first: bool = False  # If-None-Match: * may stand for If-Match
    etag: bool = False  # answers with ETag, knows 304
    also: tuple[int, ...] = ()  # other good statuses
    scope: str = ""  # field of the body whose digest keeps the keys apart where nobody is known
    second: str = ""  # letters of the second person whose Second-Person header is obligatory (two-person rule)
    second_may: str = ""  # the same, where a second person is heard but not obligatory
    offline: Offline = Offline.ONLINE
    problems: tuple[str, ...] = ()
    asks: bool = False  # a POST that only asks, so that what it asks for stands in no address; nothing changes

    @property
    def reads(self) -> bool:
        """Whether nothing changes by it."""
        return self.asks or self.method in ("GET", "HEAD")

    @property
    def stops_when_reading(self) -> bool:
        """Whether a terminal that may only read (directive READ_ONLY) has it refused: everything that people want
        changed. Facts are still told, the terminal looks after itself, technicians lift the order."""
        told = self.offline in (Offline.FACT, Offline.PERMIT)
        return not (self.reads or told or set(self.who) <= {"T"} or "N" in self.who)


LIMIT = Param("limit", Annotated[int, Meta(ge=1, le=200)])
CURSOR = Param("cursor", Annotated[str, Meta(pattern="^[0-9]{1,15}[.][0-9A-HJKMNP-TV-Z]{26}" + END)])  # keyset: ms.id
