"""What is held is never asked for again; what is lacking is said once, whole, and once for all items."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.item import Item
from kiosk.domain.material import HeldMaterial, MaterialSource, MaterialState, Requirement
from kiosk.rules.materials import Need, lacking, may_ask

TODAY = date(2026, 11, 23)
PACK = (
    Requirement(Item.SETUP, "domicile_proof"),
    Requirement(Item.SETUP, "identity_proof"),
    Requirement(Item.SEAL, "identity_proof"),
    Requirement(Item.FUND, "fund_contact"),
)
_codes = st.sampled_from(["domicile_proof", "identity_proof", "fund_contact", "articles"])
_held = st.lists(
    st.builds(
        HeldMaterial, _codes, st.sampled_from(MaterialSource), st.sampled_from(MaterialState), st.none(),
        st.none() | st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2)),
    )
)  # fmt: skip


def test_one_material_is_asked_for_once_for_all_items() -> None:
    assert lacking((Item.SETUP, Item.SEAL), PACK, (), TODAY) == (
        Need("domicile_proof", (Item.SETUP,)),
        Need("identity_proof", (Item.SETUP, Item.SEAL)),
    )


def test_what_did_not_fit_or_is_out_of_date_is_lacking() -> None:
    rejected = HeldMaterial("domicile_proof", MaterialSource.PHONE, MaterialState.REJECTED)
    last_day = HeldMaterial("identity_proof", MaterialSource.LIBRARY, valid_until=TODAY)
    assert [need.code for need in lacking((Item.SETUP,), PACK, (rejected, last_day), TODAY)] == ["domicile_proof"]
    assert may_ask("identity_proof", (last_day,), TODAY + timedelta(days=1))


@given(st.lists(st.sampled_from(Item)), st.lists(st.builds(Requirement, st.sampled_from(Item), _codes)), _held)
def test_nothing_held_is_asked_and_nothing_needed_is_forgotten(
    items: list[Item], pack: list[Requirement], held: list[HeldMaterial]
) -> None:
    asked = {(item, need.code) for need in lacking(items, pack, held, TODAY) for item in need.items}
    assert all(may_ask(code, held, TODAY) for _, code in asked)
    for one in pack:
        assert ((one.item, one.code) in asked) == (one.item in items and may_ask(one.code, held, TODAY))
    assert len({code for _, code in asked}) == len(lacking(items, pack, held, TODAY))
