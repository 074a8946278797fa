"""What may be written into a log: our own words, codes and figures. Every log call of the code is found by itself.

Each value that a call writes stands in the list below, per file; a new one has to be put there by somebody who has
looked. Then the calls are really made, for ten thousand random people who are in everything that a call can reach.
"""

import ast
import builtins
import importlib
import io
import logging
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.faults import Fault, FaultCode

ROOT = Path(__file__).parents[2]
ROOMS = ("kiosk", "drivers", "offline_cache", "ui")
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
PEOPLE = 10_000

_CODE = {"error.code.value", "fault.code.value"}
_KIND = {"type(error).__name__", "type(asked.question).__name__", "bug_report(error)"}
ALLOWED: dict[str, set[str]] = {
    "kiosk/__main__.py": _KIND,
    "kiosk/assembly/__init__.py": _CODE,
    "kiosk/sandbox/database.py": {"_first_line(error)"},  # of the database's own text, without the row it quotes
    "kiosk/sandbox/dispatch.py": {"heard.op.id", "trace", *_KIND},
    "kiosk/sandbox/migrations.py": {"step.number", "step.what"},
    "kiosk/sandbox/offices.py": _KIND,
    "drivers/station.py": {"self.name", "what"},  # the device, and which of its calls hangs
    "drivers/supervisor.py": {"station.name"},
    "drivers/translate.py": {"where", *_KIND},
    "offline_cache/database.py": {"error.errno"},
    "offline_cache/enrolment.py": {"outcome.fault.details.get('slug', '')"},
    "offline_cache/ledger.py": _CODE,
    "offline_cache/news.py": _KIND,
    "offline_cache/orders.py": {"now.mode.value", "kind", "number", "reason"},
    "offline_cache/crew.py": {"row.sealed.operation", *_CODE, *_KIND},
    "offline_cache/sync.py": {"row.sealed.operation", "outcome.fault.details.get('slug', '')", *_CODE, *_KIND},
    "offline_cache/trail.py": {"outcome.fault.details.get('slug', '')"},
    "offline_cache/uplink/asking.py": {"'answers' if answered else 'does not answer'", *_KIND},
    "ui/bridge/turning.py": _KIND,
}


@dataclass(frozen=True, slots=True)
class LogCall:
    """One call, where it stands, and what it writes."""

    place: str
    file: str
    node: ast.Call

    @property
    def values(self) -> list[ast.expr]:
        """Everything but the words."""
        words = 2 if isinstance(self.node.func, ast.Attribute) and self.node.func.attr == "log" else 1
        return self.node.args[words:]


def log_calls(file: str, text: str) -> Iterator[LogCall]:
    """Every call of a logger in one file: of a name made by getLogger, or of the module itself."""
    tree = ast.parse(text)
    loggers = {"logging"} | {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and "getLogger" in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS:
            on = ast.unparse(node.func.value)
            if on in loggers or "getLogger" in on:
                yield LogCall(f"{file}:{node.lineno}", file, node)


def offences(call: LogCall) -> Iterator[str]:
    """What is wrong with a call, as it stands there."""
    words = call.node.args[len(call.node.args) - len(call.values) - 1]
    if not (isinstance(words, ast.Constant) and isinstance(words.value, str)):
        yield f"{call.place}: the words are not constant"
    if call.node.keywords or (isinstance(call.node.func, ast.Attribute) and call.node.func.attr == "exception"):
        yield f"{call.place}: a traceback quotes the exception's text"
    for value in call.values:
        if ast.unparse(value) not in ALLOWED.get(call.file, set()):
            yield f"{call.place}: {ast.unparse(value)} is not on the list"


def every_call() -> list[LogCall]:
    """Of the whole code."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [call for path in paths for call in log_calls(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))]


def test_every_value_is_on_the_list() -> None:
    calls = every_call()
    assert len(calls) >= 24
    assert [offence for call in calls for offence in offences(call)] == []
    used = {(call.file, ast.unparse(value)) for call in calls for value in call.values}
    stale = [
        (file, one)
        for file, many in ALLOWED.items()
        if not any((file, other) in used for other in many)
        for one in many
    ]
    assert stale == []


@pytest.mark.parametrize(
    "code",
    [
        'log.error("no %s", person.name)',
        'log.error(f"no {name}")',
        'log.error("no " + name)',
        'log.exception("no")',
        'log.error("no", exc_info=True)',
        'log.log(logging.INFO, "no %s", card)',
        'logging.warning("no %s", error)',
        'logging.getLogger("x").info("no %s", error)',
    ],
)
def test_the_list_is_looked_at(code: str) -> None:
    """What must not be, and is seen."""
    calls = list(log_calls("offline_cache/sync.py", f"import logging\nlog = logging.getLogger(__name__)\n{code}\n"))
    assert len(calls) == 1 and list(offences(calls[0]))


class Person:
    """In everything that a call can reach: whatever is asked of it is again this person."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._secrets = secrets

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *arguments: Any) -> Any:
        return self

    def __str__(self) -> str:
        return " ".join(self._secrets)

    __repr__ = __str__


def someone(chance: random.Random) -> tuple[str, ...]:
    """A name, a number, a phone and an address that nobody has."""
    family, given = chance.choice("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"), chance.sample("测试样例虚构无人", 2)
    number = f"500103{chance.randrange(19400101, 20081231)}{chance.randrange(10**4):04d}"
    phone = f"1{chance.randrange(3 * 10**9, 10**10):010d}"
    return family + "".join(given), number, phone, f"示例路{chance.randrange(10**6)}号"


class CarryingError(Exception):
    """An exception of any kind that quotes somebody: of the store, the system, the database, a bug."""

    code, errno = FaultCode.DISK_FULL, 28

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__(*secrets)
        self.details = dict(enumerate(secrets))
        self.orig = ValueError("lock timeout\nDETAIL: " + " ".join(secrets))


class Reach(dict[str, Any]):
    """What a call finds under the names that it uses: the real kinds of things, with a person in them; under a name
    that nobody has thought of, the person itself."""

    def __init__(self, secrets: tuple[str, ...], known: Mapping[str, Any]) -> None:
        fault = Fault(FaultCode.PLATFORM_REFUSED, {"slug": "name-taken", "name": secrets[0]})
        sealed = SimpleNamespace(operation="submitCase", body="".join(secrets), path=secrets[1])
        named = SimpleNamespace(name="id_card_reader", person=secrets)
        step = SimpleNamespace(number=3, what="a table more")
        super().__init__(
            error=CarryingError(secrets), fault=fault, outcome=SimpleNamespace(fault=fault, body=secrets),
            row=SimpleNamespace(sealed=sealed), asked=SimpleNamespace(question=Person(secrets)), step=step,
            heard=SimpleNamespace(op=SimpleNamespace(id="putDraft"), raw=secrets), trace="01J0", answered=False,
            self=named, station=named, what="read", where="device id_card_reader", kind="orders", number=7,
            reason="signature", now=SimpleNamespace(mode=SimpleNamespace(value="open"), message=secrets),
        )  # fmt: skip
        self._secrets, self._known = secrets, known

    def __missing__(self, name: str) -> Any:
        if name in self._known or hasattr(builtins, name):
            raise KeyError(name)
        return Person(self._secrets)


def _leaks(calls: list[LogCall], people: int) -> list[str]:
    """Make the calls, with that many people; what of them came through."""
    sink = io.StringIO()
    logger = logging.Logger("made here")
    logger.addHandler(logging.StreamHandler(sink))
    ready = []
    for call in calls:
        module = importlib.import_module(call.file.removesuffix(".py").replace("/", "."))
        values = [compile(ast.Expression(value), call.place, "eval") for value in call.values]
        ready.append((call, ast.literal_eval(call.node.args[-len(values) - 1]), values, vars(module)))
    chance, leaked = random.Random(people), []
    for number in range(people):
        secrets = someone(chance)
        call, words, values, known = ready[number % len(ready)]
        try:
            raise CarryingError(secrets)
        except CarryingError:  # whoever logs does so while it is being handled
            logger.error(words, *(eval(code, dict(known), Reach(secrets, known)) for code in values))
        text = sink.getvalue()
        assert text.strip()
        leaked += [call.place for secret in secrets if secret in text]
        sink.seek(0)
        sink.truncate()
    return leaked


def test_ten_thousand_people_leave_no_trace() -> None:
    assert _leaks(every_call(), PEOPLE) == []


@pytest.mark.parametrize(
    "value",
    [
        "error",
        "str(error)",
        "card.name",
        "fault.details",
        "row.sealed",
        "outcome.fault.details['name']",
        "asked.question",
    ],
)
def test_the_people_would_be_seen(value: str) -> None:
    """Whoever writes a value that holds a person gives that person away."""
    text = f'import logging\nlog = logging.getLogger("x")\nlog.error("no %s", {value})\n'
    assert len(_leaks(list(log_calls("offline_cache/sync.py", text)), 20)) >= 20
