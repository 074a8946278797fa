"""Virtual identity cards: the 256-byte text record and the 1024-byte photo block of a second-generation card.

Layouts after the public descriptions of GA 450 / GA/T 467: one type flag at byte 248 tells the four cards apart.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from .device import BenchError

RECORD_BYTES = 256
PHOTO_BYTES = 1024
_ADDRESS = 35  # characters

# Field and its length in UTF-16 characters, in the order of the record; "" is blank, "=X" is a fixed flag.
_LAYOUTS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "resident": (
        ("name", 15),
        ("sex", 1),
        ("ethnic", 2),
        ("birth", 8),
        ("address", 35),
        ("number", 18),
        ("authority", 15),
        ("from", 8),
        ("until", 8),
        ("", 14),
        ("= ", 1),
        ("", 3),
    ),
    "hmt_residence": (
        ("name", 15),
        ("sex", 1),
        ("", 2),
        ("birth", 8),
        ("address", 35),
        ("number", 18),
        ("authority", 15),
        ("from", 8),
        ("until", 8),
        ("permit", 9),
        ("issue", 2),
        ("", 3),
        ("=J", 1),
        ("", 3),
    ),
    "foreigner_2017": (
        ("english_name", 60),
        ("sex", 1),
        ("number", 15),
        ("country", 3),
        ("name", 15),
        ("from", 8),
        ("until", 8),
        ("birth", 8),
        ("version", 2),
        ("authority", 4),
        ("=I", 1),
        ("", 3),
    ),
    "foreigner_2023": (
        ("name", 15),
        ("sex", 1),
        ("issue", 2),
        ("birth", 8),
        ("english_name", 35),
        ("number", 18),
        ("", 15),
        ("from", 8),
        ("until", 8),
        ("english_name_rest", 11),
        ("country", 3),
        ("=Y", 1),
        ("", 3),
    ),
    "unknown": (("", 124), ("=Q", 1), ("", 3)),
}
DEFECTS = ("", "read_failed", "unrecognised")


@dataclass(frozen=True, slots=True)
class VirtualCard:
    """What lies on the reader. ``key`` is its name on the bench; the person in it is invented."""

    key: str
    record: bytes
    photo: bytes
    defect: str = ""
    appended: bytes = b""  # the newest address, written behind the record


def text_record(layout: str, fields: Mapping[str, str]) -> bytes:
    """Fill a 256-byte record: UTF-16LE, every field padded with spaces."""
    values = dict(fields)
    if layout == "foreigner_2023":
        whole = values.get("english_name", "")
        values["english_name"], values["english_name_rest"] = whole[:35], whole[35:]
    text = ""
    for name, length in _LAYOUTS[layout]:
        value = name[1:] if name.startswith("=") else values.get(name, "")
        if len(value.encode("utf-16-le")) > 2 * length:
            raise BenchError(f"a card's {name} is longer than {length} characters")
        text += value + " " * (length - len(value))
    record = text.encode("utf-16-le")
    assert len(record) == RECORD_BYTES, layout
    return record


def photo_block(key: str) -> bytes:
    """A photo as it stands on a card: the format's mark, then noise that is the same for the same card."""
    noise, block = hashlib.sha256(key.encode()).digest(), b"WLf"
    while len(block) < PHOTO_BYTES:
        block += noise
        noise = hashlib.sha256(noise).digest()
    return block[:PHOTO_BYTES]


def load_cards(extra: Path | None = None) -> dict[str, VirtualCard]:
    """The cards of the house, and those of another file in the same form (which may replace some)."""
    cards = _read(files(__package__).joinpath("cards.toml").read_text("utf-8"), "cards.toml")
    if extra:
        try:
            cards |= _read(extra.read_text("utf-8"), extra.name)
        except (OSError, UnicodeDecodeError):
            raise BenchError(f"{extra}: cannot be read") from None
    return cards


def odd_card(kind: str) -> VirtualCard:
    """A card that is no identity card: ``other`` is unknown to the reader, ``unknown_flag`` to whoever reads on."""
    if kind == "other":
        return VirtualCard(kind, text_record("unknown", {}), photo_block(kind), "unrecognised")
    if kind == "unknown_flag":
        return VirtualCard(kind, text_record("unknown", {}), photo_block(kind))
    raise BenchError('a wrong card is "other" or "unknown_flag"')


def _read(text: str, where: str) -> dict[str, VirtualCard]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise BenchError(f"{where}: not TOML") from None
    return {key: _card(key, table, where) for key, table in tables.items()}


def _card(key: str, table: object, where: str) -> VirtualCard:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise BenchError(f"{where}: card {key} must be a table of strings")
    fields = dict(table)
    layout, defect, moved = (fields.pop(key, "") for key in ("layout", "defect", "moved_to"))
    if layout not in _LAYOUTS or defect not in DEFECTS:
        raise BenchError(f"{where}: card {key} has no known layout or an unknown defect")
    known = {name for name, _ in _LAYOUTS[layout]}
    if unknown := sorted(set(fields) - known):
        raise BenchError(f'{where}: card {key} knows no "{unknown[0]}"')
    if len(moved) > _ADDRESS:
        raise BenchError(f"{where}: card {key} has moved too far for {_ADDRESS} characters")
    appended = moved.ljust(_ADDRESS).encode("utf-16-le") if moved else b""
    return VirtualCard(key, text_record(layout, fields), photo_block(key), defect, appended)
