"""When a code counts as read."""

from drivers.code_scanner.decode import Found
from drivers.code_scanner.sightings import Sightings
from kiosk.contracts.code_scanner import Symbology

SLIP, OTHER = Found(b"QB1.a", Symbology.QR), Found(b"QB1.b", Symbology.QR)
BAR, MISREAD = Found(b"BL-1", Symbology.CODE128), Found(b"BL-7", Symbology.CODE128)


def test_a_qr_code_counts_at_first_sight() -> None:
    assert Sightings().see([SLIP], False, 0.0) == SLIP


def test_a_bar_code_counts_when_seen_twice_alike() -> None:
    seen = Sightings()
    assert seen.see([MISREAD], False, 0.0) is None
    assert seen.see([BAR], False, 0.1) is None
    assert seen.see([BAR], False, 0.2) == BAR


def test_two_sightings_far_apart_do_not_count() -> None:
    seen = Sightings()
    assert seen.see([BAR], False, 0.0) is None
    assert seen.see([BAR], False, 1.5) is None
    assert seen.see([BAR], False, 1.6) == BAR


def test_the_same_code_is_not_reported_twice_within_a_second() -> None:
    seen = Sightings()
    assert seen.see([SLIP], False, 10.0) == SLIP
    seen.begin()
    assert seen.see([SLIP], False, 10.9) is None
    assert seen.see([OTHER], False, 10.95) == OTHER
    assert seen.see([SLIP], False, 11.0) == SLIP


def test_a_slip_goes_before_the_bar_code_beside_it() -> None:
    seen = Sightings()
    seen.see([BAR], False, 0.0)
    assert seen.see([BAR, SLIP], False, 0.1) == SLIP


def test_damage_is_believed_when_it_stays() -> None:
    seen = Sightings()
    for at in (0.0, 0.1):
        seen.see([], True, at)
        assert not seen.unreadable
    seen.see([], True, 0.2)
    assert seen.unreadable
    seen.begin()
    assert not seen.unreadable
