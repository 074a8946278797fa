"""The network goes and comes in the middle of a visit: honest words, nothing lost, nothing twice."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.stage import Stage, Window
from kiosk.faults import FaultCode

from .visiting import (
    CAMERA,
    Keeper,
    arrived_once,
    described,
    fault,
    finish,
    identified,
    lay,
    leave_at_card,
    leave_later,
    name_page,
    said,
    seen,
    signed,
    slip_code,
    stage_in,
    states,
    to_card,
    to_submit,
    wait_for,
)

pytestmark = pytest.mark.processes


class Tap:
    """A line between terminal and printer that keeps what went through, so that a test can read the paper's words."""

    def __init__(self, address: str) -> None:
        _, host, port = address.split(":")
        self._there = (host, int(port))
        self._door = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp:127.0.0.1:{self._door.getsockname()[1]}"
        self.heard = bytearray()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        self._ends: list[socket.socket] = []

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
                far = socket.create_connection(self._there)
            except OSError:
                return
            self._ends += [near, far]
            for source, sink, keep in ((near, far, True), (far, near, False)):
                self._threads.append(threading.Thread(target=self._carry, args=(source, sink, keep)))
                self._threads[-1].start()

    def _carry(self, source: socket.socket, sink: socket.socket, keep: bool) -> None:
        try:
            while data := source.recv(4096):
                if keep:
                    self.heard += data
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return

    def printed(self, words: str) -> bool:
        """Whether these words went to the printer since the last clearing; lines may break anywhere."""
        heard = self.heard.decode("gb18030", "ignore")
        return words in "".join(letter for letter in heard if letter.isprintable())

    def close(self) -> None:
        """Hang up and join."""
        for end in (self._door, *self._ends):
            with contextlib.suppress(OSError):  # the other side may have hung up first
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        for thread in self._threads:
            thread.join()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


@pytest.fixture(scope="module")
def paper(stage: Stage) -> Iterator[Tap]:
    config = Path(stage.configs["kiosk"])
    text = config.read_text("utf-8")
    address = next(
        line.split('"')[1] for part in text.split("\n\n") if "receipt_printer" in part for line in part.splitlines()
        if line.startswith("address")
    )  # fmt: skip
    tap = Tap(address)
    config.write_text(text.replace(address, tap.address), "utf-8")
    try:
        yield tap
    finally:
        tap.close()


@pytest.fixture(scope="module")
def terminal(stage: Stage, paper: Tap) -> Keeper:
    return Keeper(stage, "kiosk", "home")


def nothing_of_the_last_one(kiosk: Window, code: str) -> bool:
    """Neither eyes nor a screen reader find the person before, though the case is still owed to the platform."""
    return not [secret for secret in (code, "王", "青山", "1380", "示例路") if secret in seen(kiosk)]


def test_platform_absent_at_start(stage: Stage, terminal: Keeper) -> None:
    terminal.shut()  # the tests of a file come in any order
    stage.office.weather(offline=True)
    kiosk = stage.open("kiosk")
    try:
        kiosk.page("home")
        kiosk.sees(said("chrome.offline_home.what"))
        stage.hall.do(CAMERA, "show", scene="face")
        to_card(kiosk)
        lay(stage, kiosk)
        kiosk.sees(fault(FaultCode.PLATFORM_OFFLINE))
        kiosk.sees(said("verify_face.way_in_person"))
        stage.office.weather()
        kiosk.tap("way_face")
        kiosk.page("choose_purpose", 60)
        leave_later(kiosk)
    finally:
        stage.close(kiosk)


def test_cut_after_signing(stage: Stage, terminal: Keeper, paper: Tap) -> None:
    kiosk = terminal.at_rest()
    to_submit(stage, kiosk, "青山")
    stage.office.weather(offline=True)
    paper.heard.clear()
    kiosk.tap("submit")
    kiosk.sees(said("submit.offline.title"))
    kiosk.sees(said("truth.sent_not"))
    assert not {said("truth.sent"), said("truth.accepted")} & set(kiosk.do("texts"))
    kiosk.tap("next")
    kiosk.page("take_receipt")
    kiosk.sees(said("take_receipt.done.title"))
    assert paper.printed("已保存，联网后自动送出")
    assert paper.printed("存证")  # the head of the audit trail leaves the machine with every receipt
    assert not paper.printed("已送出。")
    assert not paper.printed("已受理")
    code = slip_code(kiosk)
    kiosk.tap("next")
    kiosk.sees(said("see_progress.waiting.title"))
    kiosk.tap("next")
    kiosk.page("rate")
    kiosk.tap("level_5")
    kiosk.page("farewell")
    kiosk.tap("next")
    kiosk.page("home")
    assert states(stage, code) in ([], ["DRAFT"])
    assert nothing_of_the_last_one(kiosk, code)
    stage.office.weather()
    arrived_once(stage, "kiosk", code)
    to_card(kiosk)  # somebody else
    assert nothing_of_the_last_one(kiosk, code)
    leave_at_card(kiosk)


def test_answer_to_the_submission_lost(stage: Stage, terminal: Keeper) -> None:
    kiosk = terminal.at_rest()
    to_submit(stage, kiosk, "春风")
    code = slip_code(kiosk)
    stage.office.weather(drop_after_commit=1.0)
    kiosk.tap("submit")
    wait_for(lambda: "SUBMITTED" in states(stage, code), "the platform's having it without the terminal's knowing")
    kiosk.sees(said("submit.offline.title"))
    assert said("truth.sent") not in kiosk.do("texts")
    stage.office.weather()
    kiosk.sees(said("truth.sent"))
    kiosk.tap("next")
    kiosk.page("take_receipt")
    kiosk.sees(said("take_receipt.done.title"))
    finish(kiosk)
    arrived_once(stage, "kiosk", code)


def test_strangers_answer_during_the_visit(stage: Stage, terminal: Keeper) -> None:
    """A login page and half a JSON document: said, kept, and the same visit goes on when they have gone."""
    kiosk = terminal.at_rest()
    identified(stage, kiosk)
    name_page(kiosk, "明月")
    stage.office.weather(captive_portal=True)
    kiosk.tap("check")
    kiosk.sees(fault(FaultCode.NOT_THE_PLATFORM))
    stage.office.weather(nonsense=True)
    kiosk.tap("banner_retry")
    kiosk.sees(fault(FaultCode.BROKEN_ANSWER))
    stage.office.weather()
    kiosk.tap("banner_retry")
    described(kiosk)
    signed(kiosk)
    stage.office.weather(captive_portal=True)
    kiosk.tap("submit")
    kiosk.sees(said("submit.offline.title"))
    assert said("truth.sent") not in kiosk.do("texts")
    stage.office.weather()
    kiosk.sees(said("truth.sent"))
    kiosk.tap("next")
    kiosk.page("take_receipt")
    kiosk.sees(said("take_receipt.done.title"))
    code = slip_code(kiosk)
    finish(kiosk)
    arrived_once(stage, "kiosk", code)


def test_left_behind_a_portal(stage: Stage, terminal: Keeper) -> None:
    kiosk = terminal.at_rest()
    identified(stage, kiosk)
    stage.office.weather(captive_portal=True)
    name_page(kiosk, "江南")
    kiosk.tap("check")
    kiosk.sees(fault(FaultCode.NOT_THE_PLATFORM))
    kiosk.tap("key_hide")
    code = leave_later(kiosk)
    stage.office.weather()
    wait_for(lambda: states(stage, code) == ["DRAFT"], "the draft at the platform")
    assert stage.settled("kiosk")
