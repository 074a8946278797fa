"""How this machine becomes a terminal, and stays one: application, approval by a second person, renewal.

The private key is made here and never leaves. Every step is on the disk before it is sent, so that a power cut or a
lost answer is met with the same bytes and the same key, and the dialogue goes on where it was.
"""

import json
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.config import Platform, SiteConfig
from kiosk.domain.ids import idempotency_key
from kiosk.faults import Fault, FaultCode

from . import identity as own
from .clock import PlatformClock
from .errors import StoreError
from .exchange import Call, Then, Trouble, call_for
from .files import make_folder, write_durably
from .uplink import Address, Cancel, Lane
from .wire import enrolment as wire
from .wire import route

log = logging.getLogger(__name__)

_APPLICATION, _RENEWAL = "application.json", "renewal.json"
_NONCE = "Enrolment-Nonce"
_LEAST_WAIT = 1.0


def enrol(
    config: SiteConfig,
    code: str,
    serial: str,
    machine: tuple[str, str],
    version: str,
    say: Callable[[str], None],
    wait: Callable[[float], bool],
) -> own.Identity | Fault:
    """The whole dialogue; goes on with an application that is under way. ``machine``: vendor and model; ``wait``
    sleeps that many seconds and is False when nobody wants to wait longer (the application stays).

    Faults: enrolment-refused, cancelled, and whatever the way to the platform may bring; store faults of the folder.
    """
    folder, clock = Path(config.platform.identity), PlatformClock()
    try:
        make_folder(folder)
        return _Dialogue(config, folder, clock, say, wait).run(code, serial, machine, version)
    except StoreError as error:
        return error.fault


class _Dialogue:
    def __init__(
        self,
        config: SiteConfig,
        folder: Path,
        clock: PlatformClock,
        say: Callable[[str], None],
        wait: Callable[[float], bool],
    ) -> None:
        self._config, self._folder, self._clock, self._say, self._wait = config, folder, clock, say, wait
        self._seconds = config.platform.timeout
        self._known: dict[str, str] = {}

    def run(self, code: str, serial: str, machine: tuple[str, str], version: str) -> own.Identity | Fault:
        lane = Lane(Address(self._config.platform.url, "", "", self._config.platform.authority), self._clock, _nobody)
        try:
            fault = self._apply(lane, code, serial, machine, version)
            if fault is not None:
                return fault
            self._say(f"密钥摘要 key digest: {_grouped(own.key_digest(self._known['key']))}")
            self._say("请第二人核对摘要后批准 · somebody else compares the digest and approves")
            decided = self._wait_for_word(lane)
        finally:
            lane.close()
        if isinstance(decided, Fault):
            return decided
        return self._settle(decided)

    def _apply(self, lane: Lane, code: str, serial: str, machine: tuple[str, str], version: str) -> Fault | None:
        """Send the application, or take up the one that was sent with this code."""
        self._known = _kept(self._folder / _APPLICATION)
        if self._known.get("code") != code:
            key = own.new_key()
            body = wire.application(code, own.request(key), serial, machine, version)
            self._known = {"code": code, "key": own.key_pem(key), "body": body.decode()}
            self._keep()
        if "nonce" in self._known:
            return None
        idem = idempotency_key("applyForEnrolment", code, own.key_digest(self._known["key"]))
        call = call_for(route("applyForEnrolment"), self._known["body"].encode(), idem)
        outcome = lane.send(call, self._seconds, Cancel())
        if isinstance(outcome, Trouble):
            return _refused(outcome)
        said = wire.applied(outcome.body)
        if said is None:
            return Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"})
        if said.key_sha256 != own.key_digest(self._known["key"]):
            return Fault(FaultCode.ENROLMENT_REFUSED, {"slug": "other-key"})
        self._known |= {"id": said.enrolment_id, "nonce": said.nonce}
        self._keep()
        return None

    def _wait_for_word(self, lane: Lane) -> wire.Decided | Fault:
        """A line that breaks while somebody looks for an approver ends nothing."""
        way = route("getEnrolment", id=self._known["id"])
        while True:
            outcome = lane.send(
                Call(way.method, way.path, headers={_NONCE: self._known["nonce"]}), self._seconds, Cancel()
            )
            pause = _LEAST_WAIT
            if isinstance(outcome, Trouble):
                if outcome.then is not Then.AGAIN:
                    return _refused(outcome)
                pause = max(pause, outcome.rest)
            else:
                said = wire.decided(outcome.body)
                if said is not None and said.state == "APPROVED":
                    return said
                if said is not None and said.state == "REJECTED":
                    (self._folder / _APPLICATION).unlink(missing_ok=True)
                    return Fault(FaultCode.ENROLMENT_REFUSED, {"slug": "rejected"})
                pause = max(pause, 0 if said is None else said.poll_after)
            if not self._wait(pause):
                return Fault(FaultCode.CANCELLED)

    def _settle(self, said: wire.Decided) -> own.Identity | Fault:
        """Check what came back, keep it, and try it."""
        private = self._known["key"]
        if not own.belongs(said.certificate, private, said.authority):
            return Fault(FaultCode.ENROLMENT_REFUSED, {"slug": "other-certificate"})
        by_use = {
            use: " ".join(key for of, key in said.keys if of == use) for use in ("permit", "config", "directive")
        }
        identity = own.Identity(
            said.terminal_id, said.site_id, said.kind, said.window_id, by_use["permit"], by_use["config"],
            by_use["directive"],
        )  # fmt: skip
        if reason := own.misplaced(self._config, identity):
            return Fault(FaultCode.ENROLMENT_REFUSED, {"slug": f"other-{reason}"})
        write_durably(self._folder / own.IDENTITY, identity.text())
        write_durably(self._folder / own.AUTHORITY, said.authority.encode())
        write_durably(self._folder / own.TERMINAL, (said.certificate + private).encode())  # last: now it is enrolled
        (self._folder / _APPLICATION).unlink(missing_ok=True)
        return self._try(identity) or identity

    def _try(self, identity: own.Identity) -> Fault | None:
        platform = self._config.platform
        if not platform.url.startswith("https:"):
            return None  # without TLS nobody looks at a certificate
        address = Address(
            platform.url, identity.terminal_id, "", platform.authority, str(self._folder / own.TERMINAL)
        )
        lane = Lane(address, self._clock, _nobody)
        try:
            outcome = lane.send(call_for(route("getConfig")), self._seconds, Cancel())
        finally:
            lane.close()
        return outcome.fault if isinstance(outcome, Trouble) else None

    def _keep(self) -> None:
        write_durably(self._folder / _APPLICATION, json.dumps(self._known).encode())


class Renewal:
    """Keeps the certificate of a running terminal fresh. For one thread; ``renewed`` hears until when it holds."""

    def __init__(self, platform: Platform, clock: PlatformClock, renewed: Callable[[datetime], None]) -> None:
        self._folder, self._clock, self._renewed = Path(platform.identity), clock, renewed

    def turn(self, lane: Lane, seconds: float, stop: Cancel) -> Trouble | None:
        """Renew when it is time by a sure clock; the trouble that prevented it, if any. StoreError: the disk."""
        life = own.life(self._folder / own.TERMINAL)
        if life is None or not self._clock.sure() or self._clock.now() < life.to_renew():
            return None
        known = _kept(self._folder / _RENEWAL)
        if not known:
            key = own.new_key()
            known = {"key": own.key_pem(key), "request": own.request(key)}
            write_durably(self._folder / _RENEWAL, json.dumps(known).encode())
        idem = idempotency_key("renewCertificate", own.key_digest(known["key"]))
        call = call_for(route("renewCertificate"), wire.renewal(known["request"]), idem)
        outcome = lane.send(call, seconds, stop)
        if isinstance(outcome, Trouble):
            if outcome.then is Then.PARK:
                (self._folder / _RENEWAL).unlink(missing_ok=True)
                log.error("the certificate is not renewed: %s", outcome.fault.details.get("slug", ""))
            return outcome
        certificate = wire.issued(outcome.body)
        authority = (self._folder / own.AUTHORITY).read_text("ascii")
        if certificate is None or not own.belongs(certificate, known["key"], authority):
            return Trouble(Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"}), Then.AGAIN, heard=True)
        write_durably(self._folder / own.TERMINAL, (certificate + known["key"]).encode())
        (self._folder / _RENEWAL).unlink(missing_ok=True)
        fresh = own.life(self._folder / own.TERMINAL)
        if fresh is not None:
            self._renewed(fresh.end)
        return None


def _kept(path: Path) -> dict[str, str]:
    try:
        found: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _refused(outcome: Trouble) -> Fault:
    """A code that is unknown, used or old is a matter of enrolment; a line that breaks is what it always is."""
    if outcome.then is Then.PARK and outcome.heard:
        return Fault(FaultCode.ENROLMENT_REFUSED, outcome.fault.details)
    return outcome.fault


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _nobody(answered: bool) -> None:  # noqa: ARG001
    return
