"""The simulated disk keeps what was synced, really drops what was not, and never invents."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from offline_cache.proof.disk import SECTOR, SimulatedDisk
from offline_cache.proof.events import Event, Made, Removed, Renamed, Resized, SyncBegun, SyncEnded, Wrote


def _disk(*events: Event) -> SimulatedDisk:
    disk = SimulatedDisk()
    for event in events:
        disk.apply(event)
    return disk


def _synced(path: str, number: int = 1) -> tuple[Event, Event]:
    return SyncBegun(path, number), SyncEnded(number)


# A file whose name and first four sectors are durable.
_KEPT = (Made("f"), *_synced("", 1), Wrote("f", 0, b"a" * 4 * SECTOR), *_synced("f", 2))


def _outcomes(disk: SimulatedDisk, path: str = "f", cuts: int = 400) -> list[bytes | None]:
    return [disk.cut(Random(seed)).get(path) for seed in range(cuts)]


def test_what_is_synced_stays() -> None:
    assert set(_outcomes(_disk(*_KEPT))) == {b"a" * 4 * SECTOR}


def test_what_is_not_synced_is_dropped_sector_by_sector_half_of_the_time() -> None:
    outcomes = _outcomes(_disk(*_KEPT, Wrote("f", 0, b"b" * 4 * SECTOR)))
    sectors = [one[at : at + SECTOR] for one in outcomes if one for at in range(0, 4 * SECTOR, SECTOR)]
    assert len(sectors) == 1600 and {*sectors} == {b"a" * SECTOR, b"b" * SECTOR}
    assert 700 < sectors.count(b"b" * SECTOR) < 900
    assert len({*outcomes}) == 16  # every mixture of four sectors comes up: they are dropped one by one


def test_a_write_over_the_edge_of_sectors_is_torn_at_the_edge() -> None:
    outcomes = _outcomes(_disk(*_KEPT, Wrote("f", 500, b"b" * 24)))
    kept = {(one[500:512], one[512:524]) for one in outcomes if one}
    assert len(kept) == 4 and all(len({*part}) == 1 for pair in kept for part in pair)


def test_a_sync_covers_what_came_before_it_began_and_nothing_later() -> None:
    disk = _disk(*_KEPT, Wrote("f", 0, b"b"), SyncBegun("f", 3), Wrote("f", 1, b"c"), SyncEnded(3))
    assert {one[:2] for one in _outcomes(disk) if one} == {b"ba", b"bc"}
    begun = _disk(*_KEPT, Wrote("f", 0, b"b"), SyncBegun("f", 3))
    assert {one[:1] for one in _outcomes(begun) if one} == {b"a", b"b"}


def test_a_size_is_a_change_like_others() -> None:
    cut = _outcomes(_disk(*_KEPT, Resized("f", 10)))
    assert {len(one) for one in cut if one} == {10, 4 * SECTOR}
    grown = [one for one in _outcomes(_disk(*_KEPT, Wrote("f", 6 * SECTOR, b"b" * SECTOR))) if one]
    assert {len(one) for one in grown} == {4 * SECTOR, 7 * SECTOR}
    holes = {one[4 * SECTOR : 6 * SECTOR] for one in grown if len(one) > 4 * SECTOR}
    assert bytes(2 * SECTOR) in holes and len(holes) > 2  # zeros, or what happened to lie there


def test_a_name_is_durable_when_its_folder_was_synced_and_not_when_the_file_was() -> None:
    fresh = _disk(Made("f"), Wrote("f", 0, b"x"), *_synced("f"))
    assert {*_outcomes(fresh)} == {None, b"x"}
    fresh.apply(SyncBegun("", 2))
    fresh.apply(SyncEnded(2))
    assert {*_outcomes(fresh)} == {b"x"}
    gone = _disk(*_KEPT, Removed("f"))
    assert {*_outcomes(gone)} == {None, b"a" * 4 * SECTOR}


def test_a_folder_that_was_not_synced_takes_everything_with_it() -> None:
    inside = (Made("d", folder=True), Made("d/f"), Wrote("d/f", 0, b"x"), *_synced("d/f", 1), *_synced("d", 2))
    assert {*_outcomes(_disk(*inside), "d/f")} == {None, b"x"}
    assert {*_outcomes(_disk(*inside, *_synced("", 3)), "d/f")} == {b"x"}


def test_a_rename_is_whole_or_has_not_happened() -> None:
    new = (Made("g"), Wrote("g", 0, b"new"), *_synced("g", 3), *_synced("", 4))
    disk = _disk(*_KEPT, *new, Renamed("g", "f"))
    left = [disk.cut(Random(seed)) for seed in range(100)]
    assert {(one.get("g"), one.get("f")) for one in left} == {(b"new", b"a" * 4 * SECTOR), (None, b"new")}


def test_a_cut_changes_nothing_and_the_same_chance_leaves_the_same() -> None:
    disk = _disk(*_KEPT, Wrote("f", 0, b"b" * 4 * SECTOR), Made("g"))
    assert [disk.cut(Random(3)) for _ in range(3)] == [disk.cut(Random(3))] * 3
    assert disk.running() == {"f": b"b" * 4 * SECTOR, "g": b""}


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 5), st.integers(1, 3)),
        st.tuples(st.just("size"), st.integers(0, 6), st.just(0)),
        st.tuples(st.just("sync"), st.just(0), st.just(0)),
    ),
    max_size=14,
)


@given(_STEPS, st.integers(0, 2**32))
def test_every_sector_is_one_that_was_there_since_the_last_sync(steps: list[tuple[str, int, int]], seed: int) -> None:
    """Against a plain model: whole sectors, each write with a content of its own."""
    disk, now, may = _disk(Made("f"), *_synced("", 0)), bytearray(), [{b""} for _ in range(9)]
    sizes = {0}
    for number, (what, at, count) in enumerate(steps, 1):
        if what == "write":
            data = b"".join(bytes([number]) * SECTOR for _ in range(count))
            disk.apply(Wrote("f", at * SECTOR, data))
            now.extend(bytes(max(0, at * SECTOR - len(now))))
            now[at * SECTOR : at * SECTOR + len(data)] = data
        elif what == "size":
            disk.apply(Resized("f", at * SECTOR))
            now = bytearray(now[: at * SECTOR].ljust(at * SECTOR, b"\0"))
        else:
            for event in _synced("f", number):
                disk.apply(event)
            may, sizes = [set() for _ in range(9)], set()
        sizes.add(len(now))
        for sector in range(9):
            may[sector].add(bytes(now[sector * SECTOR : (sector + 1) * SECTOR]))
    left = disk.cut(Random(seed))["f"]
    assert left is not None and disk.running()["f"] == bytes(now)
    if steps and steps[-1][0] == "sync":
        assert left == bytes(now)
    if len(sizes) == 1:  # no size in the air: nothing is filled up with rubbish
        assert len(left) in sizes
        assert all(left[n * SECTOR : (n + 1) * SECTOR] in may[n] for n in range(9))
