"""Clock, settings, data files, and the refusal to listen to the world."""

import re
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from kiosk.sandbox import names, packs
from kiosk.sandbox import tables as t
from kiosk.sandbox.clock import SandboxClock
from kiosk.sandbox.database import Store
from kiosk.sandbox.server import serve
from kiosk.sandbox.settings import SandboxSettings


def test_manual_clock_stands_still_and_both_move_together() -> None:
    clock = SandboxClock("manual", 60.0)
    now, office = clock.now(), clock.office()
    assert (clock.now(), clock.office()) == (now, office)
    clock.advance(90)
    assert (clock.now() - now, clock.office() - office) == (90_000, 90_000)


def test_advancing_a_real_clock_moves_only_the_offices() -> None:
    clock = SandboxClock("real", 60.0)
    apart = clock.office() - clock.now()
    clock.advance(3600)
    assert clock.office() - clock.now() - apart >= 3_590_000
    assert clock.office() - clock.now() - apart <= 3_610_000


def test_offices_never_go_back_when_the_mode_changes() -> None:
    clock = SandboxClock("manual", 60.0, not_before_ms=4_000_000_000_000)
    before = clock.office()
    clock.change("scaled", 1000.0)
    assert clock.office() >= before
    clock.change("real", 1.0)
    assert clock.office() >= before


def test_scope_pack_is_usable() -> None:
    rows = packs.pack("business_scope").rows
    assert len(rows) >= 2000
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)
    for row in rows:
        assert row["code"].startswith("SAMPLE-")
        assert row["duty"] in ("none", "before", "after", "notice")
        assert bool(row["duty_text"]) == (row["duty"] != "none")
        assert re.fullmatch("[0-9]{4}", row["industry_code"])
        assert len(row["aliases"].split()) == len(row["alias_pinyin"].split()) > 0
        assert row["initials"] == "".join(syllable[0] for syllable in row["pinyin"].split())
        assert len(row["name"]) <= 64


def test_everyday_words_are_found() -> None:
    rows = packs.pack("business_scope").rows
    for word in ("面馆", "奶茶店", "理发店", "网店", "修车", "菜店"):
        assert any(word in row["aliases"].split() for row in rows), word


def test_taken_names_are_whole() -> None:
    assert all(len(trade) >= 2 and industry for trade, industry in names.rules().taken)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.2", "example.invalid"])
def test_listens_on_this_machine_only(host: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        serve(SandboxSettings(database=str(tmp_path / "p.db"), host=host))
    assert not (tmp_path / "p.db").exists()


def test_unknown_scenario(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="scenario"):
        serve(SandboxSettings(database=str(tmp_path / "p.db"), scenario="flood"))


def test_tables_can_be_said_to_postgresql() -> None:
    """The words compile without a server; the partial indexes are among them."""
    dialect = postgresql.dialect()
    said = [str(CreateTable(table).compile(dialect=dialect)) for table in t.md.sorted_tables]
    said += [
        str(CreateIndex(index).compile(dialect=dialect)) for table in t.md.sorted_tables for index in table.indexes
    ]
    partial = [one for one in said if "WHERE" in one]
    assert {one.split()[3] for one in partial} >= {
        "one_open_handover", "one_open_window", "article_once", "one_live_name", "one_company", "one_mailing",
        "one_case_per_slot", "one_ticket_window",
        "one_enrolment_key", "one_terminal_window", "one_issue_case", "one_issue_unit",
        "one_open_link", "one_joined_visit", "one_open_request",
    }  # fmt: skip


def test_database_of_another_schema_is_refused(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'p.db'}")
    assert store.create() is True
    assert store.create() is False
    with store.write() as c:
        c.execute(sa.update(t.meta).values(value="0"))
    with pytest.raises(ValueError, match="schema 0"):
        store.create()
    store.close()


def test_rare_characters_can_be_in_a_name() -> None:
    assert names._form_reasons("重庆䶮𠮷㼆餐饮有限公司", "䶮𠮷㼆", "餐饮") == []
    assert "name-characters" in names._form_reasons("重庆A示例餐饮有限公司", "A示例", "餐饮")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [("2026-11-23", "2027-01-23"), ("2026-12-31", "2027-02-28"), ("2027-12-31", "2028-02-29"),
     ("2026-06-30", "2026-08-30"), ("2026-10-05", "2026-12-05")],
)  # fmt: skip
def test_a_name_is_kept_for_two_months_not_for_sixty_days(begins: str, ends: str) -> None:
    first, last = (datetime.fromisoformat(f"{day}T10:24:00+08:00") for day in (begins, ends))
    assert names.reserved_until(round(first.timestamp() * 1000)) == round(last.timestamp() * 1000)
