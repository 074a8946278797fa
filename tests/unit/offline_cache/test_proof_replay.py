"""Where the power is cut."""

import pytest

from offline_cache.proof.disk import SimulatedDisk
from offline_cache.proof.events import Event, Made, Promised, Removed, Wrote
from offline_cache.proof.recorder import ProofError
from offline_cache.proof.replay import Tally, cuts

_CALLS: list[Event] = [Made("f")]
for _number in range(20):
    _CALLS += [Wrote("f", _number, bytes([_number + 1]))] * 9 + [Promised(str(_number))]


def _places(count: int, seed: int) -> list[tuple[int, int]]:
    """For each cut: promises given, and bytes that had been written."""
    left = [(cut.promised, cut.left) for cut in cuts(_CALLS, count, seed, killed=True)]
    return [(promised, len(files.get("f") or b"")) for promised, files in left]


def test_as_many_as_asked_and_the_same_again() -> None:
    assert _places(50, 1) == _places(50, 1) != _places(50, 2)
    assert len(_places(50, 1)) == 50


def test_every_act_is_met_before_and_behind_its_promise() -> None:
    places = set(_places(600, 1))
    for number in range(20):
        assert (number, number + 1) in places  # written, and nobody told
        assert (number + 1, number + 1) in places  # told


def test_the_whole_recording_is_met() -> None:
    places = _places(200, 3)
    assert places == sorted(places) and places[0] == (0, 0) and places[-1] == (20, 20)


def test_a_recording_that_does_not_fit_together_is_no_proof() -> None:
    for wrong in (Wrote("unknown", 0, b"x"), Removed("folder/unknown")):
        with pytest.raises(ProofError, match="does not fit"):
            list(cuts([Made("f"), wrong, Promised("x")], 10, 1))


def test_no_cut_is_no_proof() -> None:
    assert not Tally(0).sound and Tally(1).sound
    assert not any(Tally(9, **{what: 1}).sound for what in ("lost", "doubled", "half", "unreadable"))
    assert SimulatedDisk().running() == {}
