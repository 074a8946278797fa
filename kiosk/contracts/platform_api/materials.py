"""Messages about materials (R69–R71): one set, taken once, used by every item, never asked for twice."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import Answered, Code, ItemCode, Moment, Offline, Op, Param, Sent, Sha256, Text64, Text200, Ulid
from .case_parts import MaterialStateCode, SourceCode

MediaType = Literal["image/jpeg", "image/png", "application/pdf"]


class PutMaterial(Sent, frozen=True):
    """One material; its content was uploaded before."""

    type: Code
    blob_sha256: Sha256
    source: Literal["scanned", "shared", "phone", "e_cert_library"]
    captured_at: Moment
    media_type: MediaType
    pages: Annotated[int, Meta(ge=1, le=200)] = 1


class Material(Answered, frozen=True):
    """One material of a case. ``usable_by``: the items whose demand it meets; ``carried_from``: the earlier case that
    brought it along."""

    id: str
    case_id: str
    type: str
    title: str
    state: MaterialStateCode
    version: int
    blob_sha256: str
    media_type: str
    pages: int
    source: SourceCode
    captured_at: Moment
    usable_by: tuple[str, ...] = ()
    carried_from: str | None = None
    recognised_at: Moment | None = None
    reason: str = ""


class MissingMaterial(Answered, frozen=True):
    """A type that an item of the case still waits for."""

    type: str
    title: str
    item: str


class Materials(Answered, frozen=True):
    """What the case has, earlier cases of its chain included, and what its items still miss."""

    case_id: str
    items: tuple[Material, ...] = ()
    missing: tuple[MissingMaterial, ...] = ()


class Recognition(Sent, frozen=True):
    """The clerk's word on a material; a material that does not fit needs a reason."""

    result: Literal["fits", "does_not_fit"]
    reason: Text200 = ""


class AskMaterial(Sent, frozen=True):
    """Ask the applicant for one more material, with its legal basis."""

    type: Code
    item: ItemCode
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    basis: Text200 = ""


class MaterialRequest(Answered, frozen=True):
    """The demand that stands."""

    id: str
    case_id: str
    type: str
    item: str
    state: Literal["OPEN", "RECEIVED"]
    at: Moment


class HeldMaterial(Answered, frozen=True):
    """A material the authorities have already: from the e-certificate library, or from an earlier case."""

    id: str
    type: str
    title: str
    source: SourceCode
    usable_by: tuple[str, ...]
    held_since: Moment
    valid_until: Moment | None = None
    issuer: Text64 = ""
    blob_sha256: str = ""


class HeldMaterials(Answered, frozen=True):
    """Everything usable of one company."""

    uscc: str
    items: tuple[HeldMaterial, ...] = ()


PictureType = Literal["image/jpeg", "image/png"]


class MaterialPage(Answered, frozen=True):
    """The picture of one page; ``pages``: of how many there is one."""

    material_id: str
    page: int
    pages: int
    media_type: PictureType
    data: bytes


class CreateUploadLink(Sent, frozen=True):
    """A link for one material from a phone, shown as a QR code."""

    id: Ulid
    type: Code


class UploadLink(Answered, frozen=True):
    """The new link; this is the only answer that names it."""

    id: str
    path: str
    expires_at: Moment


class UploadLinkNow(Answered, frozen=True):
    """What became of a link."""

    id: str
    state: Literal["WAITING", "RECEIVED", "EXPIRED"]
    type: str
    expires_at: Moment
    material_id: str | None = None


OPERATIONS: tuple[Op, ...] = (
    Op("putMaterial", "PUT", "/v1/cases/{case_id}/materials/{id}", 200, Material, "CHW", "keep a material",
       PutMaterial, if_match=True, first=True, also=(201,), offline=Offline.QUEUED,
       problems=("not-found", "version-mismatch", "blob-missing", "too-late", "id-taken")),
    Op("listMaterials", "GET", "/v1/cases/{case_id}/materials", 200, Materials, "CHW", "materials with their uses",
       offline=Offline.CACHED, problems=("not-found",)),
    Op("getMaterialPage", "GET", "/v1/cases/{case_id}/materials/{id}/pages/{no}", 200, MaterialPage, "W",
       "the picture of one page, for comparing", problems=("not-found", "wrong-state")),
    Op("recogniseMaterial", "POST", "/v1/cases/{case_id}/materials/{id}/recognition", 200, Material, "W",
       "the clerk has looked at it: fits, or not", Recognition, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "too-late")),
    Op("askMaterial", "POST", "/v1/cases/{case_id}/material-requests", 201, MaterialRequest, "WA",
       "ask for a material that is not held yet", AskMaterial, idem=True,
       problems=("not-found", "material-already-held", "too-late")),
    Op("findHeldMaterials", "GET", "/v1/enterprises/{uscc}/materials", 200, HeldMaterials, "WA",
       "look before asking: what is held of a company", query=(Param("for_item", ItemCode),)),
    Op("createUploadLink", "POST", "/v1/cases/{case_id}/upload-links", 201, UploadLink, "CHW",
       "a link by which a phone sends one material", CreateUploadLink, idem=True,
       problems=("not-found", "too-late", "id-taken")),
    Op("getUploadLink", "GET", "/v1/upload-links/{id}", 200, UploadLinkNow, "CHW", "whether the phone has sent it",
       problems=("not-found",)),
)  # fmt: skip
