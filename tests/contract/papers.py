"""Small files of every kind, made by hand, and how they reach the platform."""

import hashlib
import re
import struct
import zlib
from typing import Any

from .hands import Hands, Story, ulid

LI_NAME = "李签名"


def png(width: int = 60, height: int = 20, drawn: bool = True) -> bytes:
    """A grey picture, with a slanting stroke or empty."""
    rows = b""
    for y in range(height):
        row = bytearray(b"\xff" * width)
        if drawn:
            row[y % width] = row[(y + 1) % width] = 0
        rows += b"\0" + bytes(row)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _piece(b"IHDR", head) + _piece(b"IDAT", zlib.compress(rows)) + _piece(b"IEND", b"")


def _piece(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(mark: str = "") -> bytes:
    """The frame of one is enough: the platform looks at its ends."""
    return b"\xff\xd8\xff\xe0" + mark.encode() + b"\xff\xd9"


def pdf(pages: int = 1) -> bytes:
    return b"%PDF-1.4\n" + b"<< /Type /Page >>\n" * pages + b"<< /Type /Pages >>\n%%EOF\n"


def upload(hands: Hands, data: bytes) -> str:
    """The whole file in one piece; its name."""
    name = hashlib.sha256(data).hexdigest()
    headers = {
        "Upload-Offset": "0", "Upload-Length": str(len(data)), "Content-Type": "application/octet-stream",
    }  # fmt: skip
    answer = hands.session.patch(f"{hands.url}/v1/blobs/{name}", data=data, headers=headers, timeout=10)
    assert answer.status_code == 201, answer.text
    return name


def material(sha256: str, now: str, kind: str = "lease_contract", **more: Any) -> dict[str, Any]:
    return {
        "type": kind, "blob_sha256": sha256, "source": "scanned", "captured_at": now, "media_type": "image/jpeg",
        **more,
    }  # fmt: skip


def put_material(
    hands: Hands,
    story: Story,
    kind: str = "lease_contract",
    data: bytes | None = None,
    media_type: str = "image/jpeg",
) -> dict[str, Any]:
    """A material of the case, kept."""
    sha256 = upload(hands, data or jpeg(ulid()))
    path = f"/v1/cases/{story.case_id}/materials/{ulid()}"
    answer = hands.call("PUT", path, material(sha256, hands.now(), kind, media_type=media_type), If_None_Match="*")
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def messages(hands: Hands, case_id: str, template: str) -> list[dict[str, str]]:
    """What the telephones of this case show."""
    every = hands.call("GET", "/sandbox/sms-outbox").json()
    return [one for one in every if one["case_id"] == case_id and one["template"] == template]


def link_in(text: str) -> str:
    found = re.search(r"https://[^/]+(/phone/[a-z]+/[0-9A-Za-z_-]{43})", text)
    assert found is not None, text
    return found[1]
