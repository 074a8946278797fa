"""Runs the checks in order and writes the report."""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from . import cases, changes, handing_over, once, shape
from .asking import BrokenError, Staff, Terminal, demo_key
from .ground import Ground, SkipError


class Outcome(enum.Enum):
    """How one check went."""

    KEPT = "kept"
    BROKEN = "BROKEN"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report."""

    area: str
    promise: str
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The platform that is tried, and who tries it. The defaults are the reference platform's own demo hall."""

    url: str
    kiosk: str = "kiosk-01 demo-kiosk-01"
    window: str = "window-03 demo-window-03"
    other_window: str = "window-04 demo-window-04"
    window_ids: tuple[str, str] = ("w-03", "w-04")
    site_id: str = "cq-demo-01"
    staff_ref: str = "0317"
    staff_key: Path | None = None  # PEM of an Ed25519 key; None: the demo card's
    permit_key: str = ""


Check = Callable[[Ground], None]
CHECKS: tuple[Check, ...] = (
    *shape.CHECKS, *once.CHECKS, *cases.CHECKS, *changes.CHECKS, *handing_over.CHECKS,
)  # fmt: skip


def ground_of(tried: Tried) -> Ground:
    """What the checks stand on; to be closed. ValueError: no address, no key."""
    kiosk, window, other = (Terminal(tried.url, one) for one in (tried.kiosk, tried.window, tried.other_window))
    return Ground(
        kiosk, window, other, _staff(tried), control=_can_be_hurried(kiosk), site_id=tried.site_id,
        window_id=tried.window_ids[0], other_window_id=tried.window_ids[1], permit_key=tried.permit_key,
    )  # fmt: skip


def examine(tried: Tried, say: Callable[[str], None]) -> bool:
    """Try everything; True when nothing is broken. ValueError: no address, no key."""
    ground = ground_of(tried)
    try:
        return all(line.outcome is not Outcome.BROKEN for line in run(ground, CHECKS, say))
    finally:
        ground.close()


def _staff(tried: Tried) -> Staff:
    if tried.staff_key is None:
        return Staff(tried.staff_ref, demo_key(tried.staff_ref))
    key = load_pem_private_key(tried.staff_key.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError(f"{tried.staff_key} holds no Ed25519 key")
    return Staff(tried.staff_ref, key)


def _can_be_hurried(terminal: Terminal) -> bool:
    try:
        answer = terminal.raw("GET", "/sandbox/clock")
        return answer.status == 200 and answer.json.get("mode") == "manual"
    except (OSError, ValueError):
        return False


def run(ground: Ground, checks: Iterable[Check], say: Callable[[str], None]) -> tuple[Line, ...]:
    """Every check once; a platform that fails one is still asked the others."""
    lines = []
    for check in checks:
        line = one(ground, check)
        lines.append(line)
        say(f"{line.outcome.value:8} {line.area:12} {line.promise}" + (f": {line.why}" if line.why else ""))
    counts = {outcome: sum(line.outcome is outcome for line in lines) for outcome in Outcome}
    say(", ".join(f"{count} {outcome.value}" for outcome, count in counts.items()))
    return tuple(lines)


def one(ground: Ground, check: Check) -> Line:
    """One check."""
    area, promise = check.__module__.rpartition(".")[2], (check.__doc__ or check.__name__).strip().rstrip(".")
    try:
        check(ground)
    except SkipError as reason:
        return Line(area, promise, Outcome.SKIPPED, str(reason))
    except BrokenError as broken:
        return Line(area, promise, Outcome.BROKEN, str(broken))
    except OSError as error:
        return Line(area, promise, Outcome.BROKEN, f"no answer: {error}")
    except (KeyError, IndexError, TypeError, ValueError) as error:
        return Line(area, promise, Outcome.BROKEN, f"an answer could not be used: {type(error).__name__} {error}")
    return Line(area, promise, Outcome.KEPT)
