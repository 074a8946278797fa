"""How the code scanner stands against pyzbar, OpenCV and zxing-cpp alone, on badly seen codes, in the same run.

python -m tests.bench.bench_scanner [PICTURES OF EACH TROUBLE]

Everybody gets the same 1280 × 720 pictures of QR codes and is asked for QR codes only; a code counts as decoded when
its bytes are exact. Times are processor time for each picture. Judge by the ratios: absolute figures belong to the
machine.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from statistics import median

import cv2
import zxingcpp
from pyzbar import pyzbar

from drivers.code_scanner.decode import look
from tests.bench.degraded_codes import TROUBLES, Grey, samples

Decode = Callable[[Grey], list[bytes]]


def ours(picture: Grey) -> list[bytes]:
    """The scanner's own look, with every attempt."""
    return [one.data for one in look(picture).found]


def zxing_alone(picture: Grey) -> list[bytes]:
    """zxing-cpp as its readme says."""
    return [bytes(one.bytes) for one in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def pyzbar_alone(picture: Grey) -> list[bytes]:
    """pyzbar as its readme says; these payloads are ASCII, which it does not spoil."""
    return [one.data for one in pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])]


def cv2_alone() -> Decode:
    """OpenCV's own detector; it raises on some pictures it cannot read."""
    detector = cv2.QRCodeDetector()

    def decode(picture: Grey) -> list[bytes]:
        try:
            return [str(detector.detectAndDecode(picture)[0]).encode()]
        except (cv2.error, UnicodeDecodeError):
            return []

    return decode


def main() -> int:
    """Print the table; 1 when the scanner is not ahead of each in share, or slower than twice the fastest."""
    each = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    cv2.setNumThreads(1)
    decoders: dict[str, Decode] = {
        "scanner": ours, "zxing-cpp": zxing_alone, "pyzbar": pyzbar_alone, "cv2": cv2_alone(),
    }  # fmt: skip
    read: dict[str, Counter[str]] = {name: Counter() for name in decoders}
    times: dict[str, list[float]] = {name: [] for name in decoders}
    for sample in samples(each):
        for name, decode in decoders.items():
            begin = time.process_time()
            found = decode(sample.picture)
            times[name].append(time.process_time() - begin)
            read[name][sample.trouble] += sample.payload in found
    count = each * len(TROUBLES)
    print(f"{count} pictures, 1280 × 720")
    print(f"{'':20s}" + "".join(f"{name:>12s}" for name in decoders))
    for trouble in TROUBLES:
        print(f"{trouble.name:20s}" + "".join(f"{read[name][trouble.name]:>9d}/{each}" for name in decoders))
    shares = {name: read[name].total() / count for name in decoders}
    middle = {name: median(times[name]) * 1000 for name in decoders}
    print(f"{'decoded':20s}" + "".join(f"{shares[name]:>11.1%} " for name in decoders))
    print(f"{'median':20s}" + "".join(f"{middle[name]:>9.2f} ms" for name in decoders))
    print(f"{'mean':20s}" + "".join(f"{sum(times[name]) / count * 1000:>9.2f} ms" for name in decoders))
    fastest = min(value for name, value in middle.items() if name != "scanner")
    ratio = middle["scanner"] / fastest
    ahead = all(shares["scanner"] > share for name, share in shares.items() if name != "scanner")
    print(
        f"ahead of each in share: {'yes' if ahead else 'no'}; median {middle['scanner'] / fastest:.2f} × the fastest"
    )
    return 0 if ahead and ratio <= 2 else 1


if __name__ == "__main__":
    raise SystemExit(main())
