"""``python -m ui.pinyin.build --out FILE``: the keyboard's dictionary, from word lists and the field's own words.

Runs at set-up only. jieba brings words with frequencies, pypinyin their readings (both MIT); no terminal has them.
One table ``d(k, f, w)``: k is the full pinyin without separators, or ``~`` and the initials.
"""

import argparse
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from heapq import nlargest
from importlib.resources import files
from itertools import product
from pathlib import Path

LONGEST, LEAST, PER_KEY, FIELD, RARE = 6, 5, 60, 500_000, 200
_DOUBLE = ("zh", "ch", "sh")
# Surnames are read in their own way; the general reading stays beside it.
_SURNAMES = {"曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "盖": "ge", "缪": "miao",
             "翟": "zhai", "覃": "qin", "冼": "xian", "尉迟": "yuchi", "令狐": "linghu"}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Build the file; an old one is replaced only by a whole new one."""
    parser = argparse.ArgumentParser(description="Build the pinyin dictionary of the on-screen keyboard")
    parser.add_argument("--out", type=Path, required=True, help="file to write, e.g. build/pinyin.sqlite")
    out: Path = parser.parse_args(arguments).out
    try:
        entries = _best(_entries())
    except ModuleNotFoundError as error:
        print(f"pinyin: {error.name} is needed to build the dictionary (development requirements)", file=sys.stderr)  # noqa: T201
        return 2
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    count = _write(fresh, entries)
    fresh.replace(out)
    print(f"{out}: {count} entries, {out.stat().st_size // 1024} KiB")  # noqa: T201
    return 0


def field_words() -> list[str]:
    """The field's own words, from lexicon.txt."""
    lines = files("ui.pinyin").joinpath("lexicon.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    stems = [word[:-1] for word in words if len(word) > 2 and word[-1] in "区县市"]  # 渝中区 is also called 渝中
    return list(dict.fromkeys(words + stems))


def _entries() -> Iterator[tuple[str, int, str]]:
    """Key, frequency, word; a word stands under each of its readings and under its initials."""
    for word, often in _words().items():
        for place, reading in enumerate(_readings(word)):
            weight = often if place == 0 else often // RARE  # a second reading is seldom meant
            yield "".join(reading), weight, word
            yield from (("~" + initials, weight, word) for initials in _initials(reading))
        if word in _SURNAMES:
            yield _SURNAMES[word], often, word


def _words() -> dict[str, int]:
    from jieba import get_module_res
    from pypinyin.constants import PINYIN_DICT

    found: dict[str, int] = {}
    with get_module_res("dict.txt") as lines:
        for line in lines:
            word, often, _kind = line.decode().split(" ")
            if _han(word) and len(word) <= LONGEST and (len(word) == 1 or int(often) >= LEAST):
                found[word] = int(often)
    for code in PINYIN_DICT:
        if 0x4E00 <= code <= 0x9FFF or 0x3400 <= code <= 0x4DBF:
            found.setdefault(chr(code), 0)
    for place, word in enumerate(field_words()):
        found[word] = max(found.get(word, 0), FIELD - place if len(word) > 1 else 0)
    return found


def _han(word: str) -> bool:
    return all("\u3400" <= c <= "\u9fff" for c in word)


def _readings(word: str) -> list[tuple[str, ...]]:
    from pypinyin import Style, lazy_pinyin, pinyin

    if len(word) == 1:
        return [(r,) for r in dict.fromkeys(_plain(r) for r in pinyin(word, Style.NORMAL, heteronym=True)[0]) if r]
    return [tuple(_plain(r) for r in lazy_pinyin(word))]


def _plain(reading: str) -> str:
    return reading.replace("ü", "v").replace("ê", "e") if reading.replace("ü", "v").isascii() else ""


def _initials(reading: tuple[str, ...]) -> list[str]:
    """yyzz; and zh, ch, sh typed in full as well."""
    if not all(reading):
        return []
    choices = [(r[0], r[:2]) if r[:2] in _DOUBLE else (r[0],) for r in reading]
    return list(dict.fromkeys("".join(one) for one in product(*choices)))


def _best(entries: Iterator[tuple[str, int, str]]) -> Iterator[tuple[str, int, str]]:
    by_key: dict[str, dict[str, int]] = defaultdict(dict)
    for key, often, word in entries:
        if key.strip("~"):
            by_key[key][word] = max(often, by_key[key].get(word, 0))
    for key in sorted(by_key):
        # Every single character keeps its place under its full reading: names are made of rare ones.
        words = by_key[key]
        kept = nlargest(PER_KEY, words, key=words.__getitem__)
        singles = [] if key.startswith("~") else [w for w in words if len(w) == 1]
        for word in dict.fromkeys(kept + singles):
            yield key, words[word], word


def _write(file: Path, entries: Iterator[tuple[str, int, str]]) -> int:
    db = sqlite3.connect(file)
    try:
        db.execute("PRAGMA journal_mode=OFF")
        db.execute("CREATE TABLE d (k TEXT NOT NULL, f INTEGER NOT NULL, w TEXT NOT NULL)")
        db.executemany("INSERT INTO d VALUES (?, ?, ?)", entries)
        db.execute("CREATE INDEX by_key ON d (k, f DESC)")
        db.commit()
        db.execute("VACUUM")
        return int(db.execute("SELECT count(*) FROM d").fetchone()[0])
    finally:
        db.close()


if __name__ == "__main__":
    sys.exit(main())
