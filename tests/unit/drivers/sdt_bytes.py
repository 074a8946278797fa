"""Cards and frames as bytes, written by hand from the published layouts; shares no line with the codec."""

from collections.abc import Mapping

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def number(first17: str) -> str:
    """An 18-digit number with its right check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return first17 + "10X98765432"[total % 11]


def block(fields: Mapping[int, tuple[int, str]], pad: str = " ") -> bytes:
    """A text block: offset → (bytes, text); everything else is padding."""
    out = bytearray((pad * 128).encode("utf-16-le"))
    for at, (size, text) in fields.items():
        out[at : at + size] = text.ljust(size // 2, pad).encode("utf-16-le")
    assert len(out) == 256
    return bytes(out)


RESIDENT: dict[int, tuple[int, str]] = {
    0: (30, "王测试"),
    30: (2, "2"),
    32: (4, "01"),
    36: (16, "19850412"),
    52: (70, "重庆市渝中区示例路1号"),
    122: (36, number("50010319850412001")),
    158: (30, "重庆市公安局渝中区分局"),
    188: (16, "20200101"),
    204: (16, "20400101"),
}
HMT = {
    **RESIDENT,
    0: (30, "陈样例"),
    32: (4, ""),
    122: (36, number("81000019850412001")),
    220: (18, "H00000000"),
    238: (4, "01"),
    248: (2, "J"),
}
FOREIGN_2017: dict[int, tuple[int, str]] = {
    0: (120, "SAMPLE, PERSON ONE"),
    120: (2, "1"),
    122: (30, "CAN110080010110"),
    152: (6, "CAN"),
    158: (30, "示例"),
    188: (16, "20180101"),
    204: (16, "20280101"),
    220: (16, "19800101"),
    236: (4, "01"),
    240: (8, "1500"),
    248: (2, "I"),
}
FOREIGN_2023: dict[int, tuple[int, str]] = {
    0: (30, "示例"),
    30: (2, "1"),
    32: (4, "00"),
    36: (16, "19800107"),
    52: (70, "SAMPLE, PERSON WITH A VERY LONG NAM"),
    122: (36, number("91115619800107002")),
    188: (16, "20240101"),
    204: (16, "20340101"),
    220: (22, "E INDEED"),
    242: (6, "CAN"),
    248: (2, "Y"),
}
ALL = {"resident": RESIDENT, "hmt": HMT, "2017": FOREIGN_2017, "2023": FOREIGN_2023}
PHOTO = b"WLf" + bytes(1021)


def frame(sw: bytes, data: bytes = b"") -> bytes:
    """A response frame."""
    body = (len(sw) + len(data) + 1).to_bytes(2, "big") + sw + data
    check = 0
    for byte in body:
        check ^= byte
    return b"\xaa\xaa\xaa\x96\x69" + body + bytes([check])


def read_answer(text: bytes, photo: bytes = PHOTO) -> bytes:
    """The whole answer to READ."""
    words = len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big")
    return frame(b"\0\0\x90", words + text + photo)
