"""What changed between two editions of the contract, and whom it breaks.

A terminal of yesterday must work with the platform of today: what it sends must still be taken, what it reads must
still be there. Compares two OpenAPI documents, so that an adapter's own description can be held against ours as well.
"""

import enum
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
_METHODS = ("get", "put", "post", "patch", "delete", "head")
_NARROWER: Mapping[str, Callable[[Any, Any], bool]] = {  # keyword → whether the new bound is narrower than the old
    **dict.fromkeys(("maxLength", "maximum", "maxItems"), operator.gt),
    **dict.fromkeys(("minLength", "minimum", "minItems"), operator.lt),
}
_STARTS = {"minLength": 0, "minItems": 0}


class Effect(enum.Enum):
    """Whether a terminal of the old edition notices."""

    ADDITIVE = "additive"
    BREAKING = "breaking"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, where it is, and whom it breaks."""

    effect: Effect
    where: str
    what: str


def compare(old: Json, new: Json) -> tuple[Change, ...]:
    """Every difference that a terminal or a platform could notice; words and examples are none."""
    return tuple(_Comparison(old, new).changes())


class _Comparison:
    def __init__(self, old: Json, new: Json) -> None:
        self._old, self._new = old, new
        self._seen: set[tuple[str, str, bool]] = set()

    def changes(self) -> Iterator[Change]:
        before, after = _operations(self._old), _operations(self._new)
        for name in sorted(before.keys() | after.keys()):
            if name not in after:
                yield _breaking(name, "operation is gone")
            elif name not in before:
                yield _additive(name, "operation is new")
            else:
                yield from self._operation(name, before[name], after[name])

    def _operation(self, name: str, old: Json, new: Json) -> Iterator[Change]:
        for key in ("x-path", "x-who", "x-offline", "x-second"):
            if old.get(key) != new.get(key):
                wider = key == "x-who" and set(old.get(key, "")) <= set(new.get(key, ""))
                told = f"{key[2:]}: {old.get(key, 'none')} → {new.get(key, 'none')}"
                yield _additive(name, told) if wider else _breaking(name, told)
        yield from self._parameters(name, old, new)
        yield from self._body(name, old.get("requestBody"), new.get("requestBody"))
        yield from self._answers(name, old["responses"], new["responses"])

    def _parameters(self, name: str, old: Json, new: Json) -> Iterator[Change]:
        before, after = ({(p["in"], p["name"]): p for p in side.get("parameters", ())} for side in (old, new))
        for key in sorted(before.keys() | after.keys()):
            where = f"{name} {key[0]} {key[1]}"
            if key not in after:
                yield _breaking(where, "parameter is gone: it would be refused as unknown")
            elif key not in before:
                made = _breaking if after[key].get("required") else _additive
                yield made(where, "parameter is new" + (" and obligatory" if after[key].get("required") else ""))
            else:
                if after[key].get("required") and not before[key].get("required"):
                    yield _breaking(where, "parameter is obligatory now")
                yield from self._schema(where, before[key].get("schema", {}), after[key].get("schema", {}), sent=True)

    def _body(self, name: str, old: Json | None, new: Json | None) -> Iterator[Change]:
        if (old is None) != (new is None):
            yield _breaking(name, "body is " + ("new" if old is None else "gone"))
        elif old is not None and new is not None:
            yield from self._contents(f"{name} body", old["content"], new["content"], sent=True)

    def _answers(self, name: str, old: Json, new: Json) -> Iterator[Change]:
        for status in sorted(old.keys() | new.keys()):
            where, good = f"{name} {status}", status < "400"
            if status not in new:
                yield (_breaking if good else _additive)(where, "answer is gone")
            elif status not in old:
                yield (_breaking if good else _additive)(where, "answer is new")
            else:
                yield from self._contents(
                    where, old[status].get("content", {}), new[status].get("content", {}), sent=False
                )

    def _contents(self, where: str, old: Json, new: Json, *, sent: bool) -> Iterator[Change]:
        if old.keys() != new.keys():
            yield _breaking(where, f"media type: {', '.join(old) or 'none'} → {', '.join(new) or 'none'}")
        for kind in sorted(old.keys() & new.keys()):
            yield from self._schema(where, old[kind].get("schema", {}), new[kind].get("schema", {}), sent=sent)

    def _schema(self, where: str, old: Json, new: Json, *, sent: bool) -> Iterator[Change]:
        seen = (str(old.get("$ref")), str(new.get("$ref")), sent)
        if "$ref" in old and "$ref" in new:
            if seen in self._seen:
                return
            self._seen.add(seen)
            where = old["$ref"].rpartition("/")[2]
        old, new = _resolved(self._old, old), _resolved(self._new, new)
        yield from _types(where, old, new, sent=sent)
        yield from _bounds(where, old, new, sent=sent)
        yield from self._fields(where, old, new, sent=sent)
        if isinstance(old.get("items"), Mapping) and isinstance(new.get("items"), Mapping):
            yield from self._schema(f"{where}[]", old["items"], new["items"], sent=sent)
        for one, other in zip(old.get("anyOf", ()), new.get("anyOf", ()), strict=False):
            yield from self._schema(where, one, other, sent=sent)

    def _fields(self, where: str, old: Json, new: Json, *, sent: bool) -> Iterator[Change]:
        before, after = old.get("properties", {}), new.get("properties", {})
        must_before, must_after = set(old.get("required", ())), set(new.get("required", ()))
        for name in sorted(before.keys() | after.keys()):
            field = f"{where}.{name}"
            if name not in after:
                yield _breaking(field, "field is gone")
            elif name not in before:
                obligatory = sent and name in must_after
                yield (_breaking if obligatory else _additive)(
                    field, "field is new" + (" and obligatory" * obligatory)
                )
            else:
                if sent and name in must_after - must_before:
                    yield _breaking(field, "field is obligatory now")
                if not sent and name in must_before - must_after:
                    yield _breaking(field, "field may be missing now")
                yield from self._schema(field, before[name], after[name], sent=sent)


def _operations(document: Json) -> dict[str, Json]:
    return {
        op["operationId"]: {**op, "x-path": f"{method.upper()} {path}"}
        for path, methods in document["paths"].items()
        for method, op in methods.items()
        if method in _METHODS
    }


def _resolved(document: Json, schema: Json) -> Json:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _types(where: str, old: Json, new: Json, *, sent: bool) -> Iterator[Change]:
    # What is sent may grow wider, what is answered may grow narrower.
    for key, say in (("type", "type"), ("enum", "value"), ("const", "value")):
        before, after = _as_set(old.get(key)), _as_set(new.get(key))
        if before == after or (not before and not after):
            continue
        gone, come = before - after, after - before
        harmful = (gone or not before) if sent else (come or not after)
        # A new word in an answer is read leniently only where the reader keeps unknown words; ours refuses them.
        made = _breaking if harmful else _additive
        words = [*(f"-{word}" for word in sorted(gone)), *(f"+{word}" for word in sorted(come))]
        yield made(where, f"{say}: {' '.join(words)}")
    kinds = len(old.get("anyOf", ())), len(new.get("anyOf", ()))
    if kinds[0] != kinds[1]:
        harmful = kinds[1] < kinds[0] if sent else kinds[1] > kinds[0]
        yield (_breaking if harmful else _additive)(where, f"alternatives: {kinds[0]} → {kinds[1]}")


def _bounds(where: str, old: Json, new: Json, *, sent: bool) -> Iterator[Change]:
    for key, narrower in _NARROWER.items():
        start = _STARTS.get(key)
        before, after = old.get(key, start), new.get(key, start)
        if before == after:
            continue
        tight = after is not None and (before is None or narrower(before, after))
        yield (_breaking if tight is sent else _additive)(where, f"{key}: {before} → {after}")
    if old.get("pattern") != new.get("pattern"):
        yield _breaking(where, "pattern is another")


def _as_set(value: Any) -> set[str]:
    if value is None:
        return set()
    return {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}


def _breaking(where: str, what: str) -> Change:
    return Change(Effect.BREAKING, where, what)


def _additive(where: str, what: str) -> Change:
    return Change(Effect.ADDITIVE, where, what)
