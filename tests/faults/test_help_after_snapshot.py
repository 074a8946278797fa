"""A helper's answer that came while a terminal was looking elsewhere: after a snapshot it is read, not waited for."""

from pathlib import Path

import pytest

from kiosk.config import Site as HallSite
from kiosk.config import SiteConfig, Terminal, TerminalRole
from kiosk.contracts.beside import AskForHelp, ReadHelpCall
from kiosk.domain.help_call import HelpState
from kiosk.session.devices import Devices
from kiosk.session.hands import CommonHands, Tools
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from offline_cache import mirror, reader
from offline_cache.cache import OfflineCache
from tests.contract.hands import WINDOW, Hands

from .hall import SITE, Hall, ask, in_time, kiosk, kiosk_settings, running, wait_for

pytestmark = pytest.mark.processes


def tools_of(cache: OfflineCache, folder: Path, url: str) -> Tools:
    """What a terminal's hands work with; no devices."""
    store, platform = kiosk_settings(folder, url)
    config = SiteConfig(
        site=HallSite(id=SITE, name="示例", division="500103"), platform=platform, store=store,
        terminal=Terminal(id="kiosk-01", role=TerminalRole.CITIZEN),
    )  # fmt: skip
    return Tools(config, cache.clock, Devices(), cache.ledger, cache.platform, cache.orders, cache.boot)


def test_it_is_on_the_glass_though_no_change_said_so(tmp_path: Path, hall: Hall) -> None:
    """A snapshot stands for all changes before it, and does not name calls."""
    with kiosk(tmp_path, hall.url) as cache:
        number = in_time(lambda: ask(cache, AskForHelp("home", None)))
        call = in_time(lambda: ask(cache, ReadHelpCall(number)))
    helper = Hands(hall.url, WINDOW)
    assert helper.sign_in("0600")["status"] == 201
    path = f"/v1/assistance-requests/{number}/answer"
    answered = helper.post(path, {"by": "0600", "minutes": 2}, If_Match=f'"v{call.version}"')
    assert answered.status_code == 200, answered.text
    helper.close()
    store, platform = kiosk_settings(tmp_path, hall.url)
    cache, said = OfflineCache(store, platform, "kiosk-01", SITE), list[Event]()
    hands = list[CommonHands]()

    def begin() -> None:
        assert cache._store is not None
        with cache._store.write() as db:
            mirror.remember(db, reader._CURSOR, "")
        hands.append(CommonHands(tools_of(cache, tmp_path, hall.url), said.append))
        hands[0].bell._own = number

    with running(cache, begin):
        told = wait_for(lambda: [one for one in said if isinstance(one, ev.HelpChanged)])
        hands[0].close()
    assert told[0].call.state is HelpState.ANSWERED
