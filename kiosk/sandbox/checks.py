"""The checks before a handler runs, in their fixed order, all read from the operation table."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from kiosk.contracts import platform_api as api

from .refusal import Refused, invalid

_KEY = re.compile(api.KEY_PATTERN)
_ETAG = re.compile(api.ETAG_PATTERN)
_SECOND = re.compile(api.SECOND_PATTERN)
_WHOLE = re.compile("(0|[1-9][0-9]{0,15})")


def key_of(op: api.Op, headers: Mapping[str, str]) -> str:
    """The Idempotency-Key, bare."""
    if not op.idem:
        return ""
    given = headers.get("idempotency-key")
    if given is None:
        raise Refused("idempotency-key-missing")
    if not _KEY.match(given) or given.startswith('"') != given.endswith('"'):
        raise invalid("/Idempotency-Key", "uuid")
    return given.strip('"').lower()


def preconditions(op: api.Op, headers: Mapping[str, str]) -> tuple[int | None, str]:
    """If-Match as a version, and If-None-Match."""
    none_match, match = headers.get("if-none-match", ""), headers.get("if-match")
    if not op.if_match:
        return None, none_match.strip('"')
    if match is None:
        if op.first and none_match == "*":
            return None, "*"
        raise Refused("precondition-required")
    if not _ETAG.match(match):
        raise invalid("/If-Match", "etag")
    return int(match[2:-1]), ""


def second_of(op: api.Op, headers: Mapping[str, str]) -> str:
    """The confirmation of the second person, where the operation takes two or hears one."""
    if not op.second and not op.second_may:
        return ""
    given = headers.get("second-person")
    if given is None:
        if op.second:
            raise Refused("second-person-required")
        return ""
    if not _SECOND.match(given):
        raise invalid("/Second-Person", "token")
    return given


def body_of(op: api.Op, content_type: str, raw: bytes) -> Any:
    """The decoded message; bytes stay bytes."""
    if op.body is None:
        return None
    wanted = api.OCTETS if op.body is api.Octets else "application/json"
    if content_type.partition(";")[0].strip().lower() != wanted:
        raise Refused("unsupported-media-type")
    if op.body is api.Octets:
        return None
    try:
        message = _decoder(op.id).decode(raw)
    except msgspec.ValidationError as error:
        raise _told(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("malformed") from None
    if rb"\u0000" in raw and _has_nul(msgspec.to_builtins(message)):
        raise invalid("", "no text holds U+0000")  # PostgreSQL could not keep it
    for pointer, items in _lists(message, ""):
        if len(set(items)) < len(items):
            raise invalid(pointer, "each once")
    return message


def path_of(params: Mapping[str, str]) -> dict[str, str]:
    """Parameters of the path, each fitting its pattern."""
    return {name: _convert(f"/path/{name}", value, api.PATH_KINDS[name]) for name, value in params.items()}


def query_of(op: api.Op, given: list[tuple[str, str]]) -> dict[str, Any]:
    """Known parameters only, each once, each of its type."""
    kinds = {param.name: param for param in op.query}
    found: dict[str, Any] = {}
    for name, value in given:
        if name not in kinds:
            raise Refused("unknown-parameter", parameter=name[:40])
        if name in found:
            raise invalid(f"/query/{name}", "each once")
        found[name] = _convert(f"/query/{name}", value, kinds[name].kind)
    for param in op.query:
        if param.required and param.name not in found:
            raise invalid(f"/query/{param.name}", "required")
    return found


def headers_of(op: api.Op, headers: Mapping[str, str]) -> dict[str, Any]:
    """Obligatory headers of this operation."""
    found = {}
    for param in op.headers:
        value = headers.get(param.name.lower())
        if value is None:
            raise invalid(f"/{param.name}", "required")
        found[param.name] = _convert(f"/{param.name}", value, param.kind)
    return found


@cache
def _decoder(op_id: str) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(api.BY_ID[op_id].body)


def _convert(pointer: str, value: str, kind: Any) -> Any:
    if _is_number(kind) and not _WHOLE.fullmatch(value):
        raise invalid(pointer, "whole number")
    try:
        return msgspec.convert(int(value) if _is_number(kind) else value, kind)
    except msgspec.ValidationError:
        raise invalid(pointer, "form") from None


def _is_number(kind: Any) -> bool:
    return getattr(kind, "__origin__", kind) is int


def _told(message: str) -> Refused:
    """The decoder's first complaint without the value it complains of."""
    rule, _, path = message.partition(" - at `")
    pointer = re.sub(r"\[\.\.\.\]", "/*", path.rstrip("`").removeprefix("$").replace(".", "/"))
    pointer = re.sub(r"\[([0-9]+)\]", r"/\1", pointer)
    return invalid(pointer, re.sub(r"\s*'[^']*'|\s*\"[^\"]*\"", "", rule))


def _has_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_nul(one) for pair in value.items() for one in pair)
    return any(map(_has_nul, value)) if isinstance(value, list | tuple) else isinstance(value, str) and "\0" in value


def _lists(value: Any, pointer: str) -> list[tuple[str, list[Any]]]:
    """Every list of the message that the contract wants without repetition."""
    found: list[tuple[str, list[Any]]] = []
    if isinstance(value, msgspec.Struct):
        unique = _unique_fields(type(value))
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if name in unique:
                found.append((f"{pointer}/{name}", list(inner)))
            else:
                found += _lists(inner, f"{pointer}/{name}")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            found += _lists(inner, f"{pointer}/{index}")
    return found


@cache
def _unique_fields(kind: type[msgspec.Struct]) -> frozenset[str]:
    info = msgspec.inspect.type_info(kind)
    fields: Any = getattr(info, "fields", ())
    return frozenset(one.name for one in fields if _wants_unique(one.type))


def _wants_unique(info: Any) -> bool:
    extra = getattr(info, "extra_json_schema", None) or {}
    return bool(extra.get("uniqueItems"))
