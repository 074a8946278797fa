"""What a slip costs: our mixture of the printer's own type and drawn lines, against python-escpos as people use it
and against drawing everything, in one run.

python -m tests.bench.bench_receipt [ROUNDS]

Judge by the ratios: absolute times belong to the machine. ``lost`` are characters that come out as another sign.
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from PIL import Image

from drivers.receipt_printer import grammar
from drivers.receipt_printer.grammar import job, laid_out, roll
from drivers.receipt_printer.layout import Gap
from drivers.receipt_printer.raster import Raster
from drivers.receipt_printer.text import ChineseType
from drivers.virtual.escpos_commands import CommandStream, Text
from kiosk.contracts.printing import LineKind, Receipt
from tests.unit.drivers.receipt_printer.slips import slip
from tests.unit.drivers.receipt_printer.test_golden import receipt as rare

WIDTH = 576
LINES = {115200: 11520, 19200: 1920, 9600: 960}  # bytes a second


def ours(receipt: Receipt, chinese: ChineseType = ChineseType.GBK) -> bytes:
    """The driver's own job."""
    return b"".join(piece.data for piece in job(receipt, WIDTH, chinese, cutter=True))


def library(receipt: Receipt) -> bytes:
    """python-escpos: a text call a line, its QR code as a picture, its cut."""
    printer: Any = grammar._Collector(profile="TM-T20II")
    for line in receipt.lines:
        match line.kind:
            case LineKind.HEADING | LineKind.CODE | LineKind.STAMP:
                printer.set(bold=True, double_height=True, double_width=True)
                printer.textln(f"{line.label} {line.value}".strip())
                printer.set(bold=False, normal_textsize=True)
            case LineKind.PAIR:
                printer.textln(f"{line.label}  {line.value}")
            case LineKind.QR:
                printer.qr(line.value, size=6)
            case LineKind.RULE:
                printer.textln("-" * 48)
            case _:
                printer.textln(line.value)
    printer.cut()
    return bytes(printer.output)


def one_picture(receipt: Receipt) -> bytes:
    """The whole slip as one picture, as cash registers on the web do."""
    paper = roll(WIDTH, ChineseType.NONE)
    raster = Raster(paper)
    parts = [
        Image.new("1", (WIDTH, one.dots), 1) if isinstance(one, Gap) else raster.draw(one)
        for one in laid_out(receipt, paper, ChineseType.NONE)
    ]
    whole, down = Image.new("1", (WIDTH, sum(part.height for part in parts)), 1), 0
    for part in parts:
        whole.paste(part, (0, down))
        down += part.height
    printer: Any = grammar._Collector(profile="TM-T20II")
    printer.image(whole)
    printer.cut()
    return bytes(printer.output)


def lost(receipt: Receipt, data: bytes) -> int:
    """Characters of the receipt that a GBK printer shows as a question mark or as something else."""
    stream = CommandStream(long_codes=False)
    stream.feed(data)
    shown = "".join(
        piece.data.decode("gbk", "replace") for piece in stream.pieces() if isinstance(piece, Text)
    )  # fmt: skip
    meant = "".join(line.label + line.value for line in receipt.lines if line.kind is not LineKind.QR)
    return max(0, shown.count("?") + shown.count("\ufffd") - meant.count("?"))


WAYS: dict[str, Callable[[Receipt], bytes]] = {
    "ours": ours,
    "python-escpos text": library,
    "ours, all drawn": lambda receipt: ours(receipt, ChineseType.NONE),
    "one picture": one_picture,
}


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for name, receipt in (("plain slip", slip()), ("slip with rare characters", rare())):
        print(f"{name}, 80 mm")
        figures = {}
        for way, make in WAYS.items():
            data, times = make(receipt), []
            for _ in range(rounds):
                begin = time.process_time()
                make(receipt)
                times.append(time.process_time() - begin)
            figures[way] = (len(data), statistics.median(times) * 1000, lost(receipt, data))
        size, cpu, _ = figures["ours"]
        for way, (bytes_, spent, gone) in figures.items():
            wires = "  ".join(f"{bytes_ / rate:5.1f} s at {baud}" for baud, rate in LINES.items())
            print(
                f"  {way:20} {bytes_:>7,} bytes ({bytes_ / size:5.2f}×)  {spent:6.1f} ms ({spent / cpu:5.2f}×)"
                f"  {wires}  lost {gone}"
            )


if __name__ == "__main__":
    main()
