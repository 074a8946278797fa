"""Two thousand signals, setters and event loops in a child process, whose exit code counts.

Some Qt bindings drop a reference with every signal and end the process long after the tests have passed.
"""

import subprocess
import sys

CHILD = """
from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot

class Bell(QObject):
    rung = Signal(int)
    shown = Signal(bool)
    nothing = Signal(object)
    changed = Signal()
    def __init__(self):
        super().__init__()
        self.count, self._loud = 0, False
        self.rung.connect(self.hear)
        self.shown.connect(self.hear)
        self.nothing.connect(self.hear)
    @Slot(int)
    @Slot(bool)
    @Slot(object)
    def hear(self, _):
        self.count += 1
    def get(self):
        return self._loud
    def put(self, loud):
        self._loud = loud
        self.changed.emit()
    loud = Property(bool, get, put, notify=changed)

app = QCoreApplication(["bell"])
bell = Bell()
for n in range(2000):
    bell.rung.emit(n)
    bell.shown.emit(n % 2 == 0)
    bell.nothing.emit(None)
    bell.setProperty("loud", n % 2 == 0)
    bell.changed.connect(bell.get)
    bell.changed.disconnect(bell.get)
    app.processEvents()
assert bell.count == 6000, bell.count
"""


def test_two_thousand_of_everything() -> None:
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
