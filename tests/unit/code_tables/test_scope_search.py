"""The catalogue is found by characters, everyday words, pinyin, initials, any of them mixed, and by a wrong key."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.code_tables.readings import cuttings, endings, meant
from kiosk.code_tables.scope_index import JOIN, STRIDE, ScopeIndex, build, from_bytes, to_bytes
from kiosk.code_tables.scope_places import best, span
from kiosk.code_tables.scope_search import ScopeSearch
from kiosk.code_tables.syllables import SYLLABLES
from kiosk.sandbox import packs


def _rows() -> list[dict[str, str]]:
    return list(packs.pack("business_scope").rows)


ROWS = _rows()
INDEX = build(ROWS)
SEARCH = ScopeSearch(INDEX)
SOME = list(enumerate(ROWS))[::29]  # of every block of the catalogue


def names(typed: str, limit: int = 5) -> list[str]:
    return [ROWS[place]["name"] for place in SEARCH.find(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("火锅", "火锅餐饮服务"),
        ("奶茶店", "饮品制售"),
        ("我想开奶茶店", "饮品制售"),
        ("开一家火锅店", "火锅餐饮服务"),
        ("huoguo", "火锅餐饮服务"),
        ("huog", "火锅餐饮服务"),
        ("hgcyfw", "火锅餐饮服务"),
        ("huogcyfuwu", "火锅餐饮服务"),
        ("hguocanyin", "火锅餐饮服务"),
        ("小mian", "小面快餐服务"),
        ("xiao面", "小面快餐服务"),
        ("火guo餐yin", "火锅餐饮服务"),
        ("huoguk", "火锅餐饮服务"),
        ("hupguo", "火锅餐饮服务"),
        ("houguo", "火锅餐饮服务"),
        ("lüxingshe", "旅行社服务"),
        ("ktv", "歌舞娱乐活动"),
        ("chongwu店", "宠物用品零售"),
        ("maishuiguo", "水果零售"),
        ("xiaomiann", "小面快餐服务"),
        ("yao店", "药品零售"),
        ("ＨＵＯ ＧＵＯ", "火锅餐饮服务"),
    ],
)
def test_found_first(typed: str, first: str) -> None:
    assert names(typed)[0] == first


def test_meaning_before_position() -> None:
    """What people call a thing, exactly, comes before names that only begin or hold the same characters."""
    rows = [
        {"code": "1", "name": "面馆设备销售", "pinyin": "mian guan she bei xiao shou"},
        {"code": "2", "name": "餐饮面馆管理", "pinyin": "can yin mian guan guan li"},
        {
            "code": "3", "name": "小面快餐服务", "aliases": "面馆", "pinyin": "xiao mian kuai can fu wu",
            "alias_pinyin": "mian'guan",
        },
    ]  # fmt: skip
    search = ScopeSearch(build(rows))
    assert search.find("面馆", 9) == (2, 0, 1)
    assert search.find("mianguan", 9) == (2, 0, 1)
    assert search.find("mg", 9) == (2, 0, 1)


def test_an_item_is_found_by_every_beginning_of_its_name_and_spelling() -> None:
    for place, row in SOME:
        for typed in (row["name"], row["pinyin"].replace(" ", ""), row["initials"]):
            for length in range(min(3, len(typed)), len(typed) + 1):
                assert place in SEARCH.find(typed[:length], 1000), typed[:length]


def test_an_item_is_found_with_one_neighbouring_key_in_a_long_spelling() -> None:
    near = {"a": "s", "i": "o", "n": "m", "u": "y", "o": "p", "e": "r", "g": "h", "h": "j"}
    for place, row in SOME:
        spelled = row["pinyin"].replace(" ", "")
        at = len(spelled) // 2
        if len(spelled) > 8 and spelled[at] in near:
            typed = spelled[:at] + near[spelled[at]] + spelled[at + 1 :]
            assert place in SEARCH.find(typed, 1000), typed


@given(
    st.text(max_size=50) | st.text(alphabet="abcdefghijklmnopqrstuvwxyz火锅面 '", max_size=50), st.integers(-1, 50)
)
def test_anything_may_be_typed(typed: str, limit: int) -> None:
    found = SEARCH.find(typed, limit)
    assert len(found) <= max(0, limit)
    assert len(set(found)) == len(found)


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=6))
def test_whole_syllables_can_be_read(syllables: list[str]) -> None:
    readings = cuttings("".join(syllables))
    assert readings
    for pieces in readings:
        assert "".join(pieces) == "".join(syllables)


@given(st.text(alphabet="aeghinouxz", max_size=14))
def test_every_ending_is_read_as_it_would_be_alone(letters: str) -> None:
    for at, ending in enumerate(endings(letters)):
        alone = next(iter(cuttings(letters[at:])), None)
        complete = alone is not None and all(piece in SYLLABLES for piece in alone[:-1])
        assert ending == (alone if complete else None)


def test_what_a_slip_may_have_meant() -> None:
    assert "huo" in meant("hup", "") and "guo" in meant("gou", "") and "xian" in meant("xiann", "")
    assert "hua" in meant("hu", "a") | meant("hus", "")
    for syllable in ("huo", "xiang", "e"):
        assert syllable not in meant(syllable, "") and meant(syllable, "n") <= SYLLABLES


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["characters", "pinyin", "initials"]), st.data())
def test_a_look_up_finds_what_a_look_at_every_place_finds(script: str, data: st.DataObject) -> None:
    """Wherever the written-out places lie, and however narrow the range is in which is looked."""
    places = getattr(INDEX, script)
    size, text = len(places.offsets), places.text
    near = data.draw(st.integers(0, size // STRIDE)) * STRIDE + data.draw(st.integers(-2, 2))
    offset = places.offsets[min(max(near, 0), size - 1)]
    wanted = text[offset : offset + data.draw(st.integers(1, 6))] + data.draw(st.sampled_from(["", "", "zz"]))
    low, high = span(places, wanted)
    read = [text[one : one + len(wanted)] for one in places.offsets]
    assert [at for at, one in enumerate(read) if one == wanted] == list(range(low, high))
    if low < high:
        middle = (low + high) // 2
        assert span(places, wanted, (low, middle + 1)) == (low, middle + 1)
        inside = span(places, wanted + JOIN)
        assert inside[0] == inside[1] or span(places, wanted + JOIN, (low, high)) == inside


@given(st.integers(0, 4000), st.integers(0, 4000), st.sampled_from([20, 40]))
def test_the_best_are_the_best(one: int, other: int, limit: int) -> None:
    low, high = sorted((one, other))
    places, wanted = INDEX.pinyin, sorted(INDEX.pinyin.weights[low:high])
    found = best(places, low, high, limit)
    if limit > 32:
        assert found == wanted[: limit * 4]
    assert found[:limit] == sorted(found)[:limit] and (not wanted or found[0] == wanted[0])


def _same(one: ScopeIndex, other: ScopeIndex) -> bool:
    return one == other


def test_kept_and_opened_again() -> None:
    assert _same(from_bytes(to_bytes(INDEX)), INDEX)
    assert _same(from_bytes(to_bytes(build(()))), build(()))


@pytest.mark.parametrize("spoil", ["", "short", "magic", "cut", "order"])
def test_what_is_no_index_is_said(spoil: str) -> None:
    data = to_bytes(INDEX)
    wrong = {
        "": b"", "short": data[:20], "magic": b"X" + data[1:], "cut": data[:-1],
        "order": data[:8] + (b"b" if data[8:9] == b"l" else b"l") + data[9:],
    }[spoil]  # fmt: skip
    with pytest.raises(ValueError, match="business scope"):
        from_bytes(wrong)


def test_tabs_and_line_ends_in_a_pack_do_no_harm() -> None:
    search = ScopeSearch(build([{"code": "A", "name": "修\t鞋\n店", "aliases": "补鞋", "duty": "none"}]))
    assert search.find("修鞋", 5) == (0,)
    assert search.find("补鞋", 5) == (0,)
    assert len(build([{"code": "A", "name": "修\t鞋\n店"}]).rows[0].split("\t")) == 6
