"""What a proof says, how it is kept, and how it stands later."""

import string
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from offline_cache.clock import SHANGHAI
from offline_cache.proof import Outcome, Proof, Rank, result, standing
from offline_cache.proof.medium import SYNCS, medium, sync_times
from offline_cache.proof.words import catalogue, sentence

_AT = datetime(2026, 3, 12, 10, 0, tzinfo=SHANGHAI)
_GOOD = Proof(
    at=_AT.isoformat(), version="1.0", engine="SQLite", filesystem="ext4", objection="", sync_median=150,
    sync_slowest=900, promises=140, cuts=2000, lost=0, doubled=0, half=0, unreadable=0, control_cuts=100,
    control_lost=60, seed=1, seconds=30,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, Outcome.PASSED),
        ({"lost": 1}, Outcome.FAILED),
        ({"doubled": 1}, Outcome.FAILED),
        ({"half": 1}, Outcome.FAILED),
        ({"unreadable": 1}, Outcome.FAILED),
        ({"objection": "memory"}, Outcome.FAILED),
        ({"cuts": 0}, Outcome.FAILED),
        ({"control_lost": 0}, Outcome.INVALID),
        ({"control_lost": 0, "lost": 3}, Outcome.INVALID),
    ],
)
def test_outcomes(change: dict[str, int], outcome: Outcome) -> None:
    assert replace(_GOOD, **change).outcome is outcome  # type: ignore[arg-type]


def test_kept_and_read_back(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    assert result.last(store) is None
    result.keep(store, _GOOD)
    assert result.last(store) == _GOOD
    assert [one.name for one in tmp_path.iterdir()] == ["store.db.proof.json"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"at": "2026-03-12"}', "\xff", '{"outcome": "passed"}'])
def test_what_is_no_proof_is_none(tmp_path: Path, text: str) -> None:
    store = tmp_path / "store.db"
    result.place(store).write_text(text, "latin-1")
    assert standing(store, _AT, "1.0").rank is Rank.NOTE


@pytest.mark.parametrize(
    ("proof", "version", "days", "rank", "says"),
    [
        (None, "1.0", 0, Rank.NOTE, "never run"),
        (_GOOD, "1.0", 1, Rank.GOOD, "passed on 2026-03-12, nothing lost in 2000 cuts"),
        (_GOOD, "1.0", 91, Rank.NOTE, "91 days ago"),
        (_GOOD, "1.1", 1, Rank.NOTE, "with version 1.0"),
        (replace(_GOOD, lost=1), "1.0", 1, Rank.BAD, "failed on 2026-03-12"),
        (replace(_GOOD, control_lost=0), "1.0", 91, Rank.BAD, "failed on 2026-03-12"),
    ],
)
def test_standing(tmp_path: Path, proof: Proof | None, version: str, days: int, rank: Rank, says: str) -> None:
    store = tmp_path / "store.db"
    if proof is not None:
        result.keep(store, proof)
    found = standing(store, _AT + timedelta(days=days), version)
    assert found.rank is rank and says in found.text


def test_every_sentence_in_both_languages_with_the_same_figures() -> None:
    def figures(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    for key, said in catalogue().items():
        assert set(said) == {"zh", "en"}, key
        assert figures(said["zh"]) == figures(said["en"]), key
    assert sentence("kept", path="x") == "结果已存入 x · the result is kept in x"


_MOUNTS = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 0:40 / /srv rw,relatime shared:5 - nfs4 server:/srv rw,vers=4.2
41 27 0:41 / /run/kiosk rw,nosuid - tmpfs tmpfs rw,size=1024k
42 27 8:1 / /data\\040disk rw - ext4 /dev/sda1 rw,nobarrier
43 27 8:2 / /over rw - ext4 /dev/sda2 rw
44 43 0:44 / /over rw - tmpfs tmpfs rw
nonsense
"""


@pytest.mark.parametrize(
    ("folder", "filesystem", "objection"),
    [
        ("/var/lib/kiosk", "ext4", ""),
        ("/srv/kiosk", "nfs4", "network"),
        ("/srvother", "ext4", ""),
        ("/run/kiosk", "tmpfs", "memory"),
        ("/data disk/kiosk", "ext4", "no-barrier"),
        ("/over/kiosk", "tmpfs", "memory"),
    ],
)
def test_what_a_folder_lies_on(folder: str, filesystem: str, objection: str) -> None:
    found = medium(Path(folder), _MOUNTS)
    assert (found.filesystem, found.objection) == (filesystem, objection)


def test_this_machine(tmp_path: Path) -> None:
    assert medium(tmp_path).filesystem != "unknown"
    times = sync_times(tmp_path)
    assert 0 <= times.median <= times.slowest and SYNCS > 10
    assert list(tmp_path.iterdir()) == []
