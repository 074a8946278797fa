"""Every kind of change is classed; a harmless one never alarms, a harmful one never passes."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api.changes import Effect, compare

NOW = api.openapi()
_SCHEMAS = "components", "schemas"


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    document = copy.deepcopy(NOW)
    change(document)
    return document


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def operation(document: dict[str, Any], op_id: str) -> dict[str, Any]:
    op = api.BY_ID[op_id]
    found: dict[str, Any] = document["paths"][op.path][op.method.lower()]
    return found


def drop_operation(document: dict[str, Any]) -> None:
    del document["paths"]["/v1/evaluations"]


def drop_answer_field(document: dict[str, Any]) -> None:
    del schema(document, "Case")["properties"]["slip_code"]


def answer_field_may_be_missing(document: dict[str, Any]) -> None:
    schema(document, "Case")["required"].remove("slip_code")


def new_obligatory_field(document: dict[str, Any]) -> None:
    schema(document, "Evaluate")["properties"]["mood"] = {"type": "string"}
    schema(document, "Evaluate")["required"].append("mood")


def field_becomes_obligatory(document: dict[str, Any]) -> None:
    schema(document, "Evaluate")["required"].append("text")


def narrower_number(document: dict[str, Any]) -> None:
    schema(document, "Evaluate")["properties"]["level"]["maximum"] = 3


def shorter_text(document: dict[str, Any]) -> None:
    schema(document, "Evaluate")["properties"]["text"]["maxLength"] = 10


def new_word_in_an_answer(document: dict[str, Any]) -> None:
    schema(document, "NameVerdict")["properties"]["verdict"]["enum"].append("PERHAPS")


def word_gone_in_a_request(document: dict[str, Any]) -> None:
    schema(document, "Evaluate")["properties"]["phase"]["enum"].remove("accepted")


def key_becomes_obligatory(document: dict[str, Any]) -> None:
    op = operation(document, "searchCases")
    op["parameters"].append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": {}})


def parameter_gone(document: dict[str, Any]) -> None:
    op = operation(document, "listCases")
    op["parameters"] = [p for p in op["parameters"] if p["name"] != "limit"]


def fewer_may(document: dict[str, Any]) -> None:
    operation(document, "getCase")["x-who"] = "W"


def moved(document: dict[str, Any]) -> None:
    document["paths"]["/v1/ratings"] = document["paths"].pop("/v1/evaluations")


def another_type(document: dict[str, Any]) -> None:
    schema(document, "Case")["properties"]["version"] = {"type": "string"}


def fact_becomes_refusable(document: dict[str, Any]) -> None:
    operation(document, "recordHandedOver")["x-offline"] = "q"


def second_person_wanted(document: dict[str, Any]) -> None:
    operation(document, "abortHandover")["x-second"] = "S"


BREAKING = [
    drop_operation, drop_answer_field, answer_field_may_be_missing, new_obligatory_field, field_becomes_obligatory,
    narrower_number, shorter_text, new_word_in_an_answer, word_gone_in_a_request, key_becomes_obligatory,
    parameter_gone, fewer_may, moved, another_type, fact_becomes_refusable, second_person_wanted,
]  # fmt: skip


def new_operation(document: dict[str, Any]) -> None:
    document["paths"]["/v1/new"] = {"get": {**operation(document, "getTime"), "operationId": "getNew"}}


def new_answer_field(document: dict[str, Any]) -> None:
    schema(document, "Case")["properties"]["colour"] = {"type": "string"}


def new_optional_field(document: dict[str, Any]) -> None:
    schema(document, "Evaluate")["properties"]["mood"] = {"type": "string"}


def wider_number(document: dict[str, Any]) -> None:
    schema(document, "Evaluate")["properties"]["level"]["maximum"] = 9


def new_word_in_a_request(document: dict[str, Any]) -> None:
    schema(document, "Evaluate")["properties"]["phase"]["enum"].append("asked")


def word_gone_in_an_answer(document: dict[str, Any]) -> None:
    schema(document, "NameVerdict")["properties"]["verdict"]["enum"].remove("SIMILAR")


def new_optional_parameter(document: dict[str, Any]) -> None:
    op = operation(document, "listCases")
    op["parameters"].append({"name": "colour", "in": "query", "required": False, "schema": {"type": "string"}})


def more_may(document: dict[str, Any]) -> None:
    operation(document, "listCases")["x-who"] += "K"


def another_refusal(document: dict[str, Any]) -> None:
    op = operation(document, "getCase")
    op["responses"]["410"] = op["responses"]["404"]


ADDITIVE = [
    new_operation, new_answer_field, new_optional_field, wider_number, new_word_in_a_request, word_gone_in_an_answer,
    new_optional_parameter, more_may, another_refusal,
]  # fmt: skip


def test_nothing_changed() -> None:
    assert compare(NOW, copy.deepcopy(NOW)) == ()


def test_words_change_nothing() -> None:
    def say(document: dict[str, Any]) -> None:
        operation(document, "getTime")["summary"] = "what time it is"
        document["info"]["description"] = "other words"

    assert compare(NOW, changed(say)) == ()


@pytest.mark.parametrize("change", BREAKING)
def test_harmful(change: Callable[[dict[str, Any]], None]) -> None:
    assert Effect.BREAKING in {one.effect for one in compare(NOW, changed(change))}


@pytest.mark.parametrize("change", ADDITIVE)
def test_harmless(change: Callable[[dict[str, Any]], None]) -> None:
    assert {one.effect for one in compare(NOW, changed(change))} == {Effect.ADDITIVE}


@pytest.mark.parametrize("change", [new_answer_field, new_optional_field, more_may, wider_number])
def test_taking_a_harmless_change_back_is_harmful(change: Callable[[dict[str, Any]], None]) -> None:
    assert Effect.BREAKING in {one.effect for one in compare(changed(change), NOW)}


def test_the_gate(tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text(json.dumps(changed(new_operation)), "utf-8")
    line = [sys.executable, "-m", "kiosk.contracts.platform_api", "--compare", str(old)]
    made = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)
    assert made.returncode == 1
    assert "breaking: getNew: operation is gone" in made.stdout
    old.write_text(json.dumps(NOW), "utf-8")
    assert subprocess.run(line, capture_output=True, check=False, timeout=60).returncode == 0
