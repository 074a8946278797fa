"""The text block of the four certificates: every layout, every damage."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.id_card_reader.record import RecordError, UnknownCardError, kind_of, parse
from kiosk.domain.identity_card import CardKind, IdentityCard

from .sdt_bytes import ALL, FOREIGN_2017, FOREIGN_2023, HMT, PHOTO, RESIDENT, block, number


def same(card: IdentityCard, **wanted: object) -> None:
    for key, value in wanted.items():
        assert getattr(card, key) == value, key


@pytest.mark.parametrize("pad", [" ", "\0"])
def test_resident_card(pad: str) -> None:
    same(
        parse(block(RESIDENT, pad), PHOTO),
        kind=CardKind.RESIDENT,
        name="王测试",
        sex="2",
        ethnic_code="01",
        birth=date(1985, 4, 12),
        address="重庆市渝中区示例路1号",
        number=number("50010319850412001"),
        authority="重庆市公安局渝中区分局",
        valid_from=date(2020, 1, 1),
        valid_until=date(2040, 1, 1),
        photo=PHOTO,
    )


def test_published_bytes_of_a_name() -> None:
    assert block({0: (30, "张三")})[:30].hex() == "205f094e" + "2000" * 13


def test_long_term() -> None:
    assert parse(block(RESIDENT | {204: (16, "长期")})).valid_until is None


def test_residence_permit_of_hong_kong_macao_and_taiwan() -> None:
    same(
        parse(block(HMT)),
        kind=CardKind.HMT_RESIDENCE,
        name="陈样例",
        ethnic_code="",
        number=number("81000019850412001"),
    )


def test_permanent_residence_2017() -> None:
    same(
        parse(block(FOREIGN_2017)),
        kind=CardKind.FOREIGN_2017,
        name="示例",
        name_en="SAMPLE, PERSON ONE",
        sex="1",
        number="CAN110080010110",
        birth=date(1980, 1, 1),
        authority="1500",
        valid_until=date(2028, 1, 1),
    )
    assert parse(block(FOREIGN_2017 | {158: (30, "")})).name == "SAMPLE, PERSON ONE"


def test_permanent_residence_2023() -> None:
    same(
        parse(block(FOREIGN_2023)),
        kind=CardKind.FOREIGN_2023,
        name="示例",
        name_en="SAMPLE, PERSON WITH A VERY LONG NAME INDEED",
        sex="1",
        number=number("91115619800107002"),
        birth=date(1980, 1, 7),
        valid_from=date(2024, 1, 1),
    )


@pytest.mark.parametrize("mark", ["K", "j", "中", "\x01", "\uffff"])
def test_unknown_mark_is_another_card(mark: str) -> None:
    with pytest.raises(UnknownCardError) as caught:
        kind_of(block(RESIDENT | {248: (2, mark)}))
    assert caught.value.mark == ord(mark)


@pytest.mark.parametrize("size", [0, 1, 249, 255, 257])
def test_block_of_another_size(size: int) -> None:
    with pytest.raises(RecordError) as caught:
        parse((block(RESIDENT) + b" ")[:size])
    assert caught.value.field == "block"


WRONG = number("50010319850412001")[:17] + ("0" if number("50010319850412001")[17] != "0" else "1")
DAMAGE = [
    (RESIDENT, 0, 30, "", "name"),
    (RESIDENT, 0, 30, "王\ufffd试", "name"),
    (RESIDENT, 0, 30, "王\n试", "name"),
    (RESIDENT, 0, 30, "王\x00试", "name"),
    (RESIDENT, 30, 2, "3", "sex"),
    (RESIDENT, 32, 4, "", "ethnic"),
    (RESIDENT, 32, 4, "٠١", "ethnic"),
    (RESIDENT, 36, 16, "19850431", "birth"),
    (RESIDENT, 36, 16, "19850413", "birth"),
    (RESIDENT, 36, 16, "１９８５0412", "birth"),
    (RESIDENT, 52, 70, "", "address"),
    (RESIDENT, 122, 36, WRONG, "number"),
    (RESIDENT, 122, 36, "500103198504120", "number"),
    (RESIDENT, 158, 30, "", "authority"),
    (RESIDENT, 188, 16, "长期", "valid_from"),
    (RESIDENT, 188, 16, "20401231", "valid_until"),
    (RESIDENT, 204, 16, "", "valid_until"),
    (RESIDENT, 204, 16, "长期有效", "valid_until"),
    (HMT, 122, 36, number("81000019850413001"), "birth"),
    (FOREIGN_2017, 0, 120, "", "name_en"),
    (FOREIGN_2017, 122, 30, "CA1110080010110", "number"),
    (FOREIGN_2017, 220, 16, "", "birth"),
    (FOREIGN_2023, 122, 36, number("51115619800107002"), "number"),
    (FOREIGN_2023, 52, 70, "", "name_en"),
]


@pytest.mark.parametrize(("card", "at", "size", "text", "field"), DAMAGE)
def test_damage_is_named_by_its_field_and_never_quoted(
    card: dict[int, tuple[int, str]], at: int, size: int, text: str, field: str
) -> None:
    fields = card | {at: (size, text)}
    if field == "name_en":
        fields |= {220: (22, "")} if card is FOREIGN_2023 else {}
    with pytest.raises(RecordError) as caught:
        parse(block(fields))
    assert caught.value.field == field
    assert str(caught.value) == field


def test_half_a_character_is_damage() -> None:
    raw = bytearray(block(RESIDENT))
    raw[2:4] = b"\x00\xd8"
    with pytest.raises(RecordError):
        parse(bytes(raw))


@given(st.sampled_from(sorted(ALL)), st.lists(st.tuples(st.integers(0, 255), st.integers(1, 255)), max_size=6))
def test_flipped_bytes_give_a_card_or_the_records_own_errors(which: str, flips: list[tuple[int, int]]) -> None:
    raw = bytearray(block(ALL[which]))
    for at, value in flips:
        raw[at] ^= value
    try:
        card = parse(bytes(raw))
    except (RecordError, UnknownCardError):
        return
    assert card.name
    assert card.valid_until is None or card.valid_from <= card.valid_until


@given(st.binary(min_size=256, max_size=256))
def test_any_block_gives_a_card_or_the_records_own_errors(raw: bytes) -> None:
    with pytest.raises((RecordError, UnknownCardError)):
        parse(raw)


@given(st.text(st.characters(codec="utf-16-le", min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=15))
def test_any_name_comes_back(name: str) -> None:
    assert parse(block(RESIDENT | {0: (30, name)})).name == name
