"""openapi.json: generated equals committed, valid, and every promise of the table is kept somewhere."""

import json
import re
from typing import Annotated, Any

import msgspec
import openapi_spec_validator
import pytest

from kiosk.contracts import platform_api as api
from kiosk.sandbox.handlers import BY_DISPATCHER, HANDLERS


def test_generated_equals_committed() -> None:
    assert api.OPENAPI_FILE.read_text("utf-8") == api.document(), "run: python -m kiosk.contracts.platform_api"


def test_document_is_valid() -> None:
    openapi_spec_validator.validate(json.loads(api.document()))


def test_every_operation_has_its_handler() -> None:
    assert set(HANDLERS) | BY_DISPATCHER == {op.id for op in api.OPERATIONS}
    assert not set(HANDLERS) & BY_DISPATCHER


def test_operations_are_unique() -> None:
    assert len({op.id for op in api.OPERATIONS}) == len(api.OPERATIONS)
    assert len({(op.method, op.path) for op in api.OPERATIONS}) == len(api.OPERATIONS)


@pytest.mark.parametrize("op", api.OPERATIONS, ids=lambda op: op.id)
def test_promises_of_one_operation(op: api.Op) -> None:
    for slug in api.problems_of(op):
        assert slug in api.PROBLEMS
    assert all(name in api.PATH_KINDS for name in re.findall(r"{(\w+)}", op.path))
    if op.idem:
        assert op.method == "POST"
    if op.offline is api.Offline.CACHED:
        assert op.method == "GET"
    if op.method == "GET":
        assert not op.idem
        assert op.body is None


def test_no_certificate_number_can_stand_in_an_address() -> None:
    for op in api.OPERATIONS:
        names = [*re.findall(r"{(\w+)}", op.path), *(param.name for param in op.query)]
        assert not any("cert" in name or "phone" in name or "person" in name for name in names)


def _patterns(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
        return own + [found for value in schema.values() for found in _patterns(value)]
    if isinstance(schema, list):
        return [found for value in schema for found in _patterns(value)]
    return []


@pytest.mark.parametrize("pattern", sorted(set(_patterns(api.openapi()))))
def test_patterns_refuse_a_final_newline_and_full_width_digits(pattern: str) -> None:
    """Python's $ and \\d take more than the contract says; what slips in ends in unique indexes."""
    kind = msgspec.defstruct("One", [("text", Annotated[str, msgspec.Meta(pattern=pattern)])])
    for sample in ("123456", "K7P-428", "a" * 64, "v1", "2026-01-01", "10.5", "SETUP", "p1", "abc", ""):
        if re.match(pattern, sample):
            assert not _takes(kind, sample + "\n"), sample
    assert r"\d" not in pattern
    assert not _takes(kind, "１２３４５６") or pattern.startswith(r"^[^")


def _takes(kind: Any, text: str) -> bool:
    try:
        msgspec.convert({"text": text}, kind)
    except msgspec.ValidationError:
        return False
    return True
