"""The conformance suite on a real unit, with a person's hands, as a dated report that its maker can be sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from drivers import registry
from drivers.conformance import SUITE, does_what_it_is_for
from drivers.errors import DriverError
from drivers.exercise import Ask, work_of
from drivers.trial import Result, Subject, Verdict, judge
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport

CHECKS = (*SUITE, does_what_it_is_for)
_NO_PLUG = frozenset({"skf", "component"})  # a maker's library or program: what is pulled there is only waited for

_WAITS = {
    DeviceKind.ID_CARD_READER: lambda device, seconds: device.read(seconds),
    DeviceKind.SOCIAL_CARD_READER: lambda device, seconds: device.read(seconds),
    DeviceKind.TAX_DEVICE: lambda device, seconds: device.read_back(seconds),
    DeviceKind.STAFF_CARD_READER: lambda device, seconds: device.wait_card(seconds),
    DeviceKind.CODE_SCANNER: lambda device, seconds: device.scan(seconds),
    DeviceKind.FACE_CAMERA: lambda device, seconds: device.capture(lambda _: None, seconds),
    DeviceKind.DOCUMENT_CAMERA: lambda device, seconds: device.take_page(lambda _: None, seconds),
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the suite found on one unit."""

    kind: DeviceKind
    driver: str
    at: datetime
    version: str
    unit: DeviceReport | None  # what it says of itself; None when it did not open
    verdicts: tuple[Verdict, ...]

    @property
    def conforms(self) -> bool:
        """Nothing failed, and it was there."""
        return self.unit is not None and all(one.result is not Result.FAILED for one in self.verdicts)


def examine(
    kind: DeviceKind,
    config: DeviceConfig,
    at: datetime,
    version: str,
    ask: Ask | None,
    say: Callable[[str], None],
    *,
    pulls: bool = True,
) -> Certificate:
    """Run every check; with ``ask`` a person lays, pulls and plugs, without it those checks are not possible.
    ``pulls``: the plug is within reach; a reader inside the cabinet's wall has none."""
    unit = _unit(kind, config)
    hands = ask if pulls and config.driver not in _NO_PLUG else None
    subject = Subject(
        kind=kind,
        make=partial(registry.make, kind, config),
        wait=_WAITS.get(kind),
        work=work_of(kind, ask),
        unplug=partial(hands, "pull the device's plug, or switch it off") if hands else None,
        plug=partial(hands, "plug it in again, or switch it on") if hands else None,
    )
    verdicts: list[Verdict] = []
    for check in CHECKS if unit is not None else ():
        verdicts.append(judge(check, subject))
        say(_line(verdicts[-1]))
    return Certificate(kind, config.driver, at, version, unit, tuple(verdicts))


def _unit(kind: DeviceKind, config: DeviceConfig) -> DeviceReport | None:
    """What the unit says of itself, or nothing when it cannot be opened."""
    try:
        device = registry.make(kind, config)
    except DriverError:
        return None
    try:
        device.open()
        return device.check()
    except DriverError:
        return None
    finally:
        device.close()


def written(certificate: Certificate) -> str:
    """The report as a page. Of the address only its kind: where a hall's devices are is nobody else's matter."""
    unit = certificate.unit
    untried = sum(one.result is Result.NOT_POSSIBLE for one in certificate.verdicts)
    as_far = f" as far as it was tried: {untried} checks were not possible" if untried else ""
    head = [
        f"# Conformance: {certificate.kind.value}",
        "",
        f"- examined {certificate.at.isoformat(timespec='seconds')}, kiosk {certificate.version}",
        f"- driver `{certificate.driver}`",
        f"- unit: {unit.model or 'gives no model'}, {unit.serial or 'no serial number'}"
        if unit
        else "- no unit answered",
        f"- result: **{'conforms' if certificate.conforms else 'does not conform'}**{as_far}",
        "",
        "| check | result | remark |",
        "|---|---|---|",
    ]
    rows = [f"| {one.check} | {one.result.value} | {one.remark} |" for one in certificate.verdicts]
    return "\n".join([*head, *rows]) + "\n"


def keep(certificate: Certificate, folder: Path) -> Path:
    """Write the report; its name tells kind and moment."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"conformance-{certificate.kind.value}-{certificate.at:%Y%m%dT%H%M%S}.md"
    path.write_text(written(certificate), "utf-8")
    return path


def _line(verdict: Verdict) -> str:
    mark = {Result.PASSED: "ok  ", Result.FAILED: "BAD ", Result.NOT_POSSIBLE: "note"}[verdict.result]
    told = {Result.NOT_POSSIBLE: "not possible without a hand"}.get(verdict.result, verdict.remark)
    return f"{mark} {verdict.check}{': ' + told if told else ''}"


def summary(verdicts: Sequence[Verdict]) -> str:
    """One line: how many of each."""
    counts = {result: sum(one.result is result for one in verdicts) for result in Result}
    return ", ".join(f"{count} {result.value}" for result, count in counts.items())
