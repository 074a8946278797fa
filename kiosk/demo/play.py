"""The demo itself: with a screen, open windows to play with; without one, the whole visit and its pictures."""

import json
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import acts
from .acts import Album
from .processes import DemoError
from .stage import Stage, Window, set_up

HURRIED = "scaled:10"  # departments need seconds instead of minutes; times on the wire stay true


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line asked for."""

    out: Path
    screen: bool
    landscape: bool = False
    cut_network: bool = False
    exercise: str = ""  # what lies in the hall when the doors open; with a screen only


def play(choices: Choices) -> bool:
    """Whether the case ended handed over and the audit chains verify (with a screen: whether it was closed well)."""
    started = time.monotonic()

    def say(line: str) -> None:
        sys.stdout.write(f"  {time.monotonic() - started:6.1f} s  {line}\n")
        sys.stdout.flush()

    if choices.screen:
        return _show(choices, say)
    with set_up(
        choices.out.resolve(), screen=False, landscape=choices.landscape, clock=HURRIED, customer=True
    ) as stage:
        say("平台与虚拟设备已就绪")
        visit = _visit(stage, choices, say)
    visit["seconds"] = round(time.monotonic() - started, 1)
    (choices.out / "visit.json").write_text(json.dumps(visit, ensure_ascii=False, indent=2) + "\n", "utf-8")
    proven = all(t["audit_chain"] == "verified" and t["outbox_empty"] for t in visit["terminals"].values())
    good = visit["case_state"] == "CLOSED" and proven
    say(f"{'完成' if good else '未完成'}：{choices.out}/visit.json，{len(visit['pictures'])} 张画面")
    return good


def _visit(stage: Stage, choices: Choices, say: acts.Progress) -> dict[str, Any]:
    album = Album(stage.ground.out)
    kiosk = stage.open("kiosk")
    acts.identify(stage, kiosk, album, say)
    acts.describe(kiosk, album, say)
    acts.bring_partner(stage, kiosk, album, say)
    acts.choose_items(kiosk, album, say)
    if choices.cut_network:
        stage.office.weather(offline=True)
        say("网络断开")
    acts.hand_in_papers(stage, kiosk, album, say)
    acts.sign_and_submit(kiosk, album, say)
    if choices.cut_network:
        kiosk.sees("已在本机保存")
        album.take(kiosk, "submitted-offline")
        stage.office.weather()
        say("网络恢复")
    kiosk.sees("已送出")
    receipt = acts.take_receipt(stage, kiosk, album, say)
    shutil.copy(receipt, stage.ground.out / "receipt.png")
    window = stage.open("window")
    acts.sign_in(stage, window, album, say)
    acts.accept(stage, window, kiosk, receipt, album, say)
    acts.farewell(kiosk, album)
    number = acts.let_departments_work(stage, say)
    before, began = (window.keystrokes, window.touches, window.scans), time.monotonic()
    acts.prepare_bundle(stage, window, album, say)
    acts.check_bundle(stage, window, number, album, say)
    papers = acts.hand_over(stage, window, album, say)
    after = (window.keystrokes, window.touches, window.scans)
    burden = dict(zip(("keystrokes", "touches", "scans"), map(int.__sub__, after, before), strict=True))
    seconds = round(time.monotonic() - began, 1)
    say(f"交付用了 {burden['keystrokes']} 次按键、{burden['scans']} 次扫码，机器时间 {seconds} 秒")
    ended = _end(stage, album, papers, {"kiosk": kiosk, "window": window})
    return {**ended, "hand_over": {**burden, "machine_seconds": seconds}}


def _end(stage: Stage, album: Album, papers: dict[str, Any], windows: dict[str, Window]) -> dict[str, Any]:
    """Close everything in order, copy the papers, and write down what can be checked."""
    out = stage.ground.out
    for name, made in (("handover-sheet", papers["sheet"]), ("handover-papers", papers["papers"])):
        shutil.copy(str(made["pdf"]), out / f"{name}.pdf")
        for n, page in enumerate(made["pages"], 1):
            shutil.copy(str(page), out / f"{name}-{n}.png")
    record = stage.office.call("GET", "/sandbox/record")
    terminals = {}
    for name, window in windows.items():
        counts = window.do("counts")
        settled = stage.settled(name)
        stage.close(window)
        terminals[name] = {**counts, "outbox_empty": settled, "audit_chain": stage.verify_audit(name)}
    return {**record, "terminals": terminals, "pictures": album.taken}


def _show(choices: Choices, say: acts.Progress) -> bool:
    """A kiosk, a window and the dock, until somebody closes them or presses Ctrl+C."""
    with set_up(
        choices.out.resolve(), screen=True, landscape=choices.landscape, clock=HURRIED, exercise=choices.exercise,
        customer=True,
    ) as stage:  # fmt: skip
        say(f"平台与虚拟设备已就绪；演练台：{stage.platform['url']}/sandbox/inspector")
        children = [
            stage.family.start(name, "kiosk", "run", "--config", str(stage.configs[name])) for name in stage.configs
        ]
        dock = stage.family.start(
            "dock", "ui.dev_dock", "--control", stage.control, "--platform", stage.platform["url"]
        )
        say("自助终端、3 号窗口、演示控制台已打开；关掉窗口或按 Ctrl+C 结束")
        stop = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            written: set[str] = set()
            while all(child.process.poll() is None for child in (*children, dock)):
                stage.office.write_devices(stage.hall, "window.tax_device", written)
                time.sleep(1)
        except KeyboardInterrupt:
            say("正在结束")
        finally:
            signal.signal(signal.SIGTERM, stop)
        bad = [c for c in children if c.process.poll() not in (None, 0)]
        if bad:
            raise DemoError(f"{bad[0].name} ended with {bad[0].process.returncode}, see {bad[0].log}")
    return True
