"""The application as a process: it says when it is ready, obeys SIGTERM, hears the pilot, and fails in one line."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from ui.fonts import FontsMissingError, load_fonts

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from datetime import datetime
from pathlib import Path
from ui.app import WindowSpec, run
from ui.gallery import GALLERY, Samples, Still
fd, training, dictionary = int(sys.argv[1]), sys.argv[2] == "training", Path(sys.argv[3])
spec = WindowSpec(role="citizen", hall="示例区政务服务中心", fullscreen=False, training=training, reduced_motion=True,
                  pilot_fd=fd, dictionary=dictionary)
sys.exit(run(spec, Still("describe"), Samples(), now=datetime.now, main=GALLERY / "Pages.qml"))
"""

IN_A_FRAME = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow
from ui.app import Ending
app = QGuiApplication(["kiosk"])
window = QQuickWindow()
ending = Ending(app)
frames = []
again = QTimer()
again.timeout.connect(window.requestUpdate)  # the first frame comes with the window, those after it with a request
again.start(5)
def shown():
    frames.append(0)
    if len(frames) == 4:
        os.kill(os.getpid(), signal.SIGTERM)
        print("a window" if window.isVisible() else "none", flush=True)
window.afterFrameEnd.connect(shown)
window.show()
code = app.exec()
ending.stop()
sys.exit(code)
"""


class Running:
    """The child with its pilot line and what it told the service manager."""

    def __init__(self, folder: Path, dictionary: Path, training: bool = True) -> None:
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notices.bind(str(folder / "notify"))
        self.notices.settimeout(1)
        self.line, theirs = socket.socketpair()
        self.line.settimeout(60)
        environment = {**os.environ, "NOTIFY_SOCKET": str(folder / "notify"), "QT_QPA_PLATFORM": "offscreen"}
        kind = "training" if training else "real"
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(theirs.fileno()), kind, str(dictionary)],
            pass_fds=[theirs.fileno()], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        theirs.close()
        self.answers = self.line.makefile("r", encoding="utf-8")

    def ready(self) -> None:
        for _ in range(120):
            try:
                assert self.notices.recv(100) == b"READY=1"
                return
            except TimeoutError:
                assert self.process.poll() is None, self.process.communicate()[1]
        raise AssertionError("it runs, but was never ready")

    def send(self, text: str) -> dict[str, Any]:
        self.line.sendall(text.encode() + b"\n")
        answer: dict[str, Any] = json.loads(self.answers.readline())
        return answer

    def do(self, name: str, *args: Any) -> Any:
        answer = self.send(json.dumps({"do": name, "args": args}))
        assert answer["ok"], answer
        return answer["value"]

    def terminate(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        if self.process.stderr and not self.process.stderr.closed:
            self.process.communicate()
        self.answers.close()
        self.line.close()
        self.notices.close()


@pytest.fixture
def running(tmp_path: Path, dictionary: Path) -> Iterator[Running]:
    child = Running(tmp_path, dictionary)
    yield child
    child.close()


pytestmark = pytest.mark.processes


def test_an_end_that_comes_in_the_middle_of_a_frame_waits_for_its_end() -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
    ended = subprocess.run(
        [sys.executable, "-c", IN_A_FRAME], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "a window\n", "")


def test_ready_with_the_first_frame_and_gone_with_sigterm(running: Running) -> None:
    running.ready()
    assert running.terminate() == (0, "")
    assert running.notices.recv(100) == b"STOPPING=1"


def test_the_pilot_has_hands_and_eyes(running: Running, tmp_path: Path) -> None:
    running.ready()
    assert running.do("page") == "describe"
    assert running.do("size") == {"width": 1080, "height": 1920, "scale": 1.0}
    running.do("wait_text", "您做什么生意？", 10)
    running.do("tap", "search_input")
    running.do("pinyin", "餐饮")
    texts = running.do("texts")
    assert "餐饮" in texts
    assert "演示环境" in texts
    tree = running.do("tree")
    assert {"role": "Button", "name": "呼叫帮办", "object": "help_call"} in tree
    running.do("tap", "help_size")
    assert running.do("size")["scale"] == 1.4
    running.do("grab", str(tmp_path / "screen.png"))
    assert (tmp_path / "screen.png").stat().st_size > 10_000
    counts = running.do("counts")
    assert counts["taps"] >= 4
    assert counts["keystrokes"] == 0
    assert running.terminate() == (0, "")


@pytest.mark.parametrize(
    ("command", "error"),
    [
        ("rubbish", "Expecting value"), ("[]", ""), ("{}", "do"), ('{"do": "exec"}', "unknown command exec"),
        ('{"do": "tap"}', "name"), ('{"do": "tap", "args": ["nowhere"]}', "nothing visible is called nowhere"),
        ('{"do": "wait_page", "args": ["home", 0.1]}', "home did not come"), ('{"do": "settle", "args": 5}', ""),
        ('{"do": "pinyin", "args": ["重庆"]}', "no field is open"),
        ('{"do": "grab", "args": ["/nowhere/x.png"]}', "could not be written"),
        ('{"do": "paw", "args": [[["touch"]]]}', "IndexError at "),
    ],
)  # fmt: skip
def test_a_wrong_command_gets_one_line_and_the_next_one_works(running: Running, command: str, error: str) -> None:
    running.ready()
    answer = running.send(command)
    assert not answer["ok"]
    assert error in answer["error"]
    assert "\n" not in answer["error"]
    assert running.do("page") == "describe"


def test_the_terminal_lives_on_when_the_pilot_hangs_up(running: Running) -> None:
    running.ready()
    running.line.shutdown(socket.SHUT_RDWR)
    assert running.terminate() == (0, "")


def test_outside_training_nobody_flies(tmp_path: Path, dictionary: Path) -> None:
    child = Running(tmp_path, dictionary, training=False)
    try:
        child.ready()
        child.line.sendall(b'{"do": "page"}\n')
        assert child.terminate() == (0, "")
        with pytest.raises(ConnectionResetError):  # what was asked is still lying there unread
            child.answers.readline()
    finally:
        child.close()


def test_without_its_dictionary_it_says_so_in_one_line(tmp_path: Path) -> None:
    child = Running(tmp_path, tmp_path / "nowhere.sqlite")
    try:
        _, said = child.process.communicate(timeout=60)
        assert child.process.returncode == 2
        assert said.count("\n") == 1
        assert "python -m ui.pinyin.build" in said
    finally:
        child.close()


def test_missing_fonts_name_their_package(qapp: QGuiApplication, tmp_path: Path) -> None:
    with pytest.raises(FontsMissingError, match="fonts-noto-cjk"):
        load_fonts(qapp, tmp_path)
