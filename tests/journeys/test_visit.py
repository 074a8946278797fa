"""The whole visit as the demo plays it, from home to the signed hand-over, and what is left of the people."""

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import pypdfium2
import pytest
import zxingcpp

from kiosk.demo import acts, play
from kiosk.demo.ground import environment
from kiosk.rules.credit_code import problem
from kiosk.rules.slip_code import read_slip
from offline_cache import database

from .visiting import command

pytestmark = pytest.mark.processes

# Everything that would name one of the two people; the first letter of a number alone says nothing.
PERSONAL = (
    "王测试", "李示例", "500103198504120022", "500103199011030015", "13800001234", "示例路18号2单元5-1",
    "示例路66号9-3",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-16-le", "gb18030")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What a demo without a screen leaves behind; here its pictures need not stand still, and departments hurry."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(acts, "_STILL", 0.0)
        patch.setattr(play, "HURRIED", "scaled:120")
        assert play.play(play.Choices(folder, screen=False))
    yield folder


@pytest.fixture(scope="module")
def visit(out: Path) -> dict[str, Any]:
    return dict(json.loads((out / "visit.json").read_text("utf-8")))


def platform(out: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    books = sqlite3.connect(out / "work" / "platform.db")
    with contextlib.closing(books):
        return books.execute(query, values).fetchall()


def test_everything_is_handed_over_exactly_once(visit: dict[str, Any]) -> None:
    assert visit["case_state"] == "CLOSED"
    assert [line["state"] for line in visit["states"] if line["what"] == "CASE"] == [
        "DRAFT", "SUBMITTED", "ACCEPTED", "IN_REVIEW", "APPROVED", "PREPARING", "READY", "CLOSED",
    ]  # fmt: skip
    assert {article["state"] for article in visit["articles"]} == {"HANDED_OVER"}
    assert [article["kind"] for article in visit["articles"]] == [
        "licence_original", "licence_copy", *["seal"] * 4, "invoice_volume", "tax_device",
    ]  # fmt: skip
    assert len({(article["kind"], article["serial"]) for article in visit["articles"]}) == len(visit["articles"])
    assert visit["handovers"] == ["HANDED_OVER"]
    assert visit["discrepancies"] == 0
    assert problem(visit["uscc"]) is None


def test_a_hand_over_takes_few_keys_and_every_article_a_scan(visit: dict[str, Any]) -> None:
    """From the recipient's card to the printed sheet; the device is read back instead of scanned."""
    burden, articles = visit["hand_over"], visit["articles"]
    assert 0 < burden["keystrokes"] <= 40
    assert burden["scans"] == sum(one["kind"] != "tax_device" for one in articles)
    assert burden["touches"] == 0  # the recipient agrees, signs and rates on the screen of his own


def test_the_recipient_rated_on_the_screen_of_his_own(out: Path) -> None:
    """Once at the terminal, once at the window's second screen; the official code says where."""
    ratings = platform(out, "SELECT phase, level, channel, window FROM evaluation ORDER BY phase")
    assert ratings == [("accepted", 5, "5", None), ("collected", 5, "4", "w-03")]


def test_the_terminal_counted_what_the_visit_asked_and_told_it(out: Path) -> None:
    """Against the promises: few keys, most answers by themselves, nothing asked twice; each step tells its own."""
    told = platform(out, "SELECT step, name, value FROM telemetry WHERE terminal_id = 'kiosk-01'")
    whole = {name: value for step, name, value in told if step is None}
    assert 0 < whole["keystrokes"] <= 150
    assert whole["prefilled_share"] >= 0.75
    assert whole["asked_twice"] == 0
    assert whole["screens"] <= 30
    steps = [(step, name, value) for step, name, value in told if step is not None]  # a face is verified twice
    assert any((step, name) == ("declare_name", "keystrokes") and value for step, name, value in steps)
    for name in ("taps", "keystrokes"):
        assert sum(value for _, one, value in steps if one == name) == whole[name] > 0


@pytest.mark.parametrize(("name", "terminal"), [("kiosk", "kiosk-01"), ("window", "window-03")])
def test_a_terminal_owes_nothing_and_its_trail_holds(
    out: Path, visit: dict[str, Any], name: str, terminal: str
) -> None:
    """Verified against the head that the platform keeps, so that a cut tail would be found too."""
    assert visit["terminals"][name]["outbox_empty"]
    assert visit["terminals"][name]["audit_chain"] == "verified"
    [(head, seq)] = platform(out, "SELECT audit_head, audit_seq FROM terminal WHERE id = ?", terminal)
    config, env = str(out / "work" / f"{terminal}.toml"), environment(screen=False)
    code, told = command(env, "audit", "verify", "--config", config, "--head", head)
    assert code == 0, told
    assert "external head found" in told
    assert seq > 0
    code, told = command(env, "audit", "verify", "--config", config, "--head", "f" * len(head))
    assert code == 1, told


def test_pictures_tell_the_story(out: Path, visit: dict[str, Any]) -> None:
    assert len(visit["pictures"]) > 20
    for name in visit["pictures"]:
        picture = cv2.imread(str(out / name))
        shapes = {"window": (1080, 1920), "customer": (800, 1280)}
        assert picture.shape[:2] == shapes.get(name.split("-")[1].removesuffix(".png"), (1920, 1080)), name
        assert picture.std() > 5, name


def test_the_slip_leads_to_the_case(out: Path, visit: dict[str, Any]) -> None:
    [code] = zxingcpp.read_barcodes(cv2.imread(str(out / "receipt.png")), formats=zxingcpp.BarcodeFormat.QRCode)
    slip = read_slip(code.text)
    assert slip is not None
    assert slip.slip_code == visit["slip_code"]
    [(number,)] = platform(out, "SELECT case_no FROM opening_case WHERE id = ?", slip.case_id)
    assert number == visit["case_no"]


def test_the_sheet_names_company_case_and_every_number(out: Path, visit: dict[str, Any]) -> None:
    with contextlib.closing(pypdfium2.PdfDocument(out / "handover-sheet.pdf")) as sheet:
        text = "".join(sheet[n].get_textpage().get_text_range() for n in range(len(sheet)))
    words = "".join(text.split())
    for wanted in (visit["uscc"], visit["case_no"], visit["slip_code"]):
        assert wanted in words
    for article in visit["articles"]:
        assert str(article["first_no"] or article["serial"]) in words
    # Whoever takes the things is named on the sheet that he signs; of everybody else, and of all numbers, only masks.
    assert not [secret for secret in PERSONAL[1:] if secret in words]


def test_the_sheet_carries_the_head_of_the_trail(out: Path) -> None:
    """What lies in somebody's drawer proves that the end of the trail was not cut off."""
    with contextlib.closing(pypdfium2.PdfDocument(out / "handover-sheet.pdf")) as sheet:
        heads = re.findall(r"\b[0-9a-f]{16}\b", sheet[len(sheet) - 1].get_textpage().get_text_range())
    assert len(heads) == 1
    config = str(out / "work" / "window-03.toml")
    code, told = command(environment(screen=False), "audit", "verify", "--config", config, "--head", heads[0])
    assert code == 0, told


def test_only_what_the_terminal_says_itself_is_logged(out: Path) -> None:
    """A library that tells of its work (a font's subset lists the letters of a document) is not heard."""
    ours = re.compile(r"\S+ \S+ (INFO|WARNING) (kiosk|drivers|offline_cache|ui)\.\S+ ")
    for name in ("kiosk.log", "window.log"):
        lines = (out / "work" / name).read_text("utf-8").splitlines()
        assert lines, name
        assert not [line for line in lines if not ours.match(line)], name


def _found(data: bytes) -> list[str]:
    return [secret for secret in PERSONAL if any(secret.encode(code) in data for code in ENCODINGS)]


def test_nobody_is_named_in_what_the_terminals_leave(out: Path) -> None:
    """Logs, file names, configuration, stores as they lie on the disk. Only the platform knows who came."""
    work = out / "work"
    left = [path for path in out.rglob("*") if path.is_file() and "platform.db" not in path.name]
    assert {"kiosk.log", "window.log", "virtual-hall.log", "platform.log", "kiosk-01.db"} <= {p.name for p in left}
    for path in left:
        assert not _found(path.name.encode())
        assert not _found(path.read_bytes()), path.name
    assert _found((work / "platform.db").read_bytes()) == list(PERSONAL)  # the search would have found them


def test_nothing_of_the_people_is_left_inside_the_kiosks_store(out: Path) -> None:
    """Also under its encryption: every value of every table."""
    store = database.open_beside(out / "work" / "kiosk-01.db", "file")
    try:
        values = [
            value
            for table in store.table_names()
            for row in store.execute(f'SELECT * FROM "{table}"').fetchall()
            for value in row
        ]
    finally:
        store.conn.close()
    assert sum(isinstance(v, bytes) and b'"kind":' in v for v in values) > 20  # the trail is there, and names nobody
    data = b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in values)
    assert not _found(data)
