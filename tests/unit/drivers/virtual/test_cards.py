"""The records on virtual cards, measured by the layouts' offsets and not by the code that wrote them."""

from pathlib import Path

import pytest

from drivers.virtual.cards import load_cards, odd_card
from drivers.virtual.device import BenchError

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CARDS = load_cards()


def field(key: str, offset: int, length: int) -> str:
    return CARDS[key].record[offset : offset + length].decode("utf-16-le").rstrip(" ")


def digit_is_right(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return number[17] == "10X98765432"[total % 11]


def test_every_card_has_the_sizes_of_the_wire() -> None:
    for card in CARDS.values():
        assert len(card.record) == 256
        assert len(card.photo) == 1024
        assert card.photo.startswith(b"WLf")


def test_photos_differ_between_cards_and_never_between_runs() -> None:
    assert len({card.photo for card in CARDS.values()}) == len(CARDS)
    assert load_cards()["wang"].photo == CARDS["wang"].photo


def test_a_resident_stands_at_the_offsets_of_the_layout() -> None:
    assert field("wang", 0, 30) == "王测试"
    assert field("wang", 30, 2) == "2"
    assert field("wang", 32, 4) == "01"
    assert field("wang", 36, 16) == "19850412"
    assert field("wang", 52, 70).startswith("重庆市渝中区示例路")
    assert field("wang", 122, 36)[6:14] == "19850412"
    assert field("wang", 158, 30) == "重庆市公安局渝中区分局"
    assert (field("wang", 188, 16), field("wang", 204, 16)) == ("20200101", "20400101")
    assert CARDS["wang"].record[248:250] == b"\x20\x00"
    assert field("zhao", 204, 16) == "长期"
    assert field("expired", 204, 16) == "20241231"


def test_the_type_mark_stands_at_byte_248() -> None:
    marks = {
        key: CARDS[key].record[248:250].decode("utf-16-le") for key in ("hmt", "foreigner_2017", "foreigner_2023")
    }
    assert marks == {"hmt": "J", "foreigner_2017": "I", "foreigner_2023": "Y"}
    assert odd_card("unknown_flag").record[248:250].decode("utf-16-le") not in " JIY"


def test_other_layouts_stand_at_their_offsets() -> None:
    assert field("hmt", 220, 18) == "H00000001"
    assert field("foreigner_2017", 122, 30) == "CAN500080010712"
    assert field("foreigner_2017", 158, 30) == "马样例"
    assert field("foreigner_2023", 122, 36).startswith("9")
    assert (
        field("foreigner_2023", 52, 70) + field("foreigner_2023", 220, 22)
        == "EXAMPLE-TESTPERSON, ALEXANDER MAXIMILIAN J"
    )


@pytest.mark.parametrize("key", ["wang", "li", "zhao", "expired", "damaged", "hmt", "foreigner_2023"])
def test_numbers_carry_their_check_digit(key: str) -> None:
    assert digit_is_right(field(key, 122, 36))


def test_one_card_has_a_wrong_check_digit_on_purpose() -> None:
    assert not digit_is_right(field("wrong_digit", 122, 36))


def test_further_cards_come_from_a_file(tmp_path: Path) -> None:
    extra = tmp_path / "more.toml"
    extra.write_text('[guest]\nlayout = "resident"\nname = "客样本"\n', "utf-8")
    assert "guest" in load_cards(extra)


@pytest.mark.parametrize(
    "text",
    [
        "[a]\nlayout = 'none'",
        "[a]\nlayout = 'resident'\nhat = 'x'",
        "a = 1",
        "[a",
        f"[a]\nlayout='resident'\nname='{'长' * 16}'",
    ],
)
def test_a_bad_file_of_cards_is_named_in_one_line(tmp_path: Path, text: str) -> None:
    extra = tmp_path / "more.toml"
    extra.write_text(text, "utf-8")
    with pytest.raises(BenchError) as caught:
        load_cards(extra)
    assert "\n" not in str(caught.value)
