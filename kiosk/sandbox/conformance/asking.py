"""Plain requests of one terminal, each answer held against the operation table before a check looks at it."""

import base64
import hashlib
import http.client
import json
import os
import re
import ssl
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.contracts import platform_api as api
from kiosk.domain.ids import new_ulid

_PATIENCE = 40.0
SIGNED_PREFIX = b"QIBAN-STAFF-1"


class BrokenError(Exception):
    """The platform does not keep the contract; the text says where."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, checked for shape already."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The slug of a problem, or nothing."""
        return str(self.json.get("code", "")) if self.status >= 400 and self.body else ""


@dataclass(frozen=True, slots=True)
class Staff:
    """A person on duty whose card's key is at hand."""

    ref: str
    key: Ed25519PrivateKey


class Terminal:
    """Speaks for one terminal. ``identity`` goes into the header that stands for its certificate."""

    def __init__(self, url: str, identity: str, tls: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"no address of a platform: {url}")
        self._host, self._port, self._base = parts.hostname, parts.port, parts.path.rstrip("/")
        self._tls = (tls or ssl.create_default_context()) if parts.scheme == "https" else None
        self._line: http.client.HTTPConnection | None = None
        self.identity, self.token = identity, ""

    @classmethod
    def like(cls, other: "Terminal", identity: str | None = None) -> "Terminal":
        """Another line to the same platform."""
        scheme = "http" if other._tls is None else "https"
        port = "" if other._port is None else f":{other._port}"
        host = f"[{other._host}]" if ":" in other._host else other._host
        url = f"{scheme}://{host}{port}{other._base}"
        made = cls(url, other.identity if identity is None else identity, other._tls)
        made.token = other.token if identity is None else ""
        return made

    def raw(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request as it is; OSError when nobody answers."""
        own = {"Kiosk-Contract": api.CONTRACT_VERSION}
        if self.identity:
            own["Kiosk-Terminal"] = self.identity
        if self.token:
            own["Authorization"] = f"Bearer {self.token}"
        given = {name: value for name, value in {**own, **(headers or {})}.items() if value}
        line = self._connection()
        try:
            line.request(method, self._base + path, body, given)
            answer = line.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        except http.client.HTTPException as error:
            self.close()
            raise OSError(f"broken answer: {type(error).__name__}") from error
        except OSError:
            self.close()
            raise

    def ask(
        self, op_id: str, body: Any = None, *, query: str = "", key: str | None = None, version: int | None = None,
        first: bool = False, headers: Mapping[str, str] | None = None, **path: str,
    ) -> Answer:  # fmt: skip
        """One operation of the table; the answer is one that the table allows, or BrokenError."""
        op = api.BY_ID[op_id]
        own = dict(headers or {})
        if op.idem and "Idempotency-Key" not in own:
            own["Idempotency-Key"] = key or str(uuid.uuid4())
        if first:
            own["If-None-Match"] = "*"
        elif version is not None:
            own["If-Match"] = f'"v{version}"'
        sent = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        if op.body is not None and "Content-Type" not in own:
            own["Content-Type"] = api.OCTETS if op.body is api.Octets else "application/json"
        answer = self.raw(op.method, op.path.format(**path) + query, sent, own)
        held_against(op, answer)
        return answer

    def sign(self, staff: Staff) -> dict[str, str]:
        """What a staff card makes of a fresh challenge."""
        given = self.ask("getChallenge", {"staff_ref": staff.ref}).json["challenge"]
        signature = staff.key.sign(SIGNED_PREFIX + base64.b64decode(given))
        return {"staff_ref": staff.ref, "challenge": given, "signature": base64.b64encode(signature).decode()}

    def sign_in(self, staff: Staff) -> None:
        """Sign somebody in here."""
        answer = self.ask("openStaffSession", self.sign(staff))
        want(answer.status == 201, f"sign-in of {staff.ref} was answered {answer.status} {answer.code}")
        self.token = answer.json["token"]

    def close(self) -> None:
        """Let the connection go."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _connection(self) -> http.client.HTTPConnection:
        if self._line is None and self._tls is not None:
            self._line = http.client.HTTPSConnection(self._host, self._port, timeout=_PATIENCE, context=self._tls)
        elif self._line is None:
            self._line = http.client.HTTPConnection(self._host, self._port, timeout=_PATIENCE)
        return self._line


def held_against(op: api.Op, answer: Answer) -> None:
    """The answer's status, headers and body are what the operation table says."""
    where = f"{op.id} {answer.status}"
    want("kiosk-contract" in answer.headers, f"{where}: no header Kiosk-Contract, so a terminal cannot trust it")
    if answer.status == 304 and op.etag:
        return
    if answer.status in (op.ok, *op.also):
        if op.answer is not None:
            _decoded(where, answer, op.answer)
        if op.etag:
            want("etag" in answer.headers, f"{where}: no ETag")
        return
    allowed = {api.PROBLEMS[slug].status: slug for slug in api.problems_of(op)}
    want(answer.status in allowed, f"{where}: a status that the operation does not have")
    if op.method != "HEAD":
        problem(where, answer)


def problem(where: str, answer: Answer) -> str:
    """The slug of a problem in the contract's form."""
    kind = answer.headers.get("content-type", "").partition(";")[0]
    want(kind == api.PROBLEM_JSON, f"{where}: a refusal as {kind or 'nothing'}, not as {api.PROBLEM_JSON}")
    found: api.Problem = _decoded(where, answer, api.Problem)
    want(found.code in api.PROBLEMS, f"{where}: unknown problem {found.code}")
    want(found.type == api.PROBLEM_PREFIX + found.code, f"{where}: type and code differ")
    want(
        found.status == answer.status == api.PROBLEMS[found.code].status, f"{where}: {found.code} with another status"
    )
    return found.code


def _decoded(where: str, answer: Answer, kind: Any) -> Any:
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except msgspec.MsgspecError as error:
        told = re.sub(r"'[^']*'", "…", str(error))  # a value may be somebody's
        raise BrokenError(f"{where}: the body is not what the contract says: {told}") from None


def want(true: object, otherwise: str) -> None:
    """A condition of the contract."""
    if not true:
        raise BrokenError(otherwise)


def ulid() -> str:
    """An id for something born here."""
    return new_ulid(time.time_ns() // 1_000_000, os.urandom(10))


def demo_key(ref: str) -> Ed25519PrivateKey:
    """The key of a demo staff card, as the card makes it."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demo-staff-card:" + ref.encode()).digest())
