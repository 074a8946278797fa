"""Where a line of Chinese may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.line_breaking import wrap


def columns(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def lines(text: str, width: int) -> tuple[str, ...]:
    return wrap(text, lambda line: columns(line) <= width)


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, ("",)),
        ("短", 10, ("短",)),
        ("重庆示例餐饮管理", 8, ("重庆示例", "餐饮管理")),
        ("电话 023-0000-0000", 14, ("电话", "023-0000-0000")),
        ("共 25 份", 4, ("共", "25", "份")),
        ("一二三，四", 6, ("一二", "三，四")),  # a comma never begins a line
        ("一二（三）四", 6, ("一二", "（三）", "四")),  # an opening bracket never ends one
        ("金额￥100元", 6, ("金额", "￥100", "元")),
        ("12345678901234", 6, ("123456", "789012", "34")),  # longer than a line: there is no other way
    ],
)
def test_breaks(text, width, expected):
    assert lines(text, width) == expected


@given(st.text(alphabet="重庆示例，。（）《》12 abc-￥%　", max_size=80), st.integers(2, 40))
def test_nothing_is_lost_and_everything_fits(text, width):
    broken = lines(text, width)
    assert "".join("".join(broken).split()) == "".join(text.split())
    assert all(columns(line) <= width for line in broken)


@given(st.lists(st.from_regex(r"[0-9]{1,8}", fullmatch=True), min_size=1, max_size=12), st.integers(8, 30))
def test_numbers_stay_whole(numbers, width):
    words = [word for line in lines("号".join(numbers), width) for word in line.split("号")]
    assert [word for word in words if word] == numbers
