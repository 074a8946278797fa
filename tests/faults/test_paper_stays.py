"""A paper that was kept here is the case's at every moment: while it waits, when the platform has it, and after."""

from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import DeedStatus, KeepMaterial, SaveDraft
from kiosk.domain.ids import CaseId, MaterialId
from kiosk.faults import Fault
from offline_cache import mirror, wire
from offline_cache.cache import OfflineCache
from tests.unit.offline_cache.platform_says import case_json
from tests.unit.offline_cache.stores import START, case, store_at

from .hall import Hall, event, form, fresh_case, kiosk, settled, wait_for

pytestmark = pytest.mark.processes


def keep_paper(cache: OfflineCache, case_id: CaseId) -> MaterialId:
    """A lease, photographed."""
    number = MaterialId(fresh_case(cache)[0])
    blob = cache.ledger.keep_blob(b"\xff\xd8\xff" + number.encode() * 900 + b"\xff\xd9", "material")
    assert not isinstance(blob, Fault)
    deed = KeepMaterial(case_id, number, "lease_contract", blob, "image/jpeg", 1, cache.clock.now())
    assert isinstance(cache.ledger.record(deed, event(cache, AuditKind.MATERIAL_KEPT)), DeedStatus)
    return number


def test_it_never_goes_away_while_it_is_sent(tmp_path: Path, hall: Hall) -> None:
    """Whoever looks whenever the ledger says that something changed sees it, and drafts that are kept meanwhile do
    not take it away."""
    with kiosk(tmp_path, hall.url) as cache:
        case_id, slip = fresh_case(cache)
        looks = list[set[str]]()

        def look(changed: CaseId | None) -> None:
            answer = cache.ledger.case(case_id)
            if changed in (None, case_id) and answer is not None:
                looks.append({one.id for one in answer.value.materials})

        for step in range(1, 6):
            cache.ledger.record(SaveDraft(case_id, slip, form(trade=f"示例{step}")), event(cache))
            number = keep_paper(cache, case_id)
            looks.clear()
            unsubscribe = cache.ledger.subscribe(look)
            settled(cache, case_id, 2 * step)
            wait_for(lambda: (answer := cache.ledger.case(case_id)) is not None and answer.live)
            unsubscribe()
            assert looks and all(number in seen for seen in looks), [number in seen for seen in looks]


def said_with(version: int, *papers: str) -> wire.CaseSaid:
    """The platform's word on a case that has these papers."""
    said = wire.mirrored(case_json(case(1), form=form(), version=version, papers=papers))
    assert said is not None
    return said


def test_an_answer_to_an_act_takes_no_paper_away(tmp_path: Path) -> None:
    with store_at(tmp_path / "s") as store, store.write() as db:
        mirror.keep_said(db, said_with(3, "m1", "m2"), START)
        both = wire.with_papers(said_with(4, "m1"), mirror.body(db, case(1)))
        assert [one.id for one in both.case.materials] == ["m1", "m2"] and both.case.version == 4
        assert wire.with_papers(said_with(4, "m1", "m2"), None).case.materials == both.case.materials


def test_a_mirror_that_cannot_be_read_stops_nothing() -> None:
    said = said_with(4, "m1")
    assert wire.with_papers(said, b"{") is said and wire.with_paper(b"{", b"{}") is None
