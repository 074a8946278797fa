"""The dev dock on a real bench and a real reference platform: a press is a hand, a weather is weather."""

import json
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtQuick import QQuickItem

from drivers.virtual.control import Control
from ui.dev_dock import DevDock
from ui.dock_buttons import buttons_of
from ui.moment import pass_by
from ui.pilot import find

from .test_app import ROOT

pytestmark = pytest.mark.processes
BENCH = """
[control]
address = "tcp:127.0.0.1:0"
[devices."kiosk.id_card_reader"]
kind = "sdt"
address = "tcp:127.0.0.1:0"
[devices."kiosk.receipt_printer"]
kind = "escpos"
address = "tcp:127.0.0.1:0"
"""


def start(command: list[str], ready: Path) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
    """A process of ours, and what it wrote when it was ready."""
    process = subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT)
    while not ready.exists():
        assert process.poll() is None, "it ended before it was ready"
        pass_by(20)
    return process, json.loads(ready.read_text("utf-8"))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "bench.toml").write_text(BENCH, "utf-8")
    ready = tmp_path / "ready.json"
    process, told = start(["drivers.virtual", "--bench", str(tmp_path / "bench.toml"), "--ready", str(ready)], ready)
    yield told["control"]
    process.terminate()
    assert process.wait(30) == 0


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[str]:
    ready = tmp_path / "platform.json"
    process, told = start(
        ["kiosk", "sandbox", "--port", "0", "--data", str(tmp_path / "s.db"), "--ready", str(ready)], ready
    )
    yield told["url"]
    process.terminate()
    process.wait(30)


def press(dock: DevDock, name: str) -> None:
    item: QQuickItem = find(dock.window, name)
    item.clicked.emit()  # type: ignore[attr-defined]


def until(dock: DevDock, words: str) -> None:
    for _ in range(1000):
        if words in str(find(dock.window, "said").property("text")):
            return
        pass_by(10)
    raise AssertionError(f"{words} was never said: {find(dock.window, 'said').property('text')}")


def test_a_press_lays_a_card_and_takes_the_paper(bench: str) -> None:
    dock = DevDock(bench, "")
    control = Control(bench)
    try:
        for _ in range(1000):
            if dock.dock.property("connected"):
                break
            pass_by(10)
        pass_by(50)
        press(dock, "kiosk.id_card_reader:lay_wang")
        until(dock, "放王测试的证")
        press(dock, "kiosk.receipt_printer:paper_out")
        until(dock, "纸用完")
        listed = control.list()
        assert "wang" in listed["kiosk.id_card_reader"]["state"]
        assert "out" in listed["kiosk.receipt_printer"]["state"]
    finally:
        control.close()
        dock.close()
    assert dock.warnings == []


def test_weather_and_clock_reach_the_platform(platform: str) -> None:
    dock = DevDock("", platform)
    try:
        pass_by(50)
        press(dock, "weather_slow")
        until(dock, "很慢")
        press(dock, "clock_fast")
        until(dock, "快六十倍")
        with urllib.request.urlopen(platform + "/sandbox/weather", timeout=10) as answer:
            assert json.load(answer)["latency_ms"] == 3000
        with urllib.request.urlopen(platform + "/sandbox/clock", timeout=10) as answer:
            assert json.load(answer)["mode"] == "scaled"
    finally:
        dock.close()
    assert dock.warnings == []


def test_nobody_there_is_said_and_the_panel_stays() -> None:
    dock = DevDock("tcp:127.0.0.1:1", "http://127.0.0.1:1")
    try:
        until(dock, "127.0.0.1:1")
        press(dock, "weather_offline")
        until(dock, "platform:")
        assert not dock.dock.property("connected")
    finally:
        dock.close()
    assert dock.warnings == []


def test_the_pins_on_the_dock_are_the_cards_own_and_a_slot_takes_what_it_is_for() -> None:
    pins = tomllib.loads((ROOT / "drivers" / "virtual" / "staff.toml").read_text("utf-8"))
    laid = buttons_of("smartcard", "staff_card_reader")[:-1]
    assert {str(one.args["card"]): one.pin for one in laid} == {f"staff:{ref}": pins[ref]["pin"] for ref in pins}
    assert {one.word for one in buttons_of("smartcard", "tax_device")} == {"tax_written", "tax_device", "pull"}
