"""The sample catalogue of the business scope, and the industry classes it uses, made of building blocks.

python -m tests.catalogue.build

Of our own making throughout: everyday.csv and services.csv are written by hand, goods.toml and land.toml say which
good is sold, made, mended or let, forms.toml how that is called. Codes are numbered and marked SAMPLE.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pypinyin import lazy_pinyin

from kiosk.code_tables import pack

BLOCKS = Path(__file__).parent / "blocks"
DATA = Path(__file__).parents[2] / "kiosk/sandbox/data"
COLUMNS = (
    "code", "name", "aliases", "pinyin", "initials", "alias_pinyin", "duty", "duty_text", "industry_code",
    "industry_name",
)  # fmt: skip
INDUSTRY_COLUMNS = "code", "name", "division", "division_name", "section", "section_name"
_MOST_WORDS, _LONGEST_WORD = 7, 10
_NOT_CHINESE = re.compile("[^一-鿿]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item before it has a number. ``permit``: its duty and the permit's name, divided by a blank."""

    name: str
    words: tuple[str, ...]
    permit: str
    industry: str


def main() -> None:
    """Write both packs anew."""
    for name, columns, rows in (
        ("business_scope", COLUMNS, scope_rows()), ("industry_classes", INDUSTRY_COLUMNS, industry_rows()),
    ):  # fmt: skip
        file = DATA / f"{name}.csv"
        head = "".join(line for line in file.read_text("utf-8").splitlines(keepends=True) if line.startswith("#"))
        file.write_text(pack.sealed(head + text_of(columns, rows)), "utf-8")  # a new edition is named by hand


def text_of(columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> str:
    """As it stands in the file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def scope_rows() -> list[dict[str, str]]:
    """The items, those written by hand first; a name that comes twice counts the first time."""
    classes = {row["code"]: row["name"] for row in industry_rows()}
    entries: dict[str, Entry] = {}
    for entry in (*by_hand("everyday"), *by_hand("services"), *of_goods("goods"), *of_goods("land")):
        entries.setdefault(entry.name, entry)
    return [_row(number, one, classes) for number, one in enumerate(entries.values(), 1)]


def industry_rows() -> list[dict[str, str]]:
    """Classes of 国民经济行业分类 that the items use, with division and section."""
    divisions = {row["division"]: row for row in _csv("divisions")}
    return [
        {"code": row["code"], "name": row["name"], **divisions[row["code"][:2]]}
        for row in sorted(_csv("classes"), key=lambda row: row["code"])
    ]


def by_hand(block: str) -> Iterator[Entry]:
    """Items that are written one by one."""
    for row in _csv(block):
        permit = f"{row['duty']} {row['permit']}".strip()
        yield Entry(row["name"], tuple(row["aliases"].split()), permit, row["class"])


def of_goods(block: str) -> Iterator[Entry]:
    """Items that say what is done with a good."""
    forms = tomllib.loads((BLOCKS / "forms.toml").read_text("utf-8"))
    for group in tomllib.loads((BLOCKS / f"{block}.toml").read_text("utf-8"))["group"]:
        for line in group["goods"].strip().splitlines():
            head, *rest = (part.strip() for part in line.split("|"))
            good, _, everyday = head.partition(":")
            classes = group["classes"] | dict(one.split("=") for one in (rest[1].split() if len(rest) > 1 else ()))
            for place, letter in enumerate(rest[0] if rest else group["forms"]):
                form = forms[letter]
                called = (good, *everyday.split())
                words = [pattern.format(word) for word in _spoken(called) for pattern in form["words"]]
                if place == 0:  # the word alone leads to what most people do with it
                    words = [*called, *words]
                permit = group.get("duties", {}).get(letter, form.get("duty", "none"))
                yield Entry(form["name"].format(good), tuple(words), permit, classes[letter])


def _spoken(called: tuple[str, ...]) -> tuple[str, ...]:
    """The words that stand in a phrase: nobody says 卖酱油食醋 for 酱油食醋, and nothing is said of one character."""
    joined = len(called) > 1 and called[0].startswith(called[1])
    long = tuple(word for word in called if len(word) > 1)
    return (long[1:3] if joined else long[:2]) or called


def _row(number: int, one: Entry, classes: dict[str, str]) -> dict[str, str]:
    known = dict.fromkeys(word for word in one.words if word != one.name and len(word) <= _LONGEST_WORD)
    words = list(known)[:_MOST_WORDS]
    spelled = _pinyin(_NOT_CHINESE.sub("", one.name))
    duty, _, permit = one.permit.partition(" ")
    return {
        "code": f"SAMPLE-{number:04}", "name": one.name, "aliases": " ".join(words), "pinyin": " ".join(spelled),
        "initials": "".join(syllable[0] for syllable in spelled),
        "alias_pinyin": " ".join("'".join(_pinyin(word)) for word in words),
        "duty": duty, "duty_text": permit, "industry_code": one.industry, "industry_name": classes[one.industry],
    }  # fmt: skip


def _pinyin(text: str) -> list[str]:
    return [syllable.lower().replace("ü", "v") for syllable in lazy_pinyin(text)]


def _csv(block: str) -> list[dict[str, str]]:
    with (BLOCKS / f"{block}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


if __name__ == "__main__":
    main()
