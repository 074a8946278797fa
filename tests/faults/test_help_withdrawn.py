"""A call that nobody needs any more: whoever comes would find nobody, so the helpers' list is told, whatever the line
and the visit do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.domain.help_call import HelpState
from kiosk.session.hands import CommonHands
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from tests.contract.hands import WINDOW, Hands

from .hall import Hall, kiosk, wait_for
from .proxy import Proxy, Weather
from .test_help_after_snapshot import tools_of

pytestmark = pytest.mark.processes


class Visit:
    """A terminal's hands, and what they have said."""

    def __init__(self, hands: CommonHands, said: list[Event]) -> None:
        self.hands, self.said = hands, said

    def ring(self) -> None:
        self.hands.carry_out(do.CallHelper("home"))

    def end(self) -> None:
        self.hands.carry_out(do.ForgetVisit(None, "done"))

    def told(self, true: Callable[[Event], bool]) -> Event:
        """The first of such a kind; it may still be on its way."""
        return wait_for(lambda: [one for one in tuple(self.said) if true(one)])[0]

    def called(self) -> None:
        self.ring()
        assert self.told(lambda one: isinstance(one, ev.HelperInformed)) == ev.HelperInformed(True)


@contextmanager
def visit(folder: Path, url: str) -> Iterator[Visit]:
    said = list[Event]()
    with kiosk(folder, url) as cache:
        hands = CommonHands(tools_of(cache, folder, url), said.append)
        yield Visit(hands, said)
        hands.close()


class List:
    """The helpers' list, from here on; others have called in this hall before."""

    def __init__(self, hall: Hall) -> None:
        self._hall, self._before = hall, {row[0] for row in hall.rows("SELECT id FROM assistance")}

    def states(self) -> list[str]:
        rows = self._hall.rows("SELECT id, state FROM assistance ORDER BY at, id")
        return [state for number, state in rows if number not in self._before]


def is_done(event: Event) -> bool:
    return isinstance(event, ev.HelpChanged) and event.call.state is HelpState.DONE


def test_whoever_gets_on_alone_is_told_when_it_is_so(tmp_path: Path, hall: Hall) -> None:
    calls = List(hall)
    with visit(tmp_path, hall.url) as here:
        here.called()
        here.hands.carry_out(do.WithdrawCall())
        here.told(is_done)
        assert calls.states() == ["DONE"]
        here.end()  # nothing is left to be said


@pytest.mark.parametrize("answered", [False, True])
def test_nobody_comes_to_whoever_has_left(tmp_path: Path, hall: Hall, answered: bool) -> None:
    calls = List(hall)
    with visit(tmp_path, hall.url) as here:
        here.called()
        if answered:
            helper = Hands(hall.url, WINDOW)
            assert helper.sign_in("0600")["status"] == 201
            call = helper.call("GET", "/v1/assistance-requests?state=OPEN").json()["items"][0]
            path = f"/v1/assistance-requests/{call['id']}/answer"
            assert helper.post(path, {"by": "0600"}, If_Match=f'"v{call["version"]}"').status_code == 200
            helper.close()
        here.end()
        wait_for(lambda: calls.states() == ["DONE"])
        assert not [one for one in here.said if is_done(one)]  # whoever is here now has called nobody


def test_whoever_leaves_while_the_bell_rings_has_not_called(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    calls = List(hall)
    with visit(tmp_path, proxy.url) as here:
        proxy.hold(lambda method, where: (method, where) == ("POST", "/v1/assistance-requests"))
        here.ring()
        proxy.wait_held()
        here.end()
        proxy.release()
        wait_for(lambda: calls.states() == ["DONE"])
        assert not [one for one in here.said if isinstance(one, ev.HelperInformed)]


def test_while_the_line_is_down_the_call_stands(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    calls = List(hall)
    with visit(tmp_path, proxy.url) as here:
        here.called()
        proxy.set(Weather.RESET_BEFORE, lambda _, where: where.endswith("/withdraw"))
        here.hands.carry_out(do.WithdrawCall())
        here.told(lambda one: isinstance(one, ev.CallNotWithdrawn))
        assert calls.states() == ["OPEN"]
        proxy.set(Weather.FAIR)
        here.hands.carry_out(do.WithdrawCall())
        here.told(is_done)
        assert calls.states() == ["DONE"]
