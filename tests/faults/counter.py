"""A clerk's window without its glass and its devices: the plug-board's own session, plan, hands, ledger and sync loop
against a real platform. What a finger, a scanner or a card would say is posted as the event that it becomes; what the
clerk would see is read off the view-model of the screen.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk import assembly
from kiosk.config import Platform, Site, SiteConfig, Store, Terminal, TerminalRole
from kiosk.contracts.central_platform import GetChallenge
from kiosk.contracts.code_scanner import Scan, Symbology
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.identity_card import CardKind, IdentityCard
from kiosk.domain.ids import CaseId, PersonRef, StaffRef
from kiosk.domain.person import Person, Role
from kiosk.faults import Fault
from kiosk.session import Scene
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, all_equal, expected
from kiosk.workflow.hand_over import bundle
from kiosk.workflow.machine import Event
from ui.viewmodels import clerk
from ui.viewmodels.page import ViewModel
from ui.words import Words

from .hall import PATIENT, SITE, ask

SIGNATURE = b"a signature drawn on the pad" * 30
OF_DISK = 64 * 1024  # reserve bytes


class CounterError(Exception):
    """Somebody waited for something that did not come; the text says for what, and where the desk stood."""


class Counter:
    """One window, open and running. ``told`` hears every scene on the session's own thread."""

    def __init__(
        self, store: Path, platform: Platform, terminal: str = "window-03", window: str = "w-03",
        told: Callable[[Scene[Desk]], None] = lambda _: None,
    ) -> None:  # fmt: skip
        config = SiteConfig(
            site=Site(id=SITE, name="示例大厅", division="500103"), platform=platform, store=Store(path=str(store)),
            terminal=Terminal(id=terminal, role=TerminalRole.WINDOW, window=window),
        )  # fmt: skip
        built = assembly.build(config)
        assert not isinstance(built, Fault), built
        self._terminal, self.cache = built, built.cache
        self._changed = threading.Condition()
        self._scene: Scene[Desk] | None = None
        self._told = told
        built.session.subscribe(self._look)
        assembly.start(built)
        self._scene_at(0)

    def close(self) -> None:
        """As the program ends."""
        assembly.stop(self._terminal, "asked")

    def _look(self, scene: Scene[Desk]) -> None:
        self._told(scene)
        with self._changed:
            self._scene = scene
            self._changed.notify_all()

    def _scene_at(self, heard: int) -> Scene[Desk]:
        with self._changed:
            if not self._changed.wait_for(lambda: self._scene and self._scene.heard >= heard, PATIENT):
                raise CounterError("the session does not answer")
            assert self._scene is not None
            return self._scene

    @property
    def desk(self) -> Desk:
        """What the desk remembers now."""
        return self._scene_at(0).state

    @property
    def page(self) -> ViewModel:
        """What the screen shows now."""
        return clerk.present(self._scene_at(0), Words("zh"), {})

    def did(self, event: Event) -> Desk:
        """Something happens; the desk has heard of it, and what it does about it is done."""
        self._terminal.session.post(event)
        return self._scene_at(self._terminal.session.post(ev.Touched())).state

    def until(self, true: Callable[[Desk], object], what: str, seconds: float = PATIENT) -> Desk:
        """Wait for the desk."""
        with self._changed:
            came = self._changed.wait_for(lambda: self._scene is not None and true(self._scene.state), seconds)
            assert self._scene is not None
            d = self._scene.state
        if not came:
            code = "" if d.fault is None else f" {d.fault.code.value} {dict(d.fault.details)}"
            raise CounterError(f"{what} never came: {d.step} {d.busy}{code}")
        return d

    # what a clerk does
    def sign_in(self, staff_ref: str = "0317", seconds: float = PATIENT) -> None:
        """Card and PIN; the card's own signature is made here."""
        ref = StaffRef(staff_ref)
        self.until(lambda d: d.step == "present_staff_card", "the card's turn")
        self.did(ev.StaffCardPut(StaffCard(ref)))
        challenge = ask(self.cache, GetChallenge(ref))
        if isinstance(challenge, Fault):
            raise CounterError(f"no challenge: {challenge.code.value}")
        card = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demo-staff-card:" + ref.encode()).digest())
        self.did(ev.ChallengeSigned(SignedChallenge(ref, challenge, card.sign(b"QIBAN-STAFF-1" + challenge))))
        self.until(lambda d: d.step == "find_case", "the free desk", seconds)

    def open(self, case_id: CaseId) -> Desk:
        """From the list; wherever its state leads."""
        self.did(ev.CasePicked(case_id))
        return self.until(lambda d: d.case is not None or d.fault is not None, "the case")

    def take_recipient(self) -> None:
        """The legal representative's card, and the clerk stands for it: to the bundle with its permit."""
        d = self.until(lambda d: d.step == "verify_recipient", "the recipient's turn")
        assert d.case is not None
        self.did(ev.CardRead(card_of(next(p for p in d.case.form.people if p.wears(Role.LEGAL_REP)))))
        self.did(ev.RecipientConfirmed())
        self.until(lambda d: d.handover is not None or d.fault is not None, "the permit")

    def check(self, most: int = 99) -> Desk:
        """Every thing of the bundle, or the first few, once."""
        for article in bundle(self.desk)[:most]:
            self.did(shown(self.desk, article))
        return self.desk

    def finish(self) -> Desk:
        """The signature, and the red button."""
        if not all_equal(self.desk):
            raise CounterError("not everything fits")
        self.did(ev.NextAsked())
        self.did(ev.SignatureDrawn(PersonRef("recipient"), SIGNATURE))
        self.until(lambda d: d.signature is not None and d.busy is None, "the kept signature")
        self.did(ev.HandOverAsked())
        return self.until(lambda d: d.step == "handed_over" or d.fault is not None, "the hand-over")

    def hand_over(self, case_id: CaseId) -> Desk:
        """The whole of it, and back to the free desk."""
        self.open(case_id)
        self.take_recipient()
        self.check()
        self.finish()
        return self.did(ev.NextAsked())

    def recheck(self) -> Desk:
        """待核实: every thing is seen, and all go back."""
        self.did(ev.RecheckAsked())
        for check in self.until(lambda d: d.step == "recheck_handover", "the recheck").checks:
            self.did(ev.ArticleRechecked(check.article_id, here=True))
        self.did(ev.AbortAsked("rechecked_after_stop"))
        return self.until(lambda d: d.step == "find_case", "the free desk")

    def settled(self, seconds: float = PATIENT) -> None:
        """Wait until nothing is owed any more."""
        told = threading.Event()
        end = self.cache.ledger.subscribe(lambda _: told.set())
        clock = self.cache.clock
        until = clock.monotonic() + seconds
        try:
            while self.cache.ledger.state().waiting:
                told.clear()
                if clock.monotonic() > until:
                    raise CounterError("something is owed for ever")
                told.wait(0.2)
        finally:
            end()


def card_of(person: Person) -> IdentityCard:
    """The card in that person's pocket."""
    return IdentityCard(
        CardKind.RESIDENT, person.name, "2", "01", person.birth or date(1985, 4, 12), "重庆市渝中区示例路1号",
        person.cert_no, "示例公安局", date(2020, 1, 1), date(2040, 1, 1),
    )  # fmt: skip


def shown(d: Desk, article: Article) -> Event:
    """What the scanner, or the reader of tax devices, says of a thing of the bundle."""
    assert d.case is not None
    if article.kind is ArticleKind.TAX_DEVICE:
        holder = d.case.form.holder
        return ev.DeviceReadBack(TaxDeviceReadout(article.serial, TaxDeviceStatus.ISSUED, d.case.uscc, holder))
    text = expected(article)
    return ev.CodeScanned(Scan(text.encode(), text, Symbology.CODE128))


def at(url: str, permit_key: str, timeout: float = 5.0, **more: Any) -> Platform:
    """How a window of the demo hall reaches a platform."""
    return replace(Platform(url=url, key="demo-window-03", permit_key=permit_key, timeout=timeout), **more)
