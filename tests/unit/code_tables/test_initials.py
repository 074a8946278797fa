"""Words are found by the first letters of their reading."""

import pytest

from kiosk.code_tables.initials import fits, initials, rank


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("叫下一位", "jxyw"), ("过号", "gh"), ("转窗口", "zck"), ("一次性告知", "ycxgz"), ("暂停窗口", "ztck"),
        ("啊", "a"), ("座", "z"), ("A017 号", "a017h"), ("F2", "f2"), ("龘", ""), ("，。", ""), ("", ""),
    ],
)  # fmt: skip
def test_initials(text: str, short: str) -> None:
    assert initials(text) == short


def test_what_fits_and_what_is_nearest() -> None:
    assert fits("jx", "叫下一位") and fits("JW", "叫下一位") and fits("下一", "叫下一位") and fits("", "叫下一位")
    assert fits("cl nxt", "Call next") and not fits("xj", "叫下一位") and not fits("zzz", "叫下一位")
    found = sorted(("再叫一次", "叫下一位", "交件"), key=lambda words: rank("jx", words))
    assert found[0] == "叫下一位"
