"""``python -m tests.builders.hanzi_syllables``: writes the table of syllables and characters that homophones need.

pypinyin (MIT) brings the readings; no terminal has it. A second reading counts where enough words use it: 重 is zhong
and chong, 的 is de. Readings are facts; the selection is ours.
"""

import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path

from kiosk.code_tables.syllables import SYLLABLES

FILE = Path(__file__).parents[2] / "kiosk/code_tables/data/hanzi_syllables.csv"
_HEAD = """\
# id: hanzi_syllables
# edition: {edition}
# effective: 2026-01-01
# key: syllable
# source: readings of pypinyin {version} without tones; a second reading where at least a tenth of the words use it
# licence: facts; the readings come from pypinyin (MIT)
# sample: no
# sha256: {sha256}
syllable,characters
"""
_BLOCKS = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF))
_BESIDE = {"𠮷": "ji", "䶮": "yan", "㼆": "ying"}  # rare characters of real names that the source reads not at all
_LEAST, _SHARE = 3, 10


def text() -> str:
    """The whole file."""
    import pypinyin
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    readings: dict[str, set[str]] = defaultdict(set)
    for code in PINYIN_DICT:
        if any(first <= code <= last for first, last in _BLOCKS):
            readings[chr(code)].add(_plain(pypinyin.lazy_pinyin(chr(code))[0]))
    for character, reading in _BESIDE.items():
        readings[character].add(reading)
    for character, used in _in_words(PHRASES_DICT).items():
        most = sum(used.values())
        readings[character] |= {r for r, n in used.items() if n >= _LEAST and n * _SHARE >= most}
    rows: dict[str, list[str]] = defaultdict(list)
    for character, known in readings.items():
        for reading in known & SYLLABLES:
            rows[reading].append(character)
    told = [{"syllable": syllable, "characters": "".join(sorted(rows[syllable]))} for syllable in sorted(rows)]
    canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sha256 = hashlib.sha256(canonical.encode()).hexdigest()
    head = _HEAD.format(edition="2026-1", version=pypinyin.__version__, sha256=sha256)
    return head + "".join(f"{row['syllable']},{row['characters']}\n" for row in told)


def _in_words(phrases: dict[str, list[list[str]]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for word, spelled in phrases.items():
        if len(word) == len(spelled):
            for character, options in zip(word, spelled, strict=True):
                found[character][_plain(_toneless(options[0]))] += 1
    return found


def _toneless(reading: str) -> str:
    import unicodedata

    kept = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǖ", "v"))
    kept = kept.replace("u\u0308", "v")
    return "".join(c for c in kept if not unicodedata.combining(c))


def _plain(reading: str) -> str:
    return reading.replace("ü", "v")


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
    print(f"{FILE}: {FILE.stat().st_size // 1024} KiB")
