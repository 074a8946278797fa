"""What goes out while somebody stands at the terminal: theirs first, what others left behind one by one."""

import time
from pathlib import Path

import pytest

from kiosk import assembly
from kiosk.config import Site as HallSite
from kiosk.config import SiteConfig, Terminal, TerminalRole
from kiosk.contracts.ledger import SaveDraft, Verdict
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault
from kiosk.workflow import events as ev
from offline_cache.cache import OfflineCache
from offline_cache.sync import BESIDE, SENDERS

from .hall import SITE, Hall, event, form, fresh_case, kiosk, kiosk_settings, settled, wait_for
from .proxy import Proxy, Weather

pytestmark = pytest.mark.processes


def drafts(cache: OfflineCache, count: int) -> list[CaseId]:
    made = list[CaseId]()
    for _ in range(count):
        case_id, slip = fresh_case(cache)
        assert not isinstance(cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache)), Fault)
        made.append(case_id)
    return made


def is_draft(how: str, where: str) -> bool:
    return how == "PUT" and where.endswith("/draft")


def test_whoever_is_here_goes_before_the_others(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    gone = list[str]()

    def seen(how: str, where: str) -> bool:
        if is_draft(how, where):
            gone.append(where.split("/")[3])
        return False

    with kiosk(tmp_path, proxy.url) as cache:
        cache.accompany(True, None)
        proxy.set(Weather.FAIR, seen)
        proxy.hold(is_draft)
        others = drafts(cache, 4)
        proxy.wait_held()
        own = drafts(cache, 1)[0]
        cache.accompany(True, own)
        proxy.release()
        for case_id in (*others, own):
            assert settled(cache, case_id, 1)[-1].verdict is Verdict.ACCEPTED
    assert gone == [others[0], own, *others[1:]]


@pytest.mark.parametrize(("somebody", "most"), [(True, BESIDE), (False, SENDERS)])
def test_what_an_outage_left_goes_one_by_one_beside_somebody(
    tmp_path: Path, hall: Hall, proxy: Proxy, somebody: bool, most: int
) -> None:
    with kiosk(tmp_path, proxy.url) as cache:
        proxy.set(Weather.RESET_AT_ONCE)
        left = drafts(cache, 2 * SENDERS)
        cache.accompany(somebody, None)
        proxy.hold(is_draft)
        proxy.set(Weather.FAIR)
        cache.hurry()
        proxy.wait_held(most)
        time.sleep(0.3)  # one more would have gone by now
        assert proxy.held == most
        proxy.release()
        for case_id in left:
            settled(cache, case_id, 1)


def test_a_terminal_accompanies_whoever_is_there(tmp_path: Path, hall: Hall) -> None:
    store, platform = kiosk_settings(tmp_path, hall.url)
    Path(store.path).parent.mkdir()
    own = Terminal(id="kiosk-01", role=TerminalRole.CITIZEN)
    site = HallSite(id=SITE, name="示例", division="500103")
    terminal = assembly.build(SiteConfig(site=site, platform=platform, store=store, terminal=own))
    assert not isinstance(terminal, Fault), terminal
    assembly.start(terminal)
    try:
        sync, session = terminal.cache._sync, terminal.session
        assert sync is not None and (sync._most, sync._first) == (SENDERS, None)
        session.post(ev.NextAsked())
        case_id = wait_for(lambda: session.scene and session.scene.state.case_id)
        wait_for(lambda: (sync._most, sync._first) == (BESIDE, case_id))
        session.post(ev.LeaveAsked())
        wait_for(lambda: (sync._most, sync._first) == (SENDERS, None))
    finally:
        assembly.stop(terminal, "asked")
