"""Whether a JPEG came whole (ITU-T T.81). Decoders fill what is missing with grey, green, or the picture before."""

import re

START, END = b"\xff\xd8", b"\xff\xd9"
SCAN = b"\xff\xda"
STRAY = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # inside a scan only stuffing and restart markers may stand
MAX_PADDING = 64  # bytes of zeros some cameras add


def is_whole(data: bytes) -> bool:
    """From its first marker to its last, nothing in the picture ends it early. One scan, as cameras send."""
    if len(data) > MAX_PADDING:
        data = data[:-MAX_PADDING] + data[-MAX_PADDING:].rstrip(b"\x00")
    if not data.startswith(START) or not data.endswith(END):
        return False
    at = len(START)
    while True:
        if at + 4 > len(data) or data[at] != 0xFF:
            return False
        marker, length = data[at : at + 2], int.from_bytes(data[at + 2 : at + 4], "big")
        at += 2 + length
        if length < 2 or at > len(data):
            return False
        if marker == SCAN:
            break
    stray = STRAY.search(data, at)
    return stray is not None and stray.start() == len(data) - len(END)
