"""A tax device that is not this company's is put aside (隔离): recorded as what has happened, told to the platform,
and shown to whoever has the device in hand. Both the bundle and the issue lead here."""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import AbortHandover, ReportReadBack, SetDeviceAside, Verdict
from kiosk.contracts.tax_device import TaxDeviceReadout
from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.ids import UnitId

from . import effects as do
from . import events as ev
from .desk import Desk
from .device_desk import Aside, AsideCause, ReadBack, cause_of, judged
from .machine import Effect, Event, Row, Step
from .visit import Clocked

REASON = "device_mismatch"  # why a bundle went back


def device_of(d: Desk) -> Article | None:
    """The tax device of the bundle in hand, as the platform's permit names it."""
    lines = {line.article_id for line in d.handover.lines} if d.handover else set()
    articles = d.case.articles if d.case else ()
    return next((a for a in articles if a.kind is ArticleKind.TAX_DEVICE and a.id in lines), None)


def verdict_on(d: Desk, readout: TaxDeviceReadout, number: str) -> ReadBack:
    """What a device says, against the number that is expected and the company of the open case."""
    assert d.case is not None
    return judged(readout, number, d.case.uscc, d.case.form.holder)


def put(d: Desk, unit_id: UnitId, cause: AsideCause, *, from_bundle: bool) -> Desk:
    """It is put aside, now; the deed is not recorded yet."""
    aside = Aside(unit_id, cause, d.now, from_bundle)
    return replace(d, devices=replace(d.devices, aside=aside), deed=None, truth=Clocked())


def recorded_as(d: Desk) -> tuple[Effect, ...]:
    """The deeds, in the order in which they happened: the bundle goes back, then the device comes out of it. What was
    read off a device that is being issued is reported as it was read; the platform puts it aside by that."""
    aside = d.devices.aside
    assert aside is not None and d.case is not None
    issue, readout = d.devices.issue, d.readout
    why = (("unit", aside.unit_id), ("reason", aside.cause.value))
    if aside.from_bundle:
        assert d.handover is not None
        back = AbortHandover(d.handover.id, d.case.id, REASON, aside.at)
        fields = (("handover", d.handover.id), ("reason", REASON))
        return (
            do.Record(back, AuditKind.HANDOVER_ABORTED, fields),
            do.Record(
                SetDeviceAside(aside.unit_id, d.case.id, aside.cause.value, aside.at), AuditKind.DEVICE_SET_ASIDE, why
            ),
        )
    if issue is not None and readout is not None and aside.cause is not AsideCause.UNREADABLE:
        said = ReportReadBack(issue.id, d.case.id, readout, aside.at)
        return (do.Record(said, AuditKind.DEVICE_SET_ASIDE, why),)
    alone = SetDeviceAside(aside.unit_id, d.case.id, aside.cause.value, aside.at)
    return (do.Record(alone, AuditKind.DEVICE_SET_ASIDE, why),)


def from_bundle(d: Desk, e: Event) -> Desk:
    """Out of the bundle on the counter."""
    device = device_of(d)
    assert device is not None and device.unit_id is not None
    cause = AsideCause.UNREADABLE
    if d.readout is not None:
        cause = cause_of(verdict_on(d, d.readout, device.serial))
    return put(d, device.unit_id, cause, from_bundle=True)


def record(d: Desk, e: Event) -> tuple[Effect, ...]:
    """Record it, at the moment of the act."""
    return recorded_as(d)


def arrived(d: Desk) -> bool:
    """Whether the platform knows."""
    return d.deed is not None and d.deed.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)


def kept(d: Desk, e: Event) -> Desk:
    """It is recorded on this machine."""
    assert isinstance(e, ev.DeedRecorded)
    return replace(d, deed=e.status, truth=replace(d.truth, recorded=e.status.recorded_at), fault=None)


def _not_kept(d: Desk, e: Event) -> bool:
    """The same deeds once more are the same acts: what is recorded already stays as it is."""
    return d.fault is not None


def _may_take_another(d: Desk, e: Event) -> bool:
    return arrived(d)


def _empty_handed(d: Desk, e: Event) -> Desk:
    return replace(d, devices=d.devices.put_down(), readout=None, handover=None, checks=(), deed=None)


def _follow(d: Desk) -> tuple[Effect, ...]:
    return (do.FollowCase(d.case.id),) if d.case else ()


DEVICE_ASIDE: Step[Desk] = Step("device_aside", (
    Row(ev.DeedRecorded, None, kept),
    Row(ev.RetryAsked, None, None, record, _not_kept),
    Row(ev.AnotherAsked, "take_device", _empty_handed, None, _may_take_another),
    Row(ev.NextAsked, "list_devices"),
    Row(ev.BackAsked, "find_case"),
), enter=_follow)  # fmt: skip
