"""Every law that is cited is known, holds, and has that article; nothing that ended or was made up is cited."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kiosk.code_tables import name_words, shipped
from kiosk.rules import findings
from kiosk.rules.laws import citations, cited, laws, number
from kiosk.rules.limits import limits

ROOT = Path(__file__).parents[3]
TODAY = date.today()
NAMES = "企业名称登记管理规定"
TEXTS = [
    *sorted(ROOT.glob("kiosk/**/*.py")),
    *sorted(ROOT.glob("kiosk/**/*.toml")),
    *sorted(ROOT.glob("kiosk/code_tables/data/*.csv")),
    *sorted(ROOT.glob("ui/words/*.toml")),
]


def printed() -> Iterator[tuple[str, str]]:
    """Where a basis stands, and as it is printed."""
    told = tomllib.loads((ROOT / "kiosk/rules/findings.toml").read_text("utf-8"))
    for code in findings.codes():
        yield from ((code, cited(basis)) for basis in told[code]["basis"])
    for row in name_words.words():
        yield row.word, f"《{NAMES}》{row.article}"
    for row in shipped.pack("name_rules").rows:
        yield row["rule"], f"《{NAMES}》{row['article']}"
    for row in shipped.pack("requirement_texts").rows:
        yield row["code"], row["basis"]
    for file in (ROOT / "kiosk/sandbox").rglob("*.toml"):
        for basis in re.findall('^basis = "(.*)"$', file.read_text("utf-8"), re.MULTILINE):
            yield file.name, basis


PRINTED = {basis: where for where, basis in printed() if basis}


@pytest.mark.parametrize("basis", sorted(PRINTED))
def test_a_basis_is_a_law_that_holds_and_an_article_of_it(basis: str) -> None:
    (one,) = citations(basis)
    assert one.law.holds_on(TODAY), f"{PRINTED[basis]}: it has ended"
    assert re.fullmatch("《[^《》]+》(第[^《》第]+条(第.项)?)?", basis), PRINTED[basis]
    assert one.article is None or 1 <= one.article <= one.law.articles, PRINTED[basis]


def test_a_law_with_an_article_that_stands_anywhere_is_known() -> None:
    found = [
        (file.name, title, article)
        for file in TEXTS
        for title, article in re.findall("《([^《》]+)》第([零一二三四五六七八九十百千]+)条", file.read_text("utf-8"))
    ]
    assert len(found) > 10
    for where, title, article in found:
        assert title in laws(), f"{where}: {title}"
        assert laws()[title].holds_on(TODAY) and number(article) <= laws()[title].articles, f"{where}: {title}"


def test_the_catalogue_holds_nothing_that_nobody_cites() -> None:
    every = set(laws().values())
    assert {one.title for one in every if not one.holds_on(TODAY)} == {"公司登记管理条例"}
    named = "".join(file.read_text("utf-8") for file in TEXTS if file.name != "laws.toml")
    assert [one.title for one in every if one.holds_on(TODAY) and one.title not in named] == []
    assert all(one.issued <= (one.until or TODAY) and one.articles > 0 for one in every)


@pytest.mark.parametrize("wrong", ["公司登记条例 第一条", "刻制公章备案规定"])
def test_a_law_that_nobody_knows_is_a_mistake(wrong: str) -> None:
    with pytest.raises(KeyError):
        cited(wrong)
    with pytest.raises(KeyError):
        list(citations(f"《{wrong.split(maxsplit=1)[0]}》"))


def test_a_law_that_has_ended_is_told() -> None:
    (old,) = citations("《公司登记管理条例》第二十条")
    assert (old.article, old.law.holds_on(date(2022, 2, 28)), old.law.holds_on(date(2022, 3, 1))) == (20, True, False)
    assert not laws()["公司法"].holds_on(date(2024, 6, 30)) and laws()["公司法"].holds_on(date(2024, 7, 1))


def test_numerals() -> None:
    pairs = {"一": 1, "十": 10, "十八": 18, "二十": 20, "四十七": 47, "一百零三": 103, "一百七十八": 178}
    assert {text: number(text) for text in pairs} == pairs and number("一千二百六十") == 1260


def test_figures_that_a_law_sets() -> None:
    assert (limits().shareholders, limits().contribution_years, limits().office_years) == (50, 5, 3)  # 42, 47, 70
    assert limits().fund_rates[0] == 5  # 住房公积金管理条例 18
