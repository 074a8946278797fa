"""A pack says what it is, shows when it was damaged, and can be made of its earlier edition."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables import pack as packs
from kiosk.code_tables import shipped
from kiosk.code_tables.pack import Head, Pack, PackError, apply, delta, made, read, sealed, written

COLUMNS = ("code", "first_seen", "name")
HEAD = Head("things", "1", date(2026, 1, 1), "us", "ours", True, ("code", "first_seen"), COLUMNS)
OLD = made(HEAD, [
    {"code": "500110", "first_seen": "199712", "name": "万盛区"},
    {"code": "500110", "first_seen": "201110", "name": "綦江区"},
    {"code": "500103", "first_seen": "199712", "name": "渝中区"},
])  # fmt: skip
TEXT = written(OLD)

_cell = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=6)
_rows = st.dictionaries(st.tuples(_cell, _cell), _cell, max_size=8)
_line = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=6)


def table(rows: dict[tuple[str, str], str], head: Head = HEAD) -> Pack:
    return made(head, ({"code": a, "first_seen": b, "name": name} for (a, b), name in rows.items()))


@st.composite
def tables(draw: st.DrawFn) -> Pack:
    key = draw(st.sampled_from([("code", "first_seen"), ("first_seen", "code"), COLUMNS]))
    columns = draw(st.permutations(COLUMNS))
    facts = draw(st.sampled_from([(), (("years", "2025 2026"),)]))
    head = replace(
        HEAD, edition=draw(_line), source=draw(_line), licence=draw(_line), effective=draw(st.dates()), key=key,
        columns=tuple(columns), sample=draw(st.booleans()), facts=facts,
    )  # fmt: skip
    return table(draw(_rows), head)


@given(tables())
def test_what_is_written_is_read(one: Pack) -> None:
    assert read(written(one)) == one
    assert sealed(written(one)) == written(one)


@given(tables(), tables())
def test_the_difference_leads_from_any_edition_to_any_other(old: Pack, new: Pack) -> None:
    assert apply(old, delta(old, new)) == new


@given(_rows, _rows)
def test_a_difference_says_nothing_twice(
    before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]
) -> None:
    change = delta(table(before), table(after))
    changed = {key for key in after if before.get(key) != after[key]}
    assert {HEAD.key_of(row) for row in change.upserts} == changed
    assert {HEAD.key_of(row) for row in change.deletes} == set(before) - set(after)


@given(_rows)
def test_the_order_of_the_lines_makes_no_difference(rows: dict[tuple[str, str], str]) -> None:
    backwards = dict(reversed(rows.items()))
    assert table(rows) == table(backwards)


def test_known_hash() -> None:
    assert packs.rows_sha256([]) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"  # of "[]"
    assert [row["name"] for row in OLD.rows] == ["渝中区", "万盛区", "綦江区"]


def test_a_damaged_file_says_so() -> None:
    with pytest.raises(PackError, match="things 1: damaged or edited"):
        read(TEXT.replace("綦江区", "綦江县"))
    with pytest.raises(PackError, match="damaged or edited"):
        read(TEXT[: TEXT.rindex("500110")])  # cut off at the end of a line
    assert read(sealed(TEXT.replace("綦江区", "綦江县"))).rows[2]["name"] == "綦江县"


def test_what_editors_do_to_a_file_is_no_damage() -> None:
    lines = TEXT.splitlines(keepends=True)
    shuffled = "".join([*lines[:-3], lines[-1], "\n", lines[-2], lines[-3]])
    for same in ("\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), shuffled, "## a remark: of somebody\n" + TEXT):
        assert read(same) == OLD


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("# licence: ours\n", "", "things does not tell its licence"),
        ("# id: things\n", "", "a pack does not tell its id"),
        ("# sample: yes", "# sample: perhaps", "sample is yes or no"),
        ("# effective: 2026-01-01", "# effective: 2026-02-30", "effective is no day: 2026-02-30"),
        ("# key: code first_seen", "# key: code since", "a column that is not there: since"),
        ("# key: code first_seen", "# key: code", "two rows have one key: 500110"),
        ("# source: us", "#source us", "line 5 is no line of a head"),
        ("# source: us", "# id: us", "says a thing twice"),
        ("code,first_seen,name", "code,code,name", "does not name the columns"),
        ("code,first_seen,name", "代码,first_seen,name", "does not name the columns"),
        ("綦江区", "綦江区,", "row 3 has 4 values for 3 columns"),
        ("綦江区", '"綦江区', "line 12 is not CSV"),
        ("綦江区", "綦江\x00区", "line 12 holds a control character"),
    ],
)
def test_a_file_that_is_no_pack(before: str, after: str, words: str) -> None:
    assert before in TEXT
    for reading in (read, sealed):  # a seal mends nothing but the hash
        with pytest.raises(PackError, match=words):
            reading(TEXT.replace(before, after, 1))


@given(st.text())
def test_anything_else_is_no_pack_either(text: str) -> None:
    with pytest.raises(PackError):
        read(text)


def test_a_change_of_another_edition_or_a_wrong_one_is_refused() -> None:
    new = made(replace(HEAD, edition="2"), [*OLD.rows[:2], {**OLD.rows[2], "name": "綦江"}])
    change = delta(OLD, new)
    with pytest.raises(PackError, match="begins with another edition, 1"):
        apply(new, change)
    with pytest.raises(PackError, match="does not lead to the edition"):
        apply(OLD, replace(change, upserts=()))
    with pytest.raises(PackError, match="not the columns of the table"):
        apply(OLD, replace(change, upserts=({"code": "1", "first_seen": "2"},)))
    assert apply(OLD, change) == new


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, strange = (tmp_path / name for name in ("good.csv", "bad.csv", "strange.csv"))
    good.write_bytes(TEXT.encode())
    bad.write_bytes(TEXT.replace("渝中区", "渝中").replace("# sha256", "## was").replace("\n", "\r\n").encode())
    strange.write_bytes(b"\xff\xfe")
    assert packs.main([str(good)]) == 0
    assert "things 1, 3 rows" in capsys.readouterr().out
    assert packs.main([str(good), str(bad), str(strange), str(tmp_path / "none")]) == 1
    said = capsys.readouterr().out
    assert "bad.csv: things does not tell its sha256" in said
    assert said.count("\n") == 4
    assert packs.main(["--seal", str(bad)]) == 0
    assert packs.main([str(bad)]) == 0
    assert read(bad.read_bytes().decode()).rows[0]["name"] == "渝中"
    assert b"\r\n" in bad.read_bytes()
    assert good.read_bytes() == TEXT.encode()


def test_everything_that_is_shipped_is_whole() -> None:
    assert len(shipped.names()) >= 20
    for name in shipped.names():
        for edition, one in shipped.editions(name).items():
            assert (one.id, one.edition) == (name, edition)
            assert one.rows
            assert ("sample" in edition) == one.sample
    with pytest.raises(KeyError):
        shipped.pack("nothing")


def test_the_kept_edition_of_2019_leads_to_that_of_today() -> None:
    old, new = shipped.editions("divisions").values()
    change = delta(old, new)
    assert {row["code"] for row in change.upserts} == {"500105", "500112", "500157"}
    assert change.deletes == ()
    assert apply(old, change) == new
