"""The visit's own call for a helper (R56): rung, followed, and withdrawn when nobody needs to come any more."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from kiosk.contracts.beside import AskForHelp, ReadHelpCall, WithdrawHelpCall
from kiosk.contracts.central_platform import Ask, CentralPlatform
from kiosk.domain.help_call import HelpCall, HelpCallId, HelpState
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event

Put = Callable[[Ask[Any], Callable[[Any], None]], None]


class Bell:
    """Part of the hands. Effects come on the session's thread, answers on the platform's. ``put``: a question that is
    dropped with the visit; what has to be said to the end goes to the platform itself."""

    def __init__(self, platform: CentralPlatform, put: Put, post: Callable[[Event], object]) -> None:
        self._platform, self._put, self._post = platform, put, post
        self._lock = Lock()
        self._own: HelpCallId | None = None
        self._rung = 0  # which ringing is this visit's: an answer to an older one is for nobody here
        self.close = platform.on_help(self._changed)

    def ring(self, step: str, case_id: CaseId | None) -> None:
        """Its answer is not dropped with the visit: a call that nobody here knows of could not be withdrawn."""
        self.forget()
        number = self._rung

        def done(reached: HelpCallId | Fault) -> None:
            call = None if isinstance(reached, Fault) else reached
            with self._lock:
                ours = number == self._rung
                self._own = call if ours else self._own
            if ours:
                self._post(ev.HelperInformed(call is not None))
                self.look()  # it may have been answered before this was known
            elif call is not None:
                self._withdraw(call)

        self._platform.ask(AskForHelp(step, case_id), done)

    def look(self) -> None:
        """How this visit's call stands, if there is one; a visit begins with what was made before it."""
        self._changed(None)

    def _changed(self, call_id: HelpCallId | None) -> None:
        """Pushed by the feed; only this visit's own call is looked at. None: it may be that one."""
        own = self._own
        if own is not None and call_id in (None, own):
            self._put(ReadHelpCall(own), self.told)

    def told(self, call: HelpCall | Fault | None) -> None:
        """How this visit's call stands now; of a call of nobody who is here nothing is said."""
        with self._lock:
            if not isinstance(call, HelpCall) or call.id != self._own:
                return
            if call.state is HelpState.DONE:
                self._own = None
        self._post(ev.HelpChanged(call))

    def withdraw(self) -> None:
        """Whoever called gets on alone."""
        own = self._own

        def answered(call: HelpCall | Fault) -> None:
            if isinstance(call, Fault) and own == self._own:
                self._post(ev.CallNotWithdrawn())
                self.look()  # perhaps because somebody is there: then this says so
            self.told(call)

        if own is not None:
            self._platform.ask(WithdrawHelpCall(own), answered)

    def forget(self) -> None:
        """Whoever called has left. Said to the end, and heard by nobody; what does not arrive lapses by itself."""
        with self._lock:
            own, self._own = self._own, None
            self._rung += 1
        if own is not None:
            self._withdraw(own)

    def _withdraw(self, call: HelpCallId) -> None:
        self._platform.ask(WithdrawHelpCall(call), lambda _: None)
