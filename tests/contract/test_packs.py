"""Data packs: what they are, in which edition, and that a difference leads to exactly the new edition."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables import pack, shipped
from kiosk.code_tables.divisions import current_divisions, division_name
from kiosk.code_tables.pack import Head, Pack
from kiosk.sandbox import packs
from kiosk.sandbox.refusal import Refused

from .hands import Hands
from .running import Running

pytestmark = pytest.mark.processes
Rows = list[dict[str, str]]


def digest(rows: Rows) -> str:
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def applied(rows: Rows, delta: dict[str, Any]) -> Rows:
    """What a terminal makes of a difference, from the contract's words alone."""
    known = {tuple(row[name] for name in delta["key"]): row for row in rows}
    for row in delta["deletes"]:
        del known[tuple(row[name] for name in delta["key"])]
    for row in delta["upserts"]:
        known[tuple(row[name] for name in delta["key"])] = row
    return [known[key] for key in sorted(known)]


def test_every_pack_is_what_its_line_says(kiosk: Hands) -> None:
    listed = kiosk.call("GET", "/v1/packs")
    lines = listed.json()["items"]
    assert {line["name"] for line in lines} >= {"business_scope", "industry_classes", *shipped.names()}
    assert {line["name"] for line in lines if line["sample"]} >= {
        "banks", "business_scope", "industry_classes", "material_requirements", "materials", "seal_kinds",
    }  # fmt: skip
    for line in lines:
        answer = kiosk.call("GET", f"/v1/packs/{line['name']}")
        one = answer.json()
        assert digest(one["rows"]) == one["sha256"] == line["sha256"]
        assert len(one["rows"]) == line["rows"] > 0
        assert one["source"] and one["licence"] and one["version"]
        assert re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", one["effective_from"])
        assert one["delta"] is None
        unchanged = kiosk.call("GET", f"/v1/packs/{line['name']}", If_None_Match=answer.headers["ETag"])
        assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert kiosk.call("GET", "/v1/packs", If_None_Match=listed.headers["ETag"]).status_code == 304


def test_a_difference_leads_to_the_new_edition(kiosk: Hands) -> None:
    line = next(one for one in kiosk.call("GET", "/v1/packs").json()["items"] if one["name"] == "divisions")
    assert line["delta_from"] == ["2019"]
    old = kiosk.call("GET", "/v1/packs/divisions?version=2019").json()
    answer = kiosk.call("GET", "/v1/packs/divisions?since=2019")
    told = answer.json()
    delta = told["delta"]
    assert told["rows"] == []
    assert (delta["from_version"], delta["to_version"]) == ("2019", line["version"])
    assert {row["code"] for row in delta["upserts"]} == {"500105", "500112", "500157"}
    assert digest(applied(old["rows"], delta)) == delta["to_sha256"] == line["sha256"]
    assert (
        kiosk.call("GET", "/v1/packs/divisions?since=2019", If_None_Match=answer.headers["ETag"]).status_code == 304
    )
    nothing = kiosk.call("GET", f"/v1/packs/divisions?since={line['version']}").json()["delta"]
    assert nothing["upserts"] == nothing["deletes"] == []


def test_what_is_not_kept(kiosk: Hands) -> None:
    for query, status, code in (
        ("since=1999", 410, "delta-unavailable"), ("version=1999", 410, "gone"),
        ("version=2019&since=2019", 422, "validation"), ("since=a/b", 422, "validation"),
        ("edition=2019", 422, "unknown-parameter"),
    ):  # fmt: skip
        answer = kiosk.call("GET", f"/v1/packs/divisions?{query}")
        assert (answer.status_code, answer.json()["code"]) == (status, code), query
    assert kiosk.call("GET", "/v1/packs/divisions?since=1999").json()["full"] == "/v1/packs/divisions"
    assert kiosk.call("GET", "/v1/packs/..%2fstaff").status_code in (404, 422)


def test_the_old_edition_is_the_world_of_then(platform: Running) -> None:
    old = {row["code"] for row in shipped.editions("divisions")["2019"].rows if not row["last_seen"]}
    assert {"500105", "500112"} <= old
    assert "500157" not in old
    now = {one.code for one in current_divisions()}
    assert "500157" in now
    assert not {"500105", "500112"} & now
    assert division_name("500105") == "江北区"


_rows = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text("xyz", max_size=2), max_size=8)


@given(_rows, _rows)
def test_any_two_editions(before: dict[str, str], after: dict[str, str]) -> None:
    def made(values: dict[str, str], edition: str) -> Pack:
        head = Head("x", edition, date(2026, 1, 1), "us", "ours", False, ("code",), ("code", "text"))
        return pack.made(head, ({"code": code, "text": text} for code, text in values.items()))

    old, new = made(before, "1"), made(after, "2")
    delta = packs.delta(old, new)
    told = {"key": delta.key, "upserts": list(delta.upserts), "deletes": list(delta.deletes)}
    assert digest(applied(list(old.rows), told)) == new.sha256
    touched = {row["code"] for row in delta.upserts}
    assert not any(before.get(code) == after[code] for code in touched)  # nothing that is the same already


def test_another_table_is_fetched_whole() -> None:
    old = shipped.pack("divisions")
    new = pack.made(replace(shipped.editions("divisions")["2019"], key=("code", "name")), ())
    with pytest.raises(Refused) as refused:
        packs.delta(old, new)
    assert refused.value.slug == "delta-unavailable"
