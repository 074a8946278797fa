"""Which orders of the platform count, and what a terminal may do by them.

A signature alone does not stop an old order from being played again: each has a number that only grows, and the
terminal remembers the highest it has followed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.orders import EVERYTHING, GRAVE, Directive, Manifest, Mode, OfflineLimits, Standing, Why

GRACE = timedelta(days=7)  # a configuration that ran out is shown, and only after this stops the work


@dataclass(frozen=True, slots=True)
class Place:
    """Whom an order must be meant for. ``kind`` is the contract's: SELF_SERVICE or WINDOW."""

    terminal_id: str
    site_id: str
    kind: str


def why_not_manifest(
    manifest: Manifest, signers: frozenset[str], known: int, place: Place, now: datetime | None
) -> str:
    """Why a configuration is not followed; empty: it is.

    ``signers``: keys of the platform whose signature fits; ``known``: the highest version followed so far;
    ``now``: None while the clock is unsure, then the date is not judged.
    """
    checks = (
        (not signers, "signature"),
        (manifest.version <= known, "rollback"),
        (not _meant(manifest, place), "audience"),
        (now is not None and manifest.expires_at <= now, "expired"),
    )
    return next((reason for wrong, reason in checks if wrong), "")


def _meant(manifest: Manifest, place: Place) -> bool:
    return (
        manifest.site_id == place.site_id
        and manifest.kind in (None, place.kind)
        and manifest.terminal_id in (None, place.terminal_id)
    )


def why_not_directive(directive: Directive, signers: frozenset[str], known: int, terminal_id: str) -> str:
    """Why an order is not followed; empty: it is. Locking and wiping take the signatures of two keys."""
    checks = (
        (len(signers) < (2 if directive.mode in GRAVE else 1), "signature"),
        (directive.seq <= known, "rollback"),
        (directive.terminal_id != terminal_id, "audience"),
    )
    return next((reason for wrong, reason in checks if wrong), "")


@dataclass(frozen=True, slots=True)
class Known:
    """What a terminal knows of its orders. ``heard_at``: when the platform last answered this terminal; ``refuses``:
    the platform says that this terminal is suspended or revoked; ``program``: the version that runs here."""

    directive: Directive | None = None
    manifest: Manifest | None = None
    heard_at: datetime | None = None
    refuses: bool = False
    program: str = ""


def standing(known: Known, now: datetime, *, sure: bool) -> Standing:
    """What may be done now: the gravest of order, refusal, silence and date.

    A time limit of an order lifts it only by a sure clock; an unsure one neither frees nor shortens anything else
    than the time of silence, which every clock of this machine measures alike.
    """
    found = [EVERYTHING, _ordered(known.directive, now, sure=sure)]
    if known.refuses:
        found.append(Standing(Mode.LOCKED, Why.REFUSED))
    limits = OfflineLimits() if known.manifest is None else known.manifest.limits
    if known.heard_at is not None and now - known.heard_at > limits.read_only_after:
        found.append(Standing(Mode.READ_ONLY, Why.OUT_OF_CONTACT))
    if known.manifest is not None and sure and now > known.manifest.expires_at + GRACE:
        found.append(Standing(Mode.READ_ONLY, Why.CONFIGURATION_EXPIRED))
    if known.manifest is not None and is_older(known.program, known.manifest.oldest_program):
        found.append(Standing(Mode.READ_ONLY, Why.PROGRAM_TOO_OLD))
    order = list(Mode)
    return max(found, key=lambda one: order.index(one.mode))


def is_older(program: str, least: str) -> bool:
    """Whether a version of dotted numbers is before another. A text that is no such version is never judged: a slip
    of the pen in a configuration must not stop a hall."""
    mine, theirs = _numbers(program), _numbers(least)
    return bool(mine and theirs) and mine < theirs


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.strip().split(".")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return ()
    numbers = [int(part) for part in parts]
    while len(numbers) > 1 and numbers[-1] == 0:  # 1.2 and 1.2.0 are one version
        numbers.pop()
    return tuple(numbers)


def _ordered(directive: Directive | None, now: datetime, *, sure: bool) -> Standing:
    if directive is None or directive.mode is Mode.NORMAL:
        return EVERYTHING
    if sure and directive.until is not None and directive.until <= now:
        return EVERYTHING
    return Standing(directive.mode, Why.ORDERED)
