"""``python -m ui.gallery --out FOLDER``: every component and frame as pictures, in all sizes, languages and metrics.

The pictures are what a person looks at before a change of the design goes in; nothing here knows the journeys.
"""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kiosk.workflow.machine import Event
from ui.moment import pass_by
from ui.viewmodels.page import Action, Notes, Row, Slip, SlipLine, ViewModel
from ui.words import Words

GALLERY = Path(__file__).parent / "qml" / "Gallery"
SLIP = Slip(
    code="K7P-428",
    progress="已填 5 / 12",
    lines=(
        SlipLine("name", "企业名称", "重庆示例餐饮管理有限公司", "done", edit="name"),
        SlipLine("scope", "经营范围", "餐饮服务 等 3 项", "duty", "要办 1 项许可", "scope"),
        SlipLine("capital", "认缴资本", "100 万元　壹佰万元整", "done", edit="capital"),
        SlipLine("watch", "监事", "王测试", "problem", "要改", "people"),
        SlipLine("agent", "经办人", "等您放卡", "now", "正在填"),
    ),
    seal_words="待受理",
    note="平台受理的那一刻，印章落在这里。",
    qr="QB1.01HZX3M2V5B4N6P7Q8R9S0T1U2.K7P-428.1a2b3c4d",
    qr_note="群众屏、帮办屏、窗口屏，看到的是同一张单。",
)


def _station(key: str, text: str, at: str, state: str, icon: str) -> Row:
    return {"key": key, "text": text, "at": at, "state": state, "icon": icon}


def _found(key: str, text: str, detail: str, state: str, picked: bool, hit: int) -> Row:
    return {"key": key, "text": text, "detail": detail, "state": state, "picked": picked, "hit": hit}


def _article(key: str, group: str, icon: str, item: str, expected: str, got: str, state: str = "ok") -> Row:
    verdicts = {"ok": "一致", "scan": "等待扫码", "stop": "不符"}
    row: dict[str, Any] = {
        "key": key,
        "group": group,
        "groupIcon": icon,
        "first": bool(group),
        "cells": {"group": group, "item": item, "expected": expected, "got": got},
        "state": state,
        "verdict": verdicts[state],
        "active": state == "scan",
        "scan": "got",
    }
    if state == "stop":
        row["parts"] = {
            "got": [
                {"text": "重庆示例餐饮", "wrong": False},
                {"text": "服务", "wrong": True},
                {"text": "有限公司", "wrong": False},
            ]
        }
    return row


LISTS: dict[str, tuple[Row, ...]] = {
    "truth": (
        _station("a", "已在本机保存", "10:41:02", "done", "save"),
        _station("b", "已送出", "10:41:03", "done", "send"),
        _station("c", "平台已受理", "10:41:05", "seal", "stamp"),
    ),
    "offline": (
        _station("a", "已在本机保存", "10:41:02", "done", "save"),
        _station("b", "等待联网", "每分钟再试", "waiting", "wifi-off"),
        _station("c", "平台受理", "还没开始", "todo", "stamp"),
    ),
    "found": (
        _found("a", "餐饮服务", "开业前办食品经营许可", "duty", True, 2),
        _found("b", "餐饮管理", "不用另办许可", "ok", True, 2),
        _found("c", "餐饮器具集中消毒服务", "开业后向卫生健康部门备案", "duty", False, 2),
        _found("d", "外卖递送服务", "常一起选，不用另办许可", "ok", False, 0),
    ),
    "articles": (
        _article("l1", "营业执照", "licence", "正本 1 张", "纸号 0012 3456", "0012 3456"),
        _article("l2", "", "", "副本 1 张", "纸号 0012 3457", "0012 3457"),
        _article("s1", "印章", "stamp", "公章", "5001 0300 0101", "5001 0300 0101"),
        _article("s2", "", "", "财务专用章", "5001 0300 0102", "5001 0300 0102"),
        _article("i1", "发票", "receipt", "普通票 25 份", "0361 2001 至 0361 2025", "", "scan"),
        _article("t1", "税控设备", "tax-device", "设备号", "4402 1100 7721", "4402 1100 7721"),
        _article("t2", "", "", "企业名称", "重庆示例餐饮管理有限公司", "", "stop"),
    ),
    "status": (
        {"key": "net", "state": "ok", "icon": "wifi", "text": "平台已连接"},
        {"key": "dev", "state": "ok", "icon": "check", "text": "设备 6/6 正常"},
        {"key": "paper", "state": "wait", "icon": "printer", "text": "纸少，可打 40 张"},
    ),
    "keys": (
        {"key": "scan", "shortcut": "Enter", "words": "扫码确认", "action": "scan", "enabled": True},
        {"key": "move", "shortcut": "↑ ↓", "words": "换行", "action": "", "enabled": True},
        {"key": "hand", "shortcut": "F4", "words": "手工录号", "action": "hand", "enabled": True},
        {"key": "esc", "shortcut": "Esc", "words": "退出，释放许可", "action": "abort", "enabled": True},
    ),
}
PAGES: dict[str, ViewModel] = {
    "describe": ViewModel(
        "describe",
        {"question": "您做什么生意？", "lead": "", "aside": "汉字、拼音、首字母都行"},
        LISTS,
        (
            Action("next", "选好了 2 项，下一步", "primary", "arrow-right"),
            Action("back", "上一步", icon="arrow-left"),
            Action("leave", "先存着，改天再办"),
        ),
        SLIP,
    ),
    "card": ViewModel(
        "card",
        {
            "question": "请把身份证放在读卡区",
            "lead": "放平，不要动，大约 1 秒。",
            "caption": "人像面朝上",
            "waiting": "等您放卡",
            "where": "读卡区在屏幕右下，有蓝灯 ↘",
        },
        LISTS,
        (Action("back", "上一步", icon="arrow-left"), Action("other", "没带身份证，换个办法")),
        SLIP,
    ),
    "desk": ViewModel(
        "desk",
        {
            "question": "领取交付",
            "heading": "重庆示例餐饮管理有限公司",
            "meta": "办件 K7P-428　　统一社会信用代码 91500103MA0000000X",
            "staff": "周示例　工号 0317",
        },
        LISTS,
        (
            Action("partly", "分次领取", key="F7"),
            Action("hand_over", "签名交付", "seal", "stamp", enabled=False, missing="签名交付", key="F12"),
        ),
        SLIP,
    ),
}


@dataclass
class Still:
    """A session in which nothing ever happens, standing on one page."""

    page: str

    def post(self, event: Event, page: int | None = None) -> int:  # noqa: ARG002
        """Nobody listens."""
        return 0

    def subscribe(self, listener: Callable[[Any], None]) -> Callable[[], None]:
        """One scene, for ever."""
        listener(SimpleNamespace(state=SimpleNamespace(step=self.page), heard=0, page=0))
        return lambda: None

    def on_frame(self, _listener: Callable[[Any], None]) -> Callable[[], None]:
        """No camera."""
        return lambda: None


class Samples:
    """A presenter that shows the sample pages."""

    def present(self, scene: Any, _words: Words, _notes: Notes) -> ViewModel:
        """The page of that name, or the lists alone."""
        return PAGES.get(scene.state.step, ViewModel(scene.state.step, {}, LISTS, (), SLIP))

    def event(self, _name: str, _payload: Any, _scene: Any, _notes: Notes) -> Event | None:
        """Nothing means anything here."""
        return None


def main(arguments: list[str] | None = None) -> int:
    """Render all pictures into a folder."""
    parser = argparse.ArgumentParser(description="Pictures of every component and frame")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--only", default="", help="render only pictures whose name contains this")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    chosen.out.mkdir(parents=True, exist_ok=True)
    for name, take in _pictures().items():
        if chosen.only in name:
            take(chosen.out / f"{name}.png")
            print(chosen.out / f"{name}.png")  # noqa: T201
    return 0


def _pictures() -> dict[str, Callable[[Path], None]]:
    def of(page: str, sizes: int, **changes: Any) -> Callable[[Path], None]:
        return lambda file: _render(file, page, sizes, **changes)

    found = {}
    for size, word in enumerate(("touch", "elder", "largest")):
        found[f"components-{word}"] = of("", size)
        found[f"describe-{word}"] = of("describe", size, width=1080, height=1920)
        found[f"typing-{word}"] = of("describe", size, typed="canyin", width=1080, height=1920)
        found[f"card-{word}"] = of("card", size, width=1080, height=1920)
    found["card-lying"] = of("card", 0, width=1920, height=1080)
    found["components-desk"] = of("", 0, role="window")
    found["components-contrast"] = of("", 0, contrast=True)
    found["desk"] = of("desk", 0, role="window", width=1920, height=1080)
    return found


def _render(
    file: Path,
    page: str,
    sizes: int,
    *,
    role: str = "citizen",
    width: int = 0,
    height: int = 0,
    contrast: bool = False,
    typed: str = "",
) -> None:

    from ui.app import NoPinyin, Ui, WindowSpec, prepare
    from ui.bridge.ime import Engines
    from ui.pilot import find

    spec = WindowSpec(
        role=role, hall="示例区政务服务中心", window_name="3 号窗口" if role == "window" else "", width=width,
        height=height, fullscreen=False, idle_seconds=0, reduced_motion=True, training=page == "desk",
    )  # fmt: skip
    prepare(spec)
    noon = datetime(2026, 11, 23, 10, 24)  # the clock of the pictures
    dictionary = Path("build/pinyin.sqlite")
    engine: Any = NoPinyin()
    if dictionary.exists():
        from ui.pinyin.engine import Pinyin

        engine = Pinyin(dictionary)
    main_file = GALLERY / ("Pages.qml" if page else "Components.qml")
    ui = Ui(spec, Still(page), Samples(), engines=Engines(engine), now=lambda: noon, main=main_file)
    for _ in range(sizes):
        ui.look.nextSize()
    ui.look.setContrast(contrast)
    pass_by(150)
    if typed:
        find(ui.window, "search_input").forceActiveFocus()
        pass_by(50)
        for letter in typed:
            ui.ime.key(letter)
        pass_by(100)
    ui.window.grabWindow().save(str(file))
    ui.close()
    for warning in ui.warnings:
        print(warning, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
