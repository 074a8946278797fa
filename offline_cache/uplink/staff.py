"""Who is signed in at this terminal. The token lives in memory only and never leaves the uplink."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from offline_cache import wire
from offline_cache.exchange import Reply, Then, call_for

from .lane import Cancel, Lane

_RENEW_BEFORE = timedelta(minutes=3)


class StaffDesk:
    """Keeps the one staff session of the terminal and renews its token. Thread-safe."""

    def __init__(self, signed_in: Callable[[], None] = lambda: None) -> None:
        self._lock = threading.Lock()
        self._signed_in = signed_in  # told when somebody did, on that thread
        self._said: wire.TokenSaid | None = None
        self._second = ""  # what a second person's card gave, for one act
        self._beside: wire.TokenSaid | None = None  # of whoever confirms a person at a citizen's terminal

    def keep(self, said: wire.TokenSaid) -> None:
        """Somebody signed in."""
        with self._lock:
            self._said = said
        self._signed_in()

    def drop(self, token: str = "") -> str:
        """Forget the session (only if it is still the one of ``token``, when given); returns the forgotten token."""
        with self._lock:
            if self._said is None or (token and self._said.token != token):
                return ""
            forgotten, self._said, self._second = self._said.token, None, ""
            return forgotten

    def keep_beside(self, said: wire.TokenSaid) -> None:
        """Somebody stands beside a citizen to confirm the person; nothing else is sent with this token."""
        with self._lock:
            self._beside = said

    def beside(self, staff_ref: str) -> str:
        """The token of whoever stands beside a citizen under this number; empty: nobody of that number does."""
        with self._lock:
            said = self._beside
            return said.token if said is not None and said.session.staff_ref == staff_ref else ""

    def drop_beside(self, token: str = "") -> str:
        """Whoever stood beside has gone (only if still the one of ``token``, when given); the forgotten token."""
        with self._lock:
            if self._beside is None or (token and self._beside.token != token):
                return ""
            forgotten, self._beside = self._beside.token, None
            return forgotten

    def keep_second(self, token: str) -> None:
        """A second person confirms the next act that takes two."""
        with self._lock:
            self._second = token

    def take_second(self) -> str:
        """What the second person gave, used up by this; empty: nobody confirmed."""
        with self._lock:
            token, self._second = self._second, ""
            return token

    def staff_ref(self) -> str:
        """Who is signed in; empty: nobody."""
        with self._lock:
            return "" if self._said is None else self._said.session.staff_ref

    def token(self, lane: Lane, now: datetime, seconds: float, cancel: Cancel) -> str:
        """The token to call with, renewed over ``lane`` when it is about to run out; empty: nobody is signed in."""
        with self._lock:
            said = self._said
        if said is None:
            return ""
        if said.expires_at - now > _RENEW_BEFORE:
            return said.token
        outcome = lane.send(call_for(wire.route("refreshStaffSession"), token=said.token), seconds, cancel)
        if isinstance(outcome, Reply):
            renewed = wire.staff_session(outcome.body)
            if renewed is not None:
                with self._lock:
                    if self._said is said:
                        self._said = renewed
                return renewed.token
        elif outcome.then is not Then.AGAIN:
            self.drop(said.token)
            return ""
        return said.token
