"""What is scanned, typed, photographed or configured."""

import io
from collections.abc import Sequence
from datetime import date
from functools import cache

import cv2
import numpy as np
from PIL import Image

from drivers.code_scanner.decode import clean_text
from drivers.face_camera.jpeg import is_whole
from drivers.hotplug import tells_of_a_plug
from kiosk.config import ConfigError, parse
from kiosk.domain.ids import CaseId, SlipCode
from kiosk.rules import credit_code, registration_number, resident_id
from kiosk.rules.goods_numbers import device_problem, invoice_problem, seal_problem
from kiosk.rules.slip_code import read_slip, slip_payload, typed_slip
from ui.bridge.wedge import ETX, STALL, STX, Stroke, Verdict, WedgeDetector

JPEG_ERRORS = (cv2.error,)
CONFIG_ERRORS = (ConfigError,)
_TODAY = date(2026, 11, 24)
_SLIP = slip_payload(CaseId("01J9ZQ8Y7M6N5P4R3S2T1V0W9X"), SlipCode("K7P-428"))
_KEYS = "abcXYZ019-./重 "
_GAPS = (0.0, 0.001, 0.029, 0.031, 0.059, 0.061, 0.5, 1.1)


def payload_seeds() -> Sequence[bytes]:
    """Codes of slips and goods, and what else people hold under a scanner."""
    return (
        _SLIP.encode(), b"K7P-428", b"91500105MA5U00001A", b"11010519491231002X", b"500105000001234",
        b"5001030012345", b"661234567890", b"1234567890" + b"00123401", b"https://example.org/a?b=c#d",
        "重庆示例有限公司".encode(), "重庆示例有限公司".encode("gb18030"), "０１２３".encode(),
    )  # fmt: skip


def payload(data: bytes) -> None:
    """Bytes to text, text to what it is; only a slip of ours is taken for one."""
    text = clean_text(data)
    assert text.isprintable()
    found = read_slip(text)
    assert found is None or slip_payload(found.case_id, found.slip_code) == text
    typed_slip(text)
    seal_problem(text)
    device_problem(text)
    invoice_problem(text[:-8], text[-8:])
    if credit_code.problem(text) is None:
        credit_code.parts(text)
    if resident_id.problem(text, _TODAY) is None:
        assert resident_id.birth_date(text) is not None
        resident_id.is_male(text)
    registration_number.problem(text)


def wedge_seeds() -> Sequence[bytes]:
    """Bursts with and without prefix, and a person's typing; two bytes a key: which, and how long after the last."""
    burst = bytes(b for at in range(24) for b in (at % len(_KEYS), 1))
    person = bytes(b for at in range(12) for b in (at % len(_KEYS), 6))
    return burst + b"\x80\x01", b"\x82\x01" + burst + b"\x83\x01", person, burst + person + b"\x81\x02"


def wedge(data: bytes) -> None:
    """Every key comes out once or not at all, and no prefix ever reaches a field."""
    now = 0.0
    detector = WedgeDetector(lambda: now)
    given, came = 0, 0

    def rest(seconds: float) -> list[Verdict]:
        """The loop goes round until then."""
        nonlocal now
        end, seen = now + seconds, []
        while detector.waiting and end - now > STALL:
            now += STALL
            seen.append(detector.tick())
        now = end
        return seen

    for place in range(0, len(data) - 1, 2):
        verdicts = rest(_GAPS[data[place + 1] % len(_GAPS)])
        text = {0x80: "\r", 0x81: "\t", 0x82: STX, 0x83: ETX, 0x84: ""}.get(
            data[place], _KEYS[data[place] % len(_KEYS)]
        )
        given += 1
        for verdict in (*verdicts, detector.key(Stroke(text))):
            assert all(one.text != STX for one in verdict.release)
            assert verdict.code is None or not verdict.spoilt
            came += len(verdict.release) + len(verdict.code or "")
    came += sum(len(verdict.release) for verdict in rest(5.0))
    assert came <= given
    assert not detector.waiting


@cache
def jpeg_seeds() -> Sequence[bytes]:
    """Small pictures as cameras send them, with padding and with restart markers."""
    made: list[bytes] = []
    for number in range(3):
        out = io.BytesIO()
        noise = np.random.default_rng(number).integers(0, 256, (24, 32, 3), dtype=np.uint8)
        Image.fromarray(noise).save(out, "JPEG", quality=40 + 20 * number, restart_marker_blocks=number)
        made.append(out.getvalue() + bytes(8 * number))
    return tuple(made)


def jpeg(data: bytes) -> None:
    """Whole by its markers, then decoded as a camera's frame is."""
    if is_whole(data):
        cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)


def uevent_seeds() -> Sequence[bytes]:
    """The kernel's word of a plug, plain and with the header of udev before it."""
    plain = b"add@/devices/usb1/1-2/tty/ttyUSB0\0ACTION=add\0SUBSYSTEM=tty\0DEVNAME=ttyUSB0\0"
    return plain, b"libudev\0\xfe\xed\xca\xfe" + bytes(24) + plain, plain.replace(b"add", b"remove")


def uevent(data: bytes) -> None:
    """Whether it is a plug."""
    assert tells_of_a_plug(data) in (True, False)


def config_seeds() -> Sequence[bytes]:
    """A terminal's configuration."""
    text = """[site]
id = "cq-demo-01"
name = "示例区政务服务中心"
division = "500103"
[terminal]
id = "kiosk-01"
role = "citizen"
[platform]
url = "https://127.0.0.1"
key = "k"
[store]
path = "var/a.db"
[devices.receipt_printer]
driver = "escpos"
address = "tcp:127.0.0.1:9100"
options = { paper = "58" }
"""
    return (text.encode(),)


def config(data: bytes) -> None:
    """The text of a file, as far as it is UTF-8."""
    parse(data.decode("utf-8", "replace"))
