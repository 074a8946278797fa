"""The sample catalogue is what its blocks make, says that it is a sample, and holds nothing that cannot be."""

import csv
import re
import tomllib
from importlib.resources import files

import pytest

from kiosk.code_tables import pack
from kiosk.code_tables.syllables import SYLLABLES
from tests.catalogue import build

ROWS = build.scope_rows()
CLASSES = {row["code"]: row for row in build.industry_rows()}


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        ("business_scope", build.COLUMNS, ROWS),
        ("industry_classes", build.INDUSTRY_COLUMNS, list(CLASSES.values())),
    ],
)
def test_what_is_kept_is_what_the_blocks_make(
    name: str, columns: tuple[str, ...], rows: list[dict[str, str]]
) -> None:
    kept = pack.read(files("kiosk.sandbox").joinpath(f"data/{name}.csv").read_text("utf-8"))
    assert kept.columns == columns
    assert list(kept.rows) == rows


def test_numbers_run_on_and_names_stand_once() -> None:
    assert len(ROWS) >= 2000
    assert [row["code"] for row in ROWS] == [f"SAMPLE-{number:04}" for number in range(1, len(ROWS) + 1)]
    assert len({row["name"] for row in ROWS}) == len(ROWS)


def test_every_class_is_known_and_used() -> None:
    assert {row["industry_code"] for row in ROWS} <= set(CLASSES)
    assert all(row["industry_name"] == CLASSES[row["industry_code"]]["name"] for row in ROWS)
    assert len({one["name"] for one in CLASSES.values()}) == len(CLASSES)
    for code, one in CLASSES.items():
        assert re.fullmatch("[0-9]{4}", code)
        assert one["division"] == code[:2]
        assert re.fullmatch("[A-T]", one["section"])


def test_duties_name_their_permit() -> None:
    duties = {row["duty"] for row in ROWS}
    assert duties == {"none", "before", "after", "notice"}
    assert all(bool(row["duty_text"]) == (row["duty"] != "none") for row in ROWS)


def test_spelled_in_syllables() -> None:
    for row in ROWS:
        assert set(row["pinyin"].split()) <= SYLLABLES, row["name"]
        words, spelled = row["aliases"].split(), row["alias_pinyin"].split()
        assert len(words) == len(spelled) > 0, row["name"]
        assert row["name"] not in words
        for word, letters in zip(words, spelled, strict=True):
            if not re.search("[a-zA-Z0-9]", word):
                assert len(letters.split("'")) == len(word), word


def test_everyday_words_lead_somewhere_certain() -> None:
    """A word written by hand may belong to a few items, not to a crowd."""
    owners: dict[str, int] = {}
    for row in ROWS:
        for word in row["aliases"].split():
            owners[word] = owners.get(word, 0) + 1
    assert max(owners.values()) <= 6, max(owners, key=lambda word: owners[word])


def test_what_is_eaten_or_lives_is_neither_mended_nor_let() -> None:
    groups = [
        group
        for block in ("goods", "land")
        for group in tomllib.loads((build.BLOCKS / f"{block}.toml").read_text("utf-8"))["group"]
        if any(code[:3] in ("522", "512") or code[:2] in ("01", "03", "04") for code in group["classes"].values())
    ]
    goods = {line.split(":")[0] for group in groups for line in group["goods"].strip().splitlines()}
    names = {row["name"] for row in ROWS}
    assert len(goods) > 100
    assert not names & {good + how for good in goods for how in ("修理", "租赁", "安装服务", "设计服务")}


def test_blocks_written_by_hand_stand_once() -> None:
    for block in ("everyday", "services"):
        lines = (build.BLOCKS / f"{block}.csv").read_text("utf-8").splitlines()
        names = [row["name"] for row in csv.DictReader(lines)]
        assert len(set(names)) == len(names)
