"""The sentence of the business scope: known answers, back and forth, and what it refuses to pass over."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables.scope_grammar import national
from kiosk.domain.case import PermitDuty, ScopePick
from kiosk.domain.ids import ScopeCode
from kiosk.rules.business_scope import (
    ScopeNames,
    check,
    duties,
    industry_word,
    main_item,
    of_names,
    read,
    sentence,
)

GENERAL = "（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
PERMIT = "（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）"
NATIONAL = national()
LONGEST = 1000
NONE, BEFORE, AFTER, NOTICE = PermitDuty.NONE, PermitDuty.BEFORE, PermitDuty.AFTER, PermitDuty.NOTICE


def pick(name: str, duty: PermitDuty = NONE, permit: str = "") -> ScopePick:
    return ScopePick(ScopeCode(f"SAMPLE-{name}"), name, duty, permit, "6210")


NAMES = st.lists(
    st.text(alphabet="火锅面馆零售批发服务软件", min_size=1, max_size=8) | st.just("图书零售（音像；期刊除外）"),
    min_size=1, max_size=12, unique=True,
)  # fmt: skip
PICKS = NAMES.flatmap(
    lambda names: st.tuples(*(st.builds(pick, st.just(name), st.sampled_from(PermitDuty)) for name in names)).map(
        list
    )
)


def test_the_group_of_the_first_pick_comes_first() -> None:
    cook, advise = pick("正餐服务", AFTER), pick("餐饮管理")
    assert sentence([advise, cook]) == f"一般项目：餐饮管理{GENERAL} 许可项目：正餐服务{PERMIT}"
    assert sentence([cook, advise]) == f"许可项目：正餐服务{PERMIT} 一般项目：餐饮管理{GENERAL}"


def test_one_group_alone_and_nothing() -> None:
    assert (
        sentence([pick("水果零售"), pick("预包装食品销售", NOTICE)]) == f"一般项目：水果零售；预包装食品销售{GENERAL}"
    )
    assert sentence([pick("正餐服务", AFTER)]) == f"许可项目：正餐服务{PERMIT}"
    assert sentence([]) == ""
    assert main_item([]) is None


def test_another_separator_is_a_matter_of_the_office() -> None:
    with_comma = replace(NATIONAL, separator="，")
    text = sentence([pick("水果零售"), pick("茶叶零售")], with_comma)
    assert text == f"一般项目：水果零售，茶叶零售{GENERAL}"
    assert read(text, with_comma) == ScopeNames(("水果零售", "茶叶零售"))


def test_the_main_item_gives_class_and_word() -> None:
    main = main_item([pick("火锅餐饮服务", AFTER), pick("餐饮管理")])
    assert main is not None
    assert main.industry_code == "6210"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("火锅餐饮服务", "火锅餐饮"),
        ("餐饮管理", "餐饮管理"),
        ("健康咨询服务（不含诊疗）", "健康咨询"),
        ("女装互联网销售", "女装"),
        ("翻译服务", "翻译"),
        ("软件开发", "软件开发"),
        ("书零售", "书零售"),
    ],
)
def test_the_word_for_the_name(name: str, word: str) -> None:
    assert industry_word(pick(name)) == word


@given(PICKS)
def test_read_back_as_it_was_composed(picks: list[ScopePick]) -> None:
    names = read(sentence(picks))
    assert names is not None
    permit = [one.name for one in picks if one.duty in (BEFORE, AFTER)]
    assert list(names.permit) == permit
    assert list(names.general) == [one.name for one in picks if one.name not in permit]
    assert names.permit_first == (picks[0].name in permit)
    assert of_names(names) == sentence(picks)


@given(PICKS, st.data())
def test_order_inside_a_group_is_the_picks_and_only_the_first_moves_groups(
    picks: list[ScopePick], data: st.DataObject
) -> None:
    mixed = [picks[0], *data.draw(st.permutations(picks[1:]))]
    first, second = sentence(picks), sentence(mixed)
    assert len(first) == len(second)
    assert first[:5] == second[:5]


@given(PICKS)
def test_twice_picked_is_told_and_named_once(picks: list[ScopePick]) -> None:
    assert sentence([*picks, picks[0]]) == sentence(picks)
    assert "scope-twice" in {one.code for one in check([*picks, picks[0]])}
    assert "scope-twice" not in {one.code for one in check(picks)}


@pytest.mark.parametrize(
    "text", ["", "火锅", "一般项目：", "一般项目：火锅", f"一般项目：火锅{PERMIT}", "，", GENERAL]
)
def test_what_is_no_such_sentence_is_not_guessed(text: str) -> None:
    assert read(text) is None


@given(st.text(alphabet="一般许可项目：；（）;火锅 \n", max_size=40))
def test_any_text_may_be_read(text: str) -> None:
    read(text)
    read(NATIONAL.general_head + text + NATIONAL.general_tail)


def test_a_licence_written_by_hand_is_read() -> None:
    text = f" 许可项目：正餐服务 ; 小吃服务{PERMIT}\n一般项目：图书零售（音像；期刊除外）；餐饮管理{GENERAL}"
    assert read(text) == ScopeNames(
        ("图书零售（音像；期刊除外）", "餐饮管理"), ("正餐服务", "小吃服务"), permit_first=True
    )


def test_a_permit_that_comes_first_stops_and_is_told_by_item() -> None:
    picks = [pick("餐饮管理"), pick("典当", BEFORE, "典当经营许可证"), pick("保安服务", BEFORE, "保安服务许可证")]
    assert [(one.code, one.about) for one in check(picks)] == [
        ("scope-pre-permit", "SAMPLE-典当"),
        ("scope-pre-permit", "SAMPLE-保安服务"),
    ]
    assert check([pick("正餐服务", AFTER, "食品经营许可证"), pick("开锁服务", NOTICE)]) == ()


def test_a_thousand_characters_fit_and_one_more_does_not() -> None:
    room = LONGEST - len(sentence([pick("")]))
    assert check([pick("面" * room)]) == ()
    (told,) = check([pick("面" * (room + 1))])
    assert (told.code, told.about) == ("scope-too-long", str(LONGEST + 1))


def test_nothing_picked() -> None:
    assert [one.code for one in check(())] == ["scope-missing"]


def test_what_is_still_to_do_begins_with_what_stops() -> None:
    told = duties(
        [
            pick("正餐服务", AFTER, "食品经营许可证"),
            pick("餐饮管理"),
            pick("典当", BEFORE, "典当经营许可证"),
            pick("旧车销售", NOTICE),
        ]
    )
    assert [(one.pick.name, one.key, one.stops) for one in told] == [
        ("典当", "before_named", True),
        ("正餐服务", "after_named", False),
        ("旧车销售", "notice", False),
    ]
