"""The pre-check of names: every reason at once, each by itself, and never a claim that only the register can make."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.code_tables import name_words
from kiosk.code_tables.divisions import current_divisions
from kiosk.domain.case import CompanyName, CompanyType, NameOrder, OrgForm
from kiosk.domain.finding import Severity
from kiosk.domain.ids import DivisionCode
from kiosk.rules.enterprise_name import (
    NameLevel,
    NameLook,
    NamePrecheck,
    NameReason,
    NameSituation,
    forms_of,
    precheck,
)
from kiosk.rules.name_districts import PlaceKind, offered, place_of
from kiosk.rules.name_likeness import KnownAs, KnownName, Likeness, likeness, same_trade
from kiosk.rules.name_suggestions import suggest

GOOD = CompanyName("重庆", "示例", "餐饮管理")
HERE = NameSituation(CompanyType.LLC_SOLE, DivisionCode("500103"), "6210")
SOME = st.text(alphabet="示例渝味中国南岸国家餐饮科技公安（）(a1 \n䶮𠮷㼆", max_size=8)


def codes(result: NamePrecheck) -> list[str]:
    return [reason.code for reason in result.reasons]


def looked(trade: str = "示例", **changes: str) -> NamePrecheck:
    return precheck(replace(GOOD, trade=trade, **changes), HERE)


# --- composing ---
def test_the_three_orders() -> None:
    assert GOOD.full == "重庆示例餐饮管理有限公司"
    assert replace(GOOD, order=NameOrder.DISTRICT_SECOND).full == "示例（重庆）餐饮管理有限公司"
    assert replace(GOOD, order=NameOrder.DISTRICT_THIRD).full == "示例餐饮管理（重庆）有限公司"
    assert CompanyName(trade="示例", industry="餐饮管理") == GOOD


@settings(deadline=None)  # the first call reads the tables
@given(SOME, SOME, SOME, st.sampled_from(OrgForm), st.sampled_from(NameOrder))
def test_every_part_is_in_the_whole_exactly_as_given(
    district: str, trade: str, industry: str, form: OrgForm, order: NameOrder
) -> None:
    full = CompanyName(district, trade, industry, form, order).full
    assert trade in full and industry in full and district in full and full.endswith(form.value)
    brackets = 2 if order is not NameOrder.DISTRICT_FIRST else 0
    assert len(full) == len(district + trade + industry + form.value) + brackets


# --- each reason by itself ---
BREAKERS: tuple[tuple[str, NameLook, NameLevel, dict[str, str]], ...] = (
    ("name-letters", NameLook.CHARACTERS, NameLevel.STOP, {"industry": "餐饮A"}),
    ("name-letters", NameLook.CHARACTERS, NameLevel.STOP, {"industry": "餐饮８"}),
    ("name-brackets", NameLook.CHARACTERS, NameLevel.STOP, {"industry": "餐饮（"}),
    ("name-characters", NameLook.CHARACTERS, NameLevel.STOP, {"industry": "餐饮·"}),
    ("name-characters", NameLook.CHARACTERS, NameLevel.STOP, {"industry": "餐饮の"}),
    ("name-traditional", NameLook.CHARACTERS, NameLevel.WARN, {"trade": "國味"}),
    ("name-trade-form", NameLook.LENGTH, NameLevel.STOP, {"trade": "例"}),
    ("name-trade-form", NameLook.LENGTH, NameLevel.STOP, {"trade": ""}),
    ("name-too-long", NameLook.LENGTH, NameLevel.STOP, {"trade": "长" * 55}),
    ("name-district-missing", NameLook.DISTRICT, NameLevel.STOP, {"district": ""}),
    ("name-district-unknown", NameLook.DISTRICT, NameLevel.STOP, {"district": "火星"}),
    ("name-district-alone", NameLook.DISTRICT, NameLevel.STOP, {"district": "渝中区"}),
    ("name-district-ended", NameLook.DISTRICT, NameLevel.STOP, {"district": "重庆市江北区"}),
    ("name-district-elsewhere", NameLook.DISTRICT, NameLevel.STOP, {"district": "巫山县"}),
    ("name-district-elsewhere", NameLook.DISTRICT, NameLevel.STOP, {"district": "重庆北碚"}),
    ("name-trade-place", NameLook.TRADE, NameLevel.STOP, {"trade": "北碚"}),
    ("name-trade-place", NameLook.TRADE, NameLevel.STOP, {"trade": "四川"}),
    ("name-trade-place", NameLook.TRADE, NameLevel.STOP, {"trade": "南岸区"}),
    ("name-trade-place-meaning", NameLook.TRADE, NameLevel.WARN, {"trade": "长寿"}),
    ("name-trade-place-meaning", NameLook.TRADE, NameLevel.WARN, {"trade": "江北"}),
    ("name-trade-industry", NameLook.TRADE, NameLevel.STOP, {"trade": "火锅"}),
    ("name-industry-missing", NameLook.INDUSTRY, NameLevel.STOP, {"industry": ""}),
    ("name-industry-scope", NameLook.INDUSTRY, NameLevel.WARN, {"industry": "软件"}),
    ("name-word-state", NameLook.WORDS, NameLevel.STOP, {"trade": "中华味"}),
    ("name-word-state", NameLook.WORDS, NameLevel.WARN, {"industry": "中国画"}),
    ("name-word-authority", NameLook.WORDS, NameLevel.STOP, {"trade": "公安味"}),
    ("name-word-foreign", NameLook.WORDS, NameLevel.STOP, {"trade": "法国味"}),
    ("name-word-foreign", NameLook.WORDS, NameLevel.WARN, {"industry": "韩国料理"}),
    ("name-word-harmful", NameLook.WORDS, NameLevel.STOP, {"trade": "赌味"}),
    ("name-word-misleading", NameLook.WORDS, NameLevel.STOP, {"trade": "第一味"}),
    ("name-word-permit", NameLook.WORDS, NameLevel.WARN, {"trade": "银行边"}),
    ("name-word-form", NameLook.WORDS, NameLevel.STOP, {"trade": "示例公司"}),
    ("name-word-across", NameLook.WORDS, NameLevel.WARN, {"trade": "渝公", "industry": "安防"}),
)  # fmt: skip


def test_a_good_name_has_no_reason_and_is_still_preliminary() -> None:
    result = looked()
    assert result.reasons == () and result.level is NameLevel.PASS
    assert all(result.of(look) is NameLevel.PASS for look in NameLook)
    assert result.preliminary is True


@pytest.mark.parametrize(("code", "look", "level", "changes"), BREAKERS)
def test_each_reason_alone(code: str, look: NameLook, level: NameLevel, changes: dict[str, str]) -> None:
    result = looked(**changes)
    assert codes(result) == [code]
    assert result.of(look) is level is result.level
    assert all(result.of(other) is NameLevel.PASS for other in NameLook if other is not look)
    assert result.preliminary is True


def test_all_reasons_at_once() -> None:
    result = precheck(CompanyName("渝中区", "中国赌A", "软件（"), replace(HERE, division="500109"))  # type: ignore[arg-type]
    assert codes(result) == [
        "name-letters", "name-brackets", "name-trade-form", "name-district-alone", "name-district-elsewhere",
        "name-word-state", "name-word-harmful",
    ]  # fmt: skip
    assert result.level is NameLevel.STOP


PARTS = {
    "district": ("", "火星", "渝中区", "巫山县", "重庆市江北区"),
    "trade": ("例", "北碚", "四川", "长寿", "火锅", "中华味", "公安味", "第一味"),
    "industry": ("", "软件", "餐饮A", "韩国料理", "中国画"),
}


@settings(deadline=None)  # the first call reads the tables
@given(st.fixed_dictionaries({}, optional={part: st.sampled_from(values) for part, values in PARTS.items()}))
def test_broken_parts_tell_exactly_their_own_reasons(broken: dict[str, str]) -> None:
    """Parts are independent: the reasons of several broken parts are those of each, no more and no fewer."""
    alone = [codes(looked(**{part: value})) for part, value in broken.items()]
    assert sorted(codes(looked(**broken))) == sorted(code for one in alone for code in one)


def test_the_state_in_front_of_the_whole_name() -> None:
    china = CompanyName("", "中国味", "餐饮")
    told = [r for r in precheck(china, HERE).reasons if r.code == "name-word-state"]
    assert told == [NameReason("name-word-state", Severity.STOP, "中国", "第十二条")]


def test_every_listed_word_is_found_where_it_counts_with_its_article() -> None:
    for row in name_words.words():
        industry = row.place is name_words.WordPlace.INDUSTRY
        name = replace(GOOD, industry=f"饰{row.word}") if industry else replace(GOOD, trade=f"饰{row.word}")
        if row.place is name_words.WordPlace.START:
            name = replace(GOOD, district="", trade=f"{row.word}饰")
        told = NameReason(f"name-word-{row.category.value}", row.severity, row.word, row.article)
        assert told in precheck(name).reasons, row
        assert row.article


def test_rare_characters_of_the_national_standard_are_characters() -> None:
    assert codes(looked("䶮𠮷㼆")) == []
    assert codes(looked("\U00030000\U000323af")) == []
    assert looked("䶮𠮷").sounds_known and not looked("示\U00030000").sounds_known
    assert codes(looked("示\uf900")) == [
        "name-characters",
        "name-trade-form",
    ]  # a compatibility form, not the character


@pytest.mark.parametrize("length", [53, 54])
def test_the_longest_name(length: int) -> None:
    name = replace(GOOD, trade="长" * length)
    assert len(name.full) == length + 10
    assert ("name-too-long" in codes(precheck(name))) is (length > 54)


def test_the_ending_fits_the_company_type(monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked().of(NameLook.FORM) is NameLevel.PASS
    monkeypatch.setattr(name_words, "forms", lambda: {"有限公司": ("1130",), "有限责任公司": ("1151",)})
    assert codes(looked()) == ["name-form-type"]
    monkeypatch.setattr(name_words, "forms", lambda: {"有限公司": ("1130",), "号": ("1151",)})
    assert codes(looked()) == []  # an ending that the form cannot say is nobody's mistake here


def test_an_individual_business_is_never_called_a_company() -> None:
    own = replace(HERE, company_type=CompanyType.INDIVIDUAL)
    for one in OrgForm:
        company = "公司" in one.value
        told = [reason.code for reason in precheck(replace(GOOD, form=one), own).reasons]
        assert told == (["name-form-individual"] if company else []), one
        assert (one in forms_of(CompanyType.INDIVIDUAL)) is not company
        assert (one in forms_of(CompanyType.LLC_SOLE)) is company
    assert codes(precheck(replace(GOOD, trade="公司示例", form=OrgForm.STORE), own)) == ["name-word-form"]


@settings(deadline=None)  # the first call reads the tables
@given(SOME | st.text(max_size=70), SOME | st.text(max_size=9), SOME, st.sampled_from(NameOrder), SOME)
def test_anything_may_be_typed(trade: str, industry: str, district: str, order: NameOrder, tried: str) -> None:
    name = CompanyName(district, trade, industry, order=order)
    situation = replace(HERE, known=(KnownName(replace(GOOD, trade=tried)),))
    result = precheck(name, situation)
    assert result.preliminary is True
    assert result == precheck(name, situation)
    assert len(set(result.reasons)) == len(result.reasons)
    if not all(name_words.is_hanzi(c) for c in trade) or len(trade) < 2:
        assert result.level is NameLevel.STOP


# --- places ---
def test_places_of_every_division() -> None:
    for division in current_divisions():
        texts = offered(division.code)
        assert texts[:2] == ("重庆市", "重庆") and f"重庆市{division.name}" in texts
        for text in texts:
            result = precheck(replace(GOOD, district=text), replace(HERE, division=division.code))
            assert result.of(NameLook.DISTRICT) is NameLevel.PASS, text
    assert offered(DivisionCode("")) == ("重庆市", "重庆")


def test_what_a_text_means_as_a_place() -> None:
    def kind(text: str) -> PlaceKind | None:
        place = place_of(text)
        return place.kind if place else None

    assert kind("渝北区") is kind("重庆渝北") is kind("开县") is PlaceKind.ENDED
    assert kind("铜梁") is kind("铜梁区") is PlaceKind.ALONE  # the district of today, not the county of before
    assert kind("忠县") is kind("石柱") is PlaceKind.COUNTY
    assert kind("忠") is kind("两江新") is kind("市辖区") is None


# --- likeness ---
@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("示例", "示例", Likeness.SAME),
        ("示例", "事力", Likeness.SOUND),
        ("重阳", "虫羊", Likeness.SOUND),
        ("重量", "众亮", Likeness.SOUND),  # 重 is read in two ways
        ("示例", "例示", Likeness.REVERSED),
        ("示例", "老示例", Likeness.CONTAINS),
        ("山城味", "山城香", Likeness.ONE_DIFFERS),
        ("示例", "示范", None),  # two characters: one of two is no likeness
        ("䶮𠮷", "言吉", Likeness.SOUND),
        ("示\U00030000", "事\U00030000", Likeness.SOUND),
        ("示\U00030000", "示例", None),
        ("", "示例", None),
    ],
)
def test_likeness(one: str, other: str, found: Likeness | None) -> None:
    assert likeness(one, other) is found
    assert likeness(other, one) is found


@settings(deadline=None)  # the first call reads the tables
@given(SOME, SOME)
def test_likeness_does_not_depend_on_who_was_first(one: str, other: str) -> None:
    assert likeness(one, other) is likeness(other, one)


def test_names_of_this_visit_warn_and_never_stop() -> None:
    def against(trade: str, known_as: KnownAs = KnownAs.TRIED, industry: str = "餐饮") -> NamePrecheck:
        known = (KnownName(CompanyName("重庆", trade, industry), known_as),)
        return precheck(GOOD, replace(HERE, known=known))

    for trade, code in (("事力", "sound"), ("例示", "reversed"), ("老示例", "contains")):
        result = against(trade)
        assert codes(result) == [f"name-like-{code}"] and result.level is NameLevel.WARN
        assert result.reasons[0].about == trade
    assert codes(against("示例")) == []  # the name that is being tried is no reason against itself
    assert codes(against("示例", KnownAs.REFUSED)) == ["name-like-refused"]
    assert codes(against("示例", KnownAs.HELD)) == ["name-like-held"]
    assert codes(against("事力", industry="软件")) == []  # another line of business


def test_lines_of_business() -> None:
    assert same_trade("餐饮", "火锅") and same_trade("火锅", "餐饮")
    assert same_trade("餐饮", "没听过") and not same_trade("餐饮", "软件")


# --- suggestions ---
@settings(deadline=None)  # the first call reads the tables
@given(
    st.sampled_from(["示例", "山城味", "䶮𠮷", "嘉和", "南岸", "中国味", "例", "A1"]),
    st.sampled_from(NameOrder),
    st.sampled_from(["500103", "500233", ""]),
    st.lists(st.sampled_from(["示例", "渝示例", "山城味"]), max_size=3),
    st.text(max_size=4),
    st.integers(0, 9),
)
def test_suggestions_pass_and_were_not_refused(
    trade: str, order: NameOrder, division: str, refused: list[str], seed: str, limit: int
) -> None:
    known = tuple(KnownName(replace(GOOD, trade=one), KnownAs.REFUSED) for one in refused)
    situation = NameSituation(CompanyType.LLC_SOLE, DivisionCode(division), "6210", known)
    wanted = replace(GOOD, trade=trade, order=order)
    found = suggest(wanted, situation, seed, limit)
    assert found == suggest(wanted, situation, seed, limit)
    assert len(found) <= limit and len({one.full for one in found}) == len(found)
    for one in found:
        assert one.full != wanted.full and one.full not in {k.name.full for k in known}
        assert one.trade not in refused
        assert precheck(one, situation).level is NameLevel.PASS


def test_a_free_beginning_gets_suggestions_of_every_kind() -> None:
    found = suggest(GOOD, HERE, "1")
    assert len(found) == 6
    assert any(one.trade != "示例" for one in found)
    assert any(one.order is not NameOrder.DISTRICT_FIRST for one in found)
    assert any("渝中" in one.district for one in found)
    assert suggest(GOOD, HERE, "2") != found


@pytest.mark.parametrize("trade", ["示例", "山城味", "䶮𠮷"])
def test_after_a_refusal_there_are_still_suggestions_and_none_is_alike(trade: str) -> None:
    refused = replace(GOOD, trade=trade)
    found = suggest(refused, replace(HERE, known=(KnownName(refused, KnownAs.REFUSED),)))
    assert len(found) == 6
    assert all(likeness(one.trade, trade) is None for one in found)


def test_nothing_is_built_on_a_forbidden_word() -> None:
    assert suggest(replace(GOOD, trade="中国味"), HERE) == ()
    assert suggest(replace(GOOD, trade="例"), HERE) == ()
