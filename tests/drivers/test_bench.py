"""The virtual hall as a process, touched with raw sockets, a raw serial port and the real smart-card service.

No driver of the house is used here: these tests say that the devices keep to the wire, whoever speaks to them.
"""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import serial
import zxingcpp
from PIL import Image

from drivers.virtual.control import Control, RefusedError

from .conftest import ROOT, Bench, ControlRefusedError, Hall

pytestmark = pytest.mark.processes

FIND = bytes.fromhex("AAAAAA96690003200122")
SELECT = bytes.fromhex("AAAAAA96690003200221")
READ = bytes.fromhex("AAAAAA96690003300132")
FOUND = bytes.fromhex("AAAAAA9669000800009F0000000097")
NO_CARD = bytes.fromhex("AAAAAA9669000400008084")
READER = {"kind": "sdt", "address": "tcp:127.0.0.1:0"}
PRINTER = {"kind": "escpos", "address": "tcp:127.0.0.1:0"}
CAMERA = {"kind": "mjpeg", "address": "tcp:127.0.0.1:0"}
PAPERS = {"kind": "ipp", "address": "tcp:127.0.0.1:0"}


class Wire:
    """A raw TCP connection to a device."""

    def __init__(self, address: str) -> None:
        host, port = re.search(r"([\d.]+):(\d+)", address).groups()  # type: ignore[union-attr]
        self.socket = socket.create_connection((host, int(port)), timeout=20)

    def ask(self, request: bytes, size: int) -> bytes:
        self.socket.sendall(request)
        return self.take(size)

    def take(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self.socket.recv(size - len(data))
            if not piece:
                break
            data += piece
        return data

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


@pytest.fixture
def reader(bench: Bench) -> Iterator[tuple[Hall, Wire]]:
    hall = bench({"r": READER})
    with Wire(hall.addresses["r"]) as wire:
        yield hall, wire


@pytest.fixture
def printer(bench: Bench) -> Iterator[tuple[Hall, Wire]]:
    hall = bench({"p": PRINTER})
    with Wire(hall.addresses["p"]) as wire:
        yield hall, wire


# The bench


def test_the_list_names_devices_and_what_hands_can_do(bench: Bench) -> None:
    hall = bench({"r": READER, "p": PRINTER})
    listed = hall.devices()
    assert listed["r"]["kind"] == "sdt"
    assert listed["r"]["verbs"]["lay_card"] == ["card"]
    assert listed["p"]["verbs"]["paper_out"] == ["after?"]
    assert listed["p"]["address"] == hall.addresses["p"]


@pytest.mark.parametrize(
    ("device", "verb", "args"),
    [
        ("x", "lay_card", {"card": "wang"}),
        ("r", "fly", {}),
        ("r", "lay_card", {}),
        ("r", "lay_card", {"card": "nobody"}),
        ("r", "lay_card", {"card": 7}),
        ("r", "lay_card", {"card": "wang", "softly": True}),
        ("r", "fail_next", {"status": True}),
        ("r", "start", {}),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    module_hall: Hall, device: str, verb: str, args: dict[str, object]
) -> None:
    with pytest.raises(ControlRefusedError) as caught:
        module_hall.hand(device, verb, **args)
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="module")
def module_hall(module_bench: Bench) -> Hall:
    return module_bench({"r": READER})


def test_the_control_channel_survives_nonsense(module_hall: Hall) -> None:
    ready = json.loads(module_hall._ready.read_text("utf-8"))
    with Wire(ready["control"]) as wire:
        for nonsense in (b"\xff\xfe\n", b"[]\n", b"{}\n", b'{"id": 3, "do": 4}\n', b"[" * 5000 + b"\n"):
            wire.socket.sendall(nonsense)
        lines = wire.socket.makefile("rb")
        answers = [json.loads(lines.readline()) for _ in range(5)]
        assert [each["ok"] for each in answers] == [False] * 5
        assert answers[3]["id"] == 3
        lines.close()
    with Control(ready["control"]) as control:
        assert control.list()["r"]["kind"] == "sdt"
        with pytest.raises(RefusedError):
            control.do("r", "fly")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[devices", "TOML"),
        ('[devices.a]\nkind = "piano"\naddress = ""', "piano"),
        ('[devices.a]\nkind = "sdt"\naddress = "elsewhere"', "tcp:HOST:PORT"),
        ('[devices.a]\nkind = "sdt"\naddress = "pty"\ncolour = "red"', "colour"),
        ('[devices.a]\nkind = "escpos"\naddress = "tcp:127.0.0.1:0"\npaper = "60"', "paper"),
        ('[devices.a]\nkind = "sdt"\naddress = "tcp:192.0.2.1:5000"', "192.0.2.1"),
    ],
)
def test_a_bad_bench_file_ends_with_one_line(tmp_path: Path, text: str, hint: str) -> None:
    bench_file = tmp_path / "bench.toml"
    bench_file.write_text(text, "utf-8")
    command = [
        sys.executable,
        "-m",
        "drivers.virtual",
        "--bench",
        str(bench_file),
        "--ready",
        str(tmp_path / "ready"),
    ]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert hint in line
    assert not (tmp_path / "ready").exists()


def test_the_journal_tells_events_and_never_people(tmp_path: Path) -> None:
    bench_file, ready, journal = tmp_path / "bench.toml", tmp_path / "ready.json", tmp_path / "journal.jsonl"
    bench_file.write_text('[devices.r]\nkind = "sdt"\naddress = "tcp:127.0.0.1:0"\n', "utf-8")
    command = [sys.executable, "-m", "drivers.virtual", "--bench", str(bench_file), "--ready", str(ready)]
    with subprocess.Popen([*command, "--json-log", str(journal)], cwd=ROOT, stdin=subprocess.DEVNULL) as process:
        while not ready.exists():
            assert process.poll() is None
        addresses = json.loads(ready.read_text("utf-8"))
        with Control(addresses["control"]) as control, Wire(addresses["devices"]["r"]) as wire:
            control.do("r", "lay_card", card="wang")
            wire.ask(FIND + SELECT, 34)
            wire.ask(READ, 1295)
        process.terminate()
        assert process.wait() == 0
    assert not ready.exists()
    text = journal.read_text("utf-8")
    assert [json.loads(line)["event"] for line in text.splitlines()] == ["hand", "asked", "asked", "asked"]
    assert "测试" not in text
    assert "500103" not in text


# The resident-ID reader


def test_a_card_over_tcp(reader: tuple[Hall, Wire]) -> None:
    hall, wire = reader
    assert wire.ask(FIND, 11) == NO_CARD
    hall.hand("r", "lay_card", card="wang")
    assert wire.ask(FIND, 15) == FOUND
    assert wire.ask(SELECT, 19)[9] == 0x90
    record = wire.ask(READ, 1295)[14:270].decode("utf-16-le")
    assert record.startswith("王测试")
    assert record[124] == " "


def test_a_card_over_a_serial_cable_that_is_pulled_and_plugged(bench: Bench) -> None:
    hall = bench({"r": {"kind": "sdt", "address": "pty"}})
    path = hall.addresses["r"].removeprefix("serial:").removesuffix("?baud=115200")
    hall.hand("r", "lay_card", card="li")
    with serial.Serial(path, 115200, timeout=20, exclusive=True) as port:
        port.write(FIND)
        assert port.read(15) == FOUND
        hall.hand("r", "unplug")
        assert not os.path.lexists(path)
        with pytest.raises(serial.SerialException):
            port.read(1)
    hall.hand("r", "plug")
    with serial.Serial(path, 9600, timeout=20) as port:
        port.write(FIND)
        noise = port.read(10)
        assert noise
        assert not noise.startswith(b"\xaa\xaa\xaa\x96\x69")
    with serial.Serial(path, 115200, timeout=20) as port:
        port.write(FIND)
        assert port.read(15) == FOUND


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("checksum", FOUND[:-1] + bytes([0x97 ^ 0x5A])),
        ("too_long", FOUND[:5] + b"\x00\x0d" + FOUND[7:]),
        ("too_short", FOUND[:5] + b"\x00\x07" + FOUND[7:]),
        ("cut", FOUND[:10]),
        ("bytewise", FOUND),
        ("chunks", FOUND),
        ("stray_aa", b"\xaa\xaa" + FOUND),
        ("two_aa", FOUND[1:]),
        ("twice", FOUND + FOUND),
        ("late", FOUND),
    ],
)
def test_answers_are_spoilt_as_asked(module_reader: Hall, how: str, expected: bytes) -> None:
    with Wire(module_reader.addresses["r"]) as wire:
        module_reader.hand("r", "spoil_next", how=how, seconds=0.1)
        assert wire.ask(FIND, len(expected)) == expected
        assert wire.ask(FIND, 15) == FOUND


@pytest.fixture(scope="module")
def module_reader(module_bench: Bench) -> Hall:
    hall = module_bench({"r": READER})
    hall.hand("r", "lay_card", card="wang")
    return hall


def test_garbage_comes_unasked_and_status_bytes_on_request(reader: tuple[Hall, Wire]) -> None:
    hall, wire = reader
    hall.hand("r", "garbage", bytes=9)
    assert len(wire.take(9)) == 9
    hall.hand("r", "fail_next", status=0x31, at="find", count=2)
    assert [wire.ask(FIND, 11)[9] for _ in range(3)] == [0x31, 0x31, 0x80]
    hall.hand("r", "lift_during_read", card="zhao")
    assert wire.ask(FIND, 15) == FOUND
    assert wire.ask(SELECT, 19)[9] == 0x90
    assert wire.ask(READ, 11)[9] == 0x41


def test_a_silent_reader_hears_and_says_nothing(reader: tuple[Hall, Wire]) -> None:
    hall, wire = reader
    hall.hand("r", "silence")
    wire.socket.sendall(FIND)
    hall.hand("r", "garbage", bytes=3)
    assert len(wire.take(3)) == 3  # nothing came before the noise
    hall.hand("r", "speak")
    assert wire.ask(FIND, 11) == NO_CARD


def test_an_unplugged_reader_refuses_and_keeps_its_address(reader: tuple[Hall, Wire]) -> None:
    hall, wire = reader
    assert wire.ask(FIND, 11) == NO_CARD
    hall.hand("r", "unplug")
    with pytest.raises(OSError):
        assert wire.ask(FIND, 11) == b"never"
    with pytest.raises(ConnectionRefusedError), Wire(hall.addresses["r"]):
        pass
    hall.hand("r", "plug")
    with Wire(hall.addresses["r"]) as again:
        assert again.ask(FIND, 11) == NO_CARD


# The receipt printer

SLIP = (
    b"\x1b@\x1c&\x1ba\x01\x1d!\x11" + "受理凭证\n".encode("gb18030") + b"\x1d!\x00"
    b"\x1d(k\x03\x001C\x05\x1d(k\x0a\x001P0QB1.X.1\x1d(k\x03\x001Q0\n"
)
CUT = b"\x1dVB\x00"


def statuses(wire: Wire) -> str:
    return b"".join(wire.ask(bytes([0x10, 0x04, n]), 1) for n in (1, 2, 3, 4)).hex()


def test_a_slip_is_printed_confirmed_and_can_be_looked_at(printer: tuple[Hall, Wire]) -> None:
    hall, wire = printer
    assert statuses(wire) == "16121212"
    assert wire.ask(SLIP + CUT + b"\x1dr1", 1) == b"\x00"
    slip = hall.hand("p", "last_receipt")
    assert slip["count"] == 1
    with Image.open(slip["path"]) as picture:
        assert (picture.mode, picture.width) == ("1", 576)
        (found,) = zxingcpp.read_barcodes(np.asarray(picture.convert("L")))
    assert found.bytes == b"QB1.X.1"
    assert hall.hand("p", "unknown_commands") == []


@pytest.mark.parametrize(
    ("hurt", "heal", "expected"),
    [
        ("paper_low", "paper_in", "1612121e"),
        ("paper_out", "paper_in", "1e32127e"),
        ("open_cover", "close_cover", "1e161212"),
        ("jam_cutter", "clear_cutter", "1e521a12"),
        ("overheat", "cool_down", "1e525212"),
        ("break_down", "repair", "1e523212"),
    ],
)
def test_troubles_show_in_the_status(module_printer: Hall, hurt: str, heal: str, expected: str) -> None:
    with Wire(module_printer.addresses["p"]) as wire:
        module_printer.hand("p", hurt)
        assert statuses(wire) == expected
        module_printer.hand("p", heal)
        assert statuses(wire) == "16121212"


@pytest.fixture(scope="module")
def module_printer(module_bench: Bench) -> Hall:
    return module_bench({"p": PRINTER})


def test_what_waits_for_paper_is_printed_later(printer: tuple[Hall, Wire]) -> None:
    hall, wire = printer
    hall.hand("p", "paper_out")
    assert wire.ask(SLIP + CUT + b"\x1dr1\x10\x04\x04", 1) == b"\x7e"  # the question in order is not answered yet
    assert hall.hand("p", "last_receipt")["count"] == 0
    hall.hand("p", "paper_in")
    assert wire.take(1) == b"\x00"
    assert hall.hand("p", "last_receipt")["count"] == 1
    assert statuses(wire) == "16121212"


def test_changes_are_pushed_to_who_asked_for_them(printer: tuple[Hall, Wire]) -> None:
    hall, wire = printer
    assert wire.ask(b"\x1da\xff", 4).hex() == "14000000"
    hall.hand("p", "open_cover")
    assert wire.take(4).hex() == "3c000000"
    hall.hand("p", "close_cover")
    assert wire.take(4).hex() == "14000000"
    hall.hand("p", "paper_low")
    assert wire.take(4).hex() == "14000300"


def test_the_knife_jams_in_the_middle_of_a_slip(printer: tuple[Hall, Wire]) -> None:
    hall, wire = printer
    hall.hand("p", "jam_cutter", at_next_cut=True)
    assert wire.ask(SLIP + CUT + b"\x1dr1\x10\x04\x03", 1) == b"\x1a"
    hall.hand("p", "clear_cutter")
    assert wire.take(1) == b"\x00"


def test_a_printer_that_dies_resets_and_refuses(printer: tuple[Hall, Wire]) -> None:
    hall, wire = printer
    hall.hand("p", "die_after", bytes=20)
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        wire.socket.sendall(SLIP)
    with contextlib.suppress(ConnectionResetError):
        assert wire.take(1) == b""
    with pytest.raises(ConnectionRefusedError), Wire(hall.addresses["p"]):
        pass
    hall.hand("p", "power_on")
    with Wire(hall.addresses["p"]) as again:
        assert again.ask(SLIP + CUT + b"\x1dr1", 1) == b"\x00"


def test_a_mute_printer_prints_and_says_nothing(printer: tuple[Hall, Wire]) -> None:
    hall, wire = printer
    hall.hand("p", "mute")
    wire.socket.sendall(SLIP + CUT + b"\x1dr1")
    hall.hand("p", "push_status")
    assert len(wire.take(4)) == 4  # nothing came before what was pushed
    hall.hand("p", "unmute")
    assert statuses(wire) == "16121212"
    assert hall.hand("p", "last_receipt")["count"] == 1


def test_a_stalled_printer_lets_the_sender_wait(printer: tuple[Hall, Wire]) -> None:
    hall, wire = printer
    hall.hand("p", "stall")
    wire.socket.settimeout(0.5)
    with pytest.raises(TimeoutError):
        wire.socket.sendall(bytes(1 << 24))
    hall.hand("p", "go_on")


def test_a_printer_without_a_knife_waits_for_a_hand(bench: Bench) -> None:
    hall = bench({"p": {**PRINTER, "paper": "58"}})
    with Wire(hall.addresses["p"]) as wire:
        assert wire.ask(SLIP + b"\x1bd\x04\x1dr1", 1) == b"\x00"
        slip = hall.hand("p", "last_receipt")
        with Image.open(slip["path"]) as picture:
            assert picture.width == 384
        assert wire.ask(SLIP + SLIP + b"\x1dr1", 1) == b"\x00"
        assert hall.hand("p", "last_receipt")["count"] == 3


# The camera


def next_frame(stream: object) -> bytes:
    """One part of the multipart stream, by its length."""
    length = 0
    while True:
        line = stream.readline()  # type: ignore[attr-defined]
        assert line, "the camera hung up"
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
        if line == b"\r\n" and length:
            return stream.read(length)  # type: ignore[attr-defined, no-any-return]


def test_a_camera_freezes_garbles_and_comes_back(bench: Bench) -> None:
    hall = bench({"c": CAMERA})
    with urllib.request.urlopen(hall.addresses["c"], timeout=20) as stream:
        assert stream.headers["Content-Type"].startswith("multipart/x-mixed-replace")
        first = next_frame(stream)
        assert first.startswith(b"\xff\xd8")
        assert any(next_frame(stream) != first for _ in range(20))
        hall.hand("c", "freeze")
        frozen = [next_frame(stream) for _ in range(30)][-10:]
        assert len(set(frozen)) == 1
        hall.hand("c", "garble")
        assert any(not next_frame(stream).endswith(b"\xff\xd9") for _ in range(30))
        hall.hand("c", "thaw")
        assert any(next_frame(stream).endswith(b"\xff\xd9") for _ in range(30))
        hall.hand("c", "unplug")
        with pytest.raises((OSError, AssertionError)):
            while True:
                next_frame(stream)
    with pytest.raises(OSError):
        urllib.request.urlopen(hall.addresses["c"], timeout=20)
    hall.hand("c", "plug")
    with urllib.request.urlopen(hall.addresses["c"], timeout=20) as stream:
        assert next_frame(stream).startswith(b"\xff\xd8")


def test_a_code_is_shown_to_the_camera(bench: Bench) -> None:
    hall = bench({"c": CAMERA})
    hall.hand("c", "show", scene="code", text="SEAL-00000001", symbology="code128")
    with urllib.request.urlopen(hall.addresses["c"], timeout=20) as stream:
        frame = hall.folder / "frame.jpg"
        frame.write_bytes(next_frame(stream))
    with Image.open(frame) as picture:
        assert picture.size == (1280, 720)
        (found,) = zxingcpp.read_barcodes(np.asarray(picture.convert("L")))
    assert found.bytes == b"SEAL-00000001"
    with pytest.raises(ControlRefusedError):
        hall.hand("c", "show", scene="circus")


# The document printer


def ipp(hall: Hall, operation: int, attributes: bytes = b"", document: bytes = b"") -> bytes:
    """An IPP request made of bytes; returns the answer's bytes."""
    uri = hall.addresses["d"].encode()
    body = b"\x02\x00" + operation.to_bytes(2, "big") + b"\x00\x00\x00\x01\x01"
    body += b"\x47\x00\x12attributes-charset\x00\x05utf-8\x48\x00\x1battributes-natural-language\x00\x02en"
    body += b"\x45\x00\x0bprinter-uri" + len(uri).to_bytes(2, "big") + uri + attributes + b"\x03" + document
    url = hall.addresses["d"].replace("ipp://", "http://")
    request = urllib.request.Request(url, body, {"Content-Type": "application/ipp"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()  # type: ignore[no-any-return]


def small_pdf() -> bytes:
    from fpdf import FPDF

    document = FPDF()
    for _ in range(2):
        document.add_page()
        document.set_font("helvetica", size=40)
        document.cell(text="Bench")
    return bytes(document.output())


def enum_value(answer: bytes, name: bytes) -> int:
    at = answer.index(len(name).to_bytes(2, "big") + name) + 2 + len(name)
    return int.from_bytes(answer[at + 2 : at + 6], "big")


JOB_1 = b"\x21\x00\x06job-id\x00\x04\x00\x00\x00\x01"


def wait_for_job(hall: Hall, state: int) -> None:
    """Ask until the job is there; the test's own time limit ends a wait in vain."""
    while enum_value(ipp(hall, 0x0009, JOB_1), b"job-state") != state:
        pass


def test_a_document_is_printed_page_by_page(bench: Bench) -> None:
    hall = bench({"d": PAPERS})
    assert ipp(hall, 0x0002, document=small_pdf())[2:4] == b"\x00\x00"
    wait_for_job(hall, 9)
    job = hall.hand("d", "last_job")
    assert (job["state"], len(job["pages"])) == ("completed", 2)
    for page in job["pages"]:
        with Image.open(page) as picture:
            assert picture.convert("L").getextrema()[0] < 128


def test_paper_runs_out_between_two_pages(bench: Bench) -> None:
    hall = bench({"d": PAPERS})
    hall.hand("d", "paper_out", after=1)
    ipp(hall, 0x0002, document=small_pdf())
    wait_for_job(hall, 6)
    answer = ipp(hall, 0x000B)
    assert enum_value(answer, b"printer-state") == 5
    assert b"media-empty-error" in answer
    assert len(hall.hand("d", "last_job")["pages"]) == 1
    hall.hand("d", "paper_in")
    wait_for_job(hall, 9)


def test_a_job_is_cancelled_and_a_jam_stops_the_next(bench: Bench) -> None:
    hall = bench({"d": PAPERS})
    hall.hand("d", "jam")
    ipp(hall, 0x0002, document=small_pdf())
    wait_for_job(hall, 6)
    assert b"media-jam-error" in ipp(hall, 0x000B)
    assert ipp(hall, 0x0008, JOB_1)[2:4] == b"\x00\x00"
    assert hall.hand("d", "last_job")["state"] == "canceled"
    assert ipp(hall, 0x0008, JOB_1)[2:4] == b"\x04\x04"
    hall.hand("d", "clear_jam")
    assert enum_value(ipp(hall, 0x000B), b"printer-state") == 3


@pytest.mark.parametrize(
    ("operation", "document", "status"),
    [
        (0x0002, b"hello", b"\x04\x0a"),
        (0x0009, b"", b"\x04\x06"),
        (0x4001, b"", b"\x05\x01"),
        (0x0004, b"", b"\x00\x00"),
    ],
)
def test_what_the_document_printer_says_to_odd_requests(
    module_papers: Hall, operation: int, document: bytes, status: bytes
) -> None:
    assert ipp(module_papers, operation, document=document)[2:4] == status


@pytest.fixture(scope="module")
def module_papers(module_bench: Bench) -> Hall:
    return module_bench({"d": PAPERS})


# Smart cards in the real service

SLOTS = {
    "staff": {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 00"},
    "tax": {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 01"},
    "service": {"kind": "pcscd"},
}
CARD_CLIENT = """
import sys
from smartcard.System import readers
slot, *apdus = sys.argv[1:]
connection = next(each for each in readers() if str(each) == slot).createConnection()
connection.connect()
for apdu in apdus:
    data, sw1, sw2 = connection.transmit(list(bytes.fromhex(apdu)))
    print(bytes([*data, sw1, sw2]).hex())
connection.disconnect()
connection.release()
"""


def transmit(hall: Hall, device: str, *apdus: str) -> list[str]:
    """Send APDUs with pyscard in a process of its own, which knows the service by the bench's ready file."""
    slot = hall.addresses[device].removeprefix("pcsc:")
    done = subprocess.run(
        [sys.executable, "-c", CARD_CLIENT, slot, *apdus],
        env={**os.environ, **hall.environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture
def cards(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Hall:
    hall = bench(SLOTS, PCSCLITE_CSOCK_NAME=str(tmp_path_factory.mktemp("c") / "c.comm"))
    if hall.devices()["service"]["state"].startswith("absent"):
        pytest.skip(hall.devices()["service"]["state"])
    return hall


def test_cards_answer_through_the_real_service(cards: Hall) -> None:
    cards.hand("staff", "insert", card="staff:0317")
    cards.hand("tax", "insert", card="tax:500103000001")
    staff = transmit(cards, "staff", "00A4040008F0514942414E3031", "00B0810000", "0020008008313335373930FFFF")
    assert staff == ["9000", "5f2004" + b"0317".hex() + "9000", "9000"]
    (_, blank) = transmit(cards, "tax", "00A4040008F054415844455631", "00B0810000")
    cards.hand(
        "tax", "write_tax_device", number="500103000001", uscc="91500103MA5U00003N", holder="示例", status="issued"
    )
    (_, issued) = transmit(cards, "tax", "00A4040008F054415844455631", "00B0810000")
    assert ("810100" in blank, "810101" in issued) == (True, True)


def test_a_service_of_the_bench_has_as_many_readers_as_its_devices_want(
    bench: Bench, tmp_path_factory: pytest.TempPathFactory
) -> None:
    third = {"kind": "smartcard", "address": "pcsc:Virtual Reader 00 00"}
    hall = bench({**SLOTS, "kiosk": third}, PCSCLITE_CSOCK_NAME=str(tmp_path_factory.mktemp("c") / "c.comm"))
    if hall.devices()["service"]["state"].startswith("absent"):
        pytest.skip(hall.devices()["service"]["state"])
    hall.hand("staff", "insert", card="staff:0317")
    hall.hand("kiosk", "insert", card="staff:0600")
    for device, ref in (("staff", b"0317"), ("kiosk", b"0600")):
        select = "00A4040008F0514942414E3031"
        assert transmit(hall, device, select, "00B0810000")[1] == "5f2004" + ref.hex() + "9000"


def test_a_card_stays_in_through_a_restart_of_the_service(cards: Hall) -> None:
    cards.hand("staff", "insert", card="staff:0001")
    cards.hand("service", "stop")
    assert cards.devices()["service"]["state"] == "stopped"
    cards.hand("service", "start")
    while cards.devices()["staff"]["state"] != "staff:0001":
        pass
    assert transmit(cards, "staff", "00A4040008F0514942414E3031") == ["9000"]


def test_a_card_is_pulled_at_a_chosen_command(cards: Hall) -> None:
    cards.hand("staff", "insert", card="staff:0317")
    cards.hand("staff", "cut_at", apdu="00B0")
    with pytest.raises(AssertionError, match="CardConnectionException"):
        transmit(cards, "staff", "00A4040008F0514942414E3031", "00B0810000")
    assert cards.devices()["staff"]["state"] == "empty"


def test_a_blocked_pin_stays_blocked_in_the_drawer(cards: Hall) -> None:
    cards.hand("staff", "insert", card="staff:0317")
    cards.hand("staff", "lock_pin")
    cards.hand("staff", "remove")
    cards.hand("staff", "insert", card="staff:0317")
    assert transmit(cards, "staff", "00A4040008F0514942414E3031", "0020008008313335373930FFFF")[-1] == "6983"
    with pytest.raises(ControlRefusedError):
        cards.hand("tax", "lock_pin")


def test_where_no_service_may_be_started_the_rest_still_works(bench: Bench, tmp_path: Path) -> None:
    hall = bench(
        {"staff": SLOTS["staff"], "r": READER},
        {"pcscd": {"start": "never"}},
        PCSCLITE_CSOCK_NAME=str(tmp_path / "none"),
    )
    assert hall.devices()["staff"]["state"].startswith("absent: no pcscd answers")
    with pytest.raises(ControlRefusedError, match="no pcscd answers"):
        hall.hand("staff", "insert", card="staff:0317")
    with Wire(hall.addresses["r"]) as wire:
        assert wire.ask(FIND, 11) == NO_CARD


def test_a_killed_bench_takes_its_service_along(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("k")
    hall = bench({"service": SLOTS["service"]}, PCSCLITE_CSOCK_NAME=str(folder / "c.comm"))
    if hall.devices()["service"]["state"].startswith("absent"):
        pytest.skip(hall.devices()["service"]["state"])
    with socket.socket(socket.AF_UNIX) as service:
        service.settimeout(60)
        service.connect(str(folder / "c.comm"))
        hall.process.send_signal(signal.SIGKILL)
        hall.process.wait()
        with contextlib.suppress(ConnectionResetError):
            assert service.recv(1) == b""  # the service hung up
    hall.process.returncode = 0  # it was to die; the fixture need not complain
