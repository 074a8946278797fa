"""How the search of the business scope stands against SQLite's FTS5 (trigram) and a plain scan, in the same run.

python -m tests.bench.bench_scope [ITEMS] [QUERIES]

Every keystroke of every query is a search of its own, as on the screen; the figures are processor time for each. The
others are measured at every seventh of them.
Judge by the ratios: absolute figures belong to the machine.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Callable

from kiosk.code_tables.scope_index import build, from_bytes, to_bytes
from kiosk.code_tables.scope_search import ScopeSearch
from kiosk.sandbox import packs

SHOWN = 20
OTHERS = 7  # every so many keystrokes are enough to know the others, who take their time
PLACES = ("城区", "乡镇", "园区", "景区", "社区", "校园", "车站", "机场", "码头", "夜市")
SPELLED = (
    "cheng qu",
    "xiang zhen",
    "yuan qu",
    "jing qu",
    "she qu",
    "xiao yuan",
    "che zhan",
    "ji chang",
    "ma tou",
    "ye shi",
)
Row = dict[str, str]
Search = Callable[[str], object]


def catalogue(items: int) -> list[Row]:
    """The sample, again and again with another word in front."""
    rows = list(packs.pack("business_scope").rows)
    made = list(rows)
    for turn in range(items // len(rows)):
        place, spelled = PLACES[turn % len(PLACES)], SPELLED[turn % len(PLACES)]
        made += [
            row
            | {"code": f"{row['code']}-{turn}", "name": place + row["name"], "pinyin": f"{spelled} {row['pinyin']}"}
            for row in rows
        ]
    return made[:items]


def queries(rows: list[Row], count: int, chance: random.Random) -> dict[str, list[str]]:
    """What people type, of every kind."""
    made: dict[str, list[str]] = {"hanzi": [], "pinyin": [], "initials": [], "mixed": [], "slips": []}
    while sum(map(len, made.values())) < count:
        row = chance.choice(rows)
        syllables = row["pinyin"].split()[:6]
        hanzi = chance.choice([row["name"], *row["aliases"].split()])[:8]
        letters = "".join(syllables)
        at = chance.randrange(1, len(letters))
        cut = min(2, len(syllables) - 1)
        made["hanzi"].append(hanzi)
        made["pinyin"].append(letters)
        made["initials"].append("".join(one[0] for one in syllables))
        made["mixed"].append(row["name"][:cut] + "".join(syllables[cut:]))
        made["slips"].append(letters[:at] + chance.choice("aeioungh") + letters[at + 1 :])
    return made


def scan_of(rows: list[Row]) -> Search:
    """What one would write first: look at every row."""
    texts = [
        (
            row["name"],
            row["aliases"],
            row["pinyin"].replace(" ", ""),
            row["initials"],
            row["alias_pinyin"].replace("'", ""),
        )
        for row in rows
    ]

    def search(typed: str) -> list[int]:
        found: list[int] = []
        for place, fields in enumerate(texts):
            if any(typed in field for field in fields):
                found.append(place)
                if len(found) == SHOWN:
                    break
        return found

    return search


def fts_of(rows: list[Row]) -> Search:
    """SQLite's own full-text search; what is shorter than three characters it cannot index, there LIKE must do."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE scope USING fts5(name, aliases, pinyin, initials, tokenize='trigram')")
    db.executemany(
        "INSERT INTO scope VALUES (?, ?, ?, ?)",
        ((r["name"], r["aliases"], r["pinyin"].replace(" ", ""), r["initials"]) for r in rows),
    )

    def search(typed: str) -> list[tuple[int]]:
        if len(typed) > 2:
            wanted = '"' + typed.replace('"', "") + '"'
            return db.execute(
                "SELECT rowid FROM scope WHERE scope MATCH ? ORDER BY rank LIMIT ?", (wanted, SHOWN)
            ).fetchall()
        like = f"%{typed}%"
        where = "name LIKE ? OR aliases LIKE ? OR pinyin LIKE ? OR initials LIKE ?"
        return db.execute(f"SELECT rowid FROM scope WHERE {where} LIMIT ?", (*[like] * 4, SHOWN)).fetchall()

    return search


def spent(search: Search, typed: str) -> float:
    """Processor time of one search, in milliseconds."""
    began = time.thread_time_ns()
    search(typed)
    return (time.thread_time_ns() - began) / 1e6


def part(figures: list[float], share: float) -> float:
    """The figure below which this share of them lies."""
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]


def line(name: str, figures: list[float], floor: list[float]) -> str:
    """One line of the table: half of all, 99 of 100, the worst; and the typical one against the first column's."""
    ratio = (sum(figures) / len(figures)) / (sum(floor) / len(floor))
    return f"{name:24} {part(figures, 0.5):9.3f} {part(figures, 0.99):9.3f} {max(figures):9.3f} {ratio:9.1f}x"


def main() -> None:
    """Print what a keystroke costs."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    rows = catalogue(items)
    began = time.process_time()
    kept = to_bytes(build(rows))
    built = time.process_time() - began
    opened = []
    for _ in range(5):
        began = time.process_time()
        ours = ScopeSearch(from_bytes(kept))
        opened.append(time.process_time() - began)
    print(f"{len(rows):,} items: built in {built:.1f} s, {len(kept) / 1e6:.1f} MB")
    print(f"opened in {min(opened) * 1e3:.1f} ms\n")
    searches: dict[str, Search] = {
        "ours": lambda typed: ours.find(typed, SHOWN), "FTS5 trigram": fts_of(rows), "plain scan": scan_of(rows),
    }  # fmt: skip
    every: dict[str, list[float]] = {name: [] for name in searches}
    print(f"{'ms per keystroke':24} {'p50':>9} {'p99':>9} {'max':>9} {'mean':>10}")
    for kind, typed in queries(rows, count, random.Random(7)).items():
        strokes = [one[:length] for one in typed for length in range(1, len(one) + 1)]
        figures = {}
        for name, search in searches.items():
            some = strokes if name == "ours" else strokes[::OTHERS]
            figures[name] = [spent(search, stroke) for stroke in some]
        for name, found in figures.items():
            every[name] += found
            print(line(f"{kind}: {name}", found, figures["ours"]))
    print()
    for name, found in every.items():
        print(line(f"all: {name}", found, every["ours"]))


if __name__ == "__main__":
    main()
