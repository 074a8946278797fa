"""The ground on which a demo stands: folders, configuration files of the hall and of both terminals."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

_BENCH = """\
[bench]
folder = {folder}

[control]
address = "tcp:127.0.0.1:0"

[pcscd]
start = "auto"

[devices."kiosk.id_card_reader"]
kind = "sdt"
address = "tcp:127.0.0.1:0"

[devices."kiosk.face_camera"]
kind = "mjpeg"
address = "tcp:127.0.0.1:0"

[devices."kiosk.document_camera"]
kind = "desk_camera"
address = "tcp:127.0.0.1:0"

[devices."kiosk.receipt_printer"]
kind = "escpos"
address = "tcp:127.0.0.1:0"
paper = "80"

[devices."kiosk.staff_card_reader"]
kind = "smartcard"
address = "pcsc:Virtual Reader 00 00"

[devices."window.id_card_reader"]
kind = "sdt"
address = "pty"

[devices."window.code_scanner"]
kind = "mjpeg"
address = "tcp:127.0.0.1:0"

[devices."window.staff_card_reader"]
kind = "smartcard"
address = "pcsc:Virtual PCD 00 00"

[devices."window.tax_device"]
kind = "smartcard"
address = "pcsc:Virtual PCD 00 01"

[devices."window.document_printer"]
kind = "ipp"
address = "tcp:127.0.0.1:0"
"""

_TERMINAL = """\
# Written by the demo.
[site]
id = "cq-demo-01"
name = "示例区政务服务中心"
division = "500103"
phone = "12345"

[terminal]
id = {id}
role = {role}
window = {window}
window_name = {window_name}
training = true

[platform]
url = {url}
key = {key}
permit_key = {permit_key}
config_keys = {config_keys}
directive_keys = {directive_keys}

[store]
path = {store}

[screen]
width = {width}
height = {height}
fullscreen = false
zoom = {zoom}
{customer}{devices}"""

_CUSTOMER = """
[customer]
shown = true
fullscreen = false
"""
_TERMINALS = {"citizen": "kiosk-01", "window": "window-03", "wall": "kiosk-02"}
DRIVERS = {
    "id_card_reader": "sdt",
    "face_camera": "opencv",
    "document_camera": "opencv",
    "receipt_printer": "escpos",
    "code_scanner": "camera",
    "staff_card_reader": "pcsc",
    "social_card_reader": "pcsc",
    "tax_device": "pcsc",
    "document_printer": "ipp",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a demo keeps what it needs (work) and leaves what it shows (out)."""

    out: Path
    work: Path

    @property
    def prints(self) -> Path:
        """Where the virtual printers leave their paper."""
        return self.work / "prints"


def prepare(out: Path) -> Ground:
    """Make the folders; an earlier demo's leavings are removed, anything else in the folder is kept."""
    work = out / "work"
    for folder in (out, work, work / "prints"):
        folder.mkdir(parents=True, exist_ok=True)
    for old in (
        *out.glob("[0-9][0-9]-*.png"),
        *out.glob("*.pdf"),
        out / "visit.json",
        *out.glob("receipt*.png"),
        *out.glob("handover-*-*.png"),
    ):
        old.unlink(missing_ok=True)
    for old in sorted(work.rglob("*"), reverse=True):
        if old.is_dir() and not old.is_symlink():
            old.rmdir()
        else:
            old.unlink()
    (work / "prints").mkdir()
    return Ground(out, work)


def _text(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)  # a TOML basic string is written like a JSON string


def write_bench(ground: Ground) -> Path:
    """The bench file of the virtual hall."""
    path = ground.work / "bench.toml"
    path.write_text(_BENCH.format(folder=_text(ground.prints)), "utf-8")
    return path


def write_terminal(
    ground: Ground,
    role: str,
    hall: dict[str, str],
    platform: dict[str, str],
    *,
    portrait: bool,
    zoom: float,
    customer: bool = False,
) -> Path:
    """The configuration of one terminal, in the form in which a real hall would write it."""
    prefix = {"citizen": "kiosk.", "window": "window."}.get(role, "-")  # a wall has no device
    devices = "".join(
        f"\n[devices.{name}]\ndriver = {_text(DRIVERS[name])}\naddress = {_text(address)}\n"
        for full, address in hall.items()
        if address and full.startswith(prefix) and (name := full.removeprefix(prefix)) in DRIVERS
    )
    terminal = _TERMINALS[role]
    path = ground.work / f"{terminal}.toml"
    path.write_text(
        _TERMINAL.format(
            id=_text(terminal),
            role=_text(role),
            window=_text("w-03" if role == "window" else ""),
            window_name=_text("3 号窗口" if role == "window" else ""),
            url=_text(platform["url"]),
            key=_text(f"demo-{terminal}"),
            permit_key=_text(platform["permit_key"]),
            config_keys=_text(platform["config_keys"]),
            directive_keys=_text(platform["directive_keys"]),
            store=_text(ground.work / f"{terminal}.db"),
            width=1080 if portrait else 1920,
            height=1920 if portrait else 1080,
            devices=devices,
            zoom=zoom,
            customer=_CUSTOMER if customer else "",
        ),
        "utf-8",
    )
    return path


def environment(*, screen: bool) -> dict[str, str]:
    """Environment of the children: offscreen and software-rendered when there is no screen."""
    env = {**os.environ, "LANG": os.environ.get("LANG") or "C.UTF-8", "PYTHONUNBUFFERED": "1"}
    if not screen:
        env |= {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "QT_QPA_UPDATE_IDLE_TIME": "0"}
    return env
