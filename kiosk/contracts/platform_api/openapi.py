"""openapi.json from the operation table; the committed file and what is generated here are held equal by a test."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec

from .base import (
    CONTRACT_VERSION,
    ETAG_PATTERN,
    KEY_PATTERN,
    OCTETS,
    PATH_KINDS,
    PROBLEM_JSON,
    SECOND_PATTERN,
    Octets,
    Op,
    Param,
)
from .counter import Problem
from .problems import PROBLEMS
from .table import OPERATIONS, problems_of

OPENAPI_FILE = Path(__file__).parent.parent / "openapi.json"
_REF = "#/components/schemas/{name}"


def components() -> tuple[dict[Any, Any], dict[str, Any]]:
    """Schema of every message: by type, and by name for the components section."""
    types = [t for op in OPERATIONS for t in (op.answer, op.body) if t is not None and t is not Octets]
    unique = list(dict.fromkeys([*types, Problem]))
    refs, schemas = msgspec.json.schema_components(unique, ref_template=_REF)
    return dict(zip(unique, refs, strict=True)), dict(sorted(schemas.items()))


def openapi() -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    refs, schemas = components()
    paths: dict[str, dict[str, Any]] = {}
    for op in OPERATIONS:
        paths.setdefault(op.path, {})[op.method.lower()] = _operation(op, refs)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Opening a business: contract between hall terminals and the city platform",
            "version": CONTRACT_VERSION,
            "description": "Generated from the operation table. A 2xx answer without the header Kiosk-Contract is "
            "not a success: something else on the way has answered.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "terminal": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Kiosk-Terminal",
                    "description": "Terminal id, one blank, credential. Stands for the client certificate of mutual "
                    "TLS where the reference platform serves plain http to its own machine; with TLS it is ignored.",
                },
                "citizen": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Citizen-Session",
                    "description": "Token of the citizen's session, beside the terminal: then only that person's "
                    "cases are open.",
                },
                "staff": {"type": "http", "scheme": "bearer", "description": "Session token of a person on duty."},
            },
        },
    }


def _operation(op: Op, refs: dict[Any, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": op.id,
        "summary": op.summary,
        "x-who": op.who,
        "x-offline": op.offline.value,
        **({"x-second": op.second} if op.second else {}),
        **({"x-second-may": op.second_may} if op.second_may else {}),
        "parameters": _parameters(op),
        "responses": {**_good(op, refs), **_refusals(op, refs)},
    }
    if op.who:
        made["security"] = [{"terminal": []}] if set(op.who) & set("TC") else []
        if "C" in op.who or op.id == "closeCitizenSession":
            made["security"].append({"terminal": [], "citizen": []})
        if set(op.who) - set("TC") or op.id in ("refreshStaffSession", "closeStaffSession"):
            made["security"].append({"terminal": [], "staff": []})
    if op.body is Octets:
        schema = {"type": "string", "contentMediaType": OCTETS}
        made["requestBody"] = {"required": True, "content": {OCTETS: {"schema": schema}}}
    elif op.body is not None:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": refs[op.body]}}}
    return made


def _parameter(where: str, param: Param) -> dict[str, Any]:
    schema = msgspec.json.schema(param.kind)
    return {"name": param.name, "in": where, "required": param.required, "schema": schema}


def _parameters(op: Op) -> list[dict[str, Any]]:
    found = [_parameter("path", Param(name, PATH_KINDS[name], True)) for name in re.findall(r"{(\w+)}", op.path)]
    found += [_parameter("query", param) for param in op.query]
    found += [_parameter("header", param) for param in op.headers]
    if op.idem:
        found.append(_header("Idempotency-Key", KEY_PATTERN, True))
    if op.if_match:
        found.append(_header("If-Match", ETAG_PATTERN, not op.first))
    if op.first:
        found.append({"name": "If-None-Match", "in": "header", "required": False, "schema": {"const": "*"}})
    if op.second or op.second_may:
        found.append(_header("Second-Person", SECOND_PATTERN, bool(op.second)))
    if op.etag:
        found.append({"name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"}})
    return found


def _header(name: str, pattern: str, required: bool) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": required, "schema": {"type": "string", "pattern": pattern}}


def _good(op: Op, refs: dict[Any, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "description": op.summary,
        "headers": {"Kiosk-Contract": {"required": True, "schema": {"type": "string"}}},
    }
    answer = plain
    if op.answer is not None:
        answer = {**plain, "content": {"application/json": {"schema": refs[op.answer]}}}
    found = {str(status): plain if status == 204 else answer for status in (op.ok, *op.also)}
    if op.etag:
        found["304"] = {"description": "unchanged"}
    return found


def _refusals(op: Op, refs: dict[Any, Any]) -> dict[str, Any]:
    by_status: dict[int, list[str]] = {}
    for slug in problems_of(op):
        by_status.setdefault(PROBLEMS[slug].status, []).append(slug)
    content = {PROBLEM_JSON: {"schema": refs[Problem]}}
    return {
        str(status): {"description": ", ".join(slugs), **({} if op.method == "HEAD" else {"content": content})}
        for status, slugs in sorted(by_status.items())
    }


def document() -> str:
    """The text of the committed file."""
    return json.dumps(openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
