"""``python -m ui.lint``: every QML file against the real Python types, with no warning allowed.

Describes the adapters of ui/bridge to qmllint (build/qmltypes) and runs it over ui/qml.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import PySide6

HERE = Path(__file__).parent
MODULE = "Bridge"


def main() -> int:
    """Lint; the exit code is qmllint's."""
    types = HERE.parent / "build" / "qmltypes"
    describe(types / MODULE)
    files = sorted(str(f) for f in (HERE / "qml").rglob("*.qml"))
    linter = Path(PySide6.__file__).parent / "qmllint"
    command = [str(linter), "--max-warnings", "0", "-I", str(HERE / "qml"), "-I", str(types), *files]
    done = subprocess.run(command, check=False)
    print(f"qmllint: {len(files)} files, {'no warnings' if done.returncode == 0 else 'see above'}")  # noqa: T201
    return done.returncode


def describe(folder: Path) -> None:
    """Write qmldir and qmltypes of the module Bridge from the Python sources."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    sources = [str(f) for f in sorted((HERE / "bridge").glob("*.py")) if "@Qml" in f.read_text("utf-8")]
    dump = subprocess.run([_tool("pyside6-metaobjectdump"), *sources], check=True, capture_output=True, text=True)
    described = json.loads(dump.stdout)
    ours = {one["className"] for file in described for one in file["classes"]}
    _point(described, ours)
    metatypes = folder / "metatypes.json"
    metatypes.write_text(json.dumps(described), "utf-8")
    foreign = Path(PySide6.__file__).parent / "Qt" / "metatypes"
    known = ",".join(str(foreign / f"qt6{name}_metatypes.json") for name in ("core", "gui", "qml", "quick"))
    subprocess.run(
        [
            _tool("pyside6-qmltyperegistrar"),
            *("--import-name", MODULE, "--major-version", "1", "--minor-version", "0"),
            *("--foreign-types", known, "--generate-qmltypes", str(folder / "bridge.qmltypes")),
            *("-o", str(folder / "unused.cpp"), str(metatypes)),
        ],
        check=True,
    )
    (folder / "qmldir").write_text(f"module {MODULE}\ntypeinfo bridge.qmltypes\nimport QtQuick\n", "utf-8")


def _point(node: Any, ours: set[str]) -> None:
    """QObject types are pointers for Qt; Python has no word for it."""
    if isinstance(node, list):
        for one in node:
            _point(one, ours)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name in ("type", "returnType") and (value in ours or value == "QObject"):
                node[name] = value + "*"
            elif name in ("type", "returnType") and value == "float":
                node[name] = "double"
            else:
                _point(value, ours)


def _tool(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is missing: install PySide6-Essentials")
    return found


if __name__ == "__main__":
    sys.exit(main())
