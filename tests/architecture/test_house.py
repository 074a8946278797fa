"""The rules of the house, executed: imports, catalogues, names that belong together."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.faults import FaultCode, words
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.wall import WALL
from kiosk.workflow.window import WINDOW

ROOT = Path(__file__).parents[2]
PACKAGES = ("kiosk", "drivers", "offline_cache", "ui")
SOURCES = [p for package in PACKAGES for p in (ROOT / package).rglob("*.py")]


def test_import_rules() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-3000:]


def test_every_fault_has_its_words_in_both_languages() -> None:
    catalogue = tomllib.loads((ROOT / "kiosk/faults.toml").read_text("utf-8"))
    assert set(catalogue) == {code.value for code in FaultCode}
    for code in FaultCode:
        zh, en = words(code, "zh"), words(code, "en")
        assert zh.what and zh.citizen and zh.staff and en.what and en.citizen, code
        assert catalogue[code.value]["cause"], code


def test_every_fault_is_used() -> None:
    text = "\n".join(p.read_text("utf-8") for p in SOURCES if p.name != "faults.py")
    unused = [code.name for code in FaultCode if not re.search(rf"FaultCode\.{code.name}\b", text)]
    assert not unused


def test_every_audit_event_is_in_the_vocabulary_and_used() -> None:
    vocabulary = tomllib.loads((ROOT / "kiosk/audit_events.toml").read_text("utf-8"))
    assert set(vocabulary) == {kind.value for kind in AuditKind}
    text = "\n".join(p.read_text("utf-8") for p in SOURCES if p.name != "audit.py")
    assert not [kind.name for kind in AuditKind if f"AuditKind.{kind.name}" not in text]


@pytest.mark.parametrize(("plan", "folder"), [(CITIZEN, "Citizen"), (WINDOW, "Clerk"), (WALL, "Hall")])
def test_steps_and_screens_pair_up(plan: object, folder: str) -> None:
    steps = {"".join(part.capitalize() for part in step.split("_")) for step in plan.steps}  # type: ignore[attr-defined]
    screens = {p.stem for p in (ROOT / "ui/qml" / folder).glob("*.qml")}
    assert steps <= screens, f"steps without a screen: {steps - screens}"


def test_nothing_is_left_open_in_the_tree() -> None:
    marks = re.compile("TO" + "DO|FIX" + "ME|Not" + "ImplementedError")
    found = [str(p.relative_to(ROOT)) for p in SOURCES if marks.search(p.read_text("utf-8"))]
    assert not found


def test_files_are_small_enough_to_be_one_room() -> None:
    large = {str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert not large
