"""One tax device in hand: a blank one taken, its issue followed, and what it says when it is written."""

from kiosk.contracts.tax_device import TaxDeviceReadout
from kiosk.domain.acts import Act
from kiosk.domain.device_issue import DeviceIssueState
from kiosk.domain.private import mask_name
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.device_desk import IssueWay
from kiosk.workflow.device_verdict import may_put_aside, verdict
from kiosk.workflow.issue_tax_device import may_request, receipt_of
from kiosk.workflow.machine import Event
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .bundle import differences
from .chrome import Page, column, key, scan_of

_SECONDS = 60 * 60  # the promise


def _framed(s: Sight[Desk], title: str, more: dict[str, object]) -> tuple[str, str, str, dict[str, object]]:
    """Title, whose device it is, and until when there is time."""
    d = s.state
    assert d.case is not None
    issue, listed = d.devices.issue, d.devices.listed
    waits = next((one for one in listed.wanted if one.case_id == d.case.id), None) if listed else None
    due = issue.due_at if issue else waits.due_at if waits else None
    at = due.astimezone(d.now.tzinfo) if due else None
    clock = {
        "dueShown": due is not None,
        "dueAt": due.timestamp() * 1000 if due else 0.0,
        "dueAll": _SECONDS,
        "dueWords": s.say("devices.due", at=f"{at:%H:%M}") if at else "",
    }
    meta = s.say("check_bundle.meta", code=d.case.slip_code, uscc=d.case.uscc)
    return s.say(title), business(d.case.form, s.words), meta, {**clock, **more}


def take_device(s: Sight[Desk]) -> Page:
    """A blank device out of the store: its label is scanned, and where a reader is, its chip is read."""
    d = s.state
    desk, busy = d.devices, d.busy is DeskBusy.ISSUING
    typing = s.note("typing") == "yes" and not busy
    ready = may_request(d)
    chip = desk.blank
    labelled = "ok" if ready else "stop" if desk.label and d.fault is not None else "scan"
    rows: tuple[Row, ...] = (
        _fact(s, "label", desk.label, labelled, "take_device.label_ok" if ready else "", not desk.label or typing),
        _fact(
            s, "chip", s.say(f"take_device.chip_says.{chip.status.value}", number=chip.number) if chip else "",
            "todo" if chip is None else "ok" if ready else "stop",
            "" if chip is None else "take_device.chip_ok" if ready else "match.different",
        ),
    )  # fmt: skip
    act = Action(
        "issue", s.say("take_device.go"), "primary", "send", ready or busy, s.say("take_device.missing"), busy,
        s.say("clerk.busy.issuing"), "F12",
    )  # fmt: skip
    anew = key("retry", "F6", s.say("take_device.another"), enabled=not busy)
    typed = key("typed", "Enter", s.say("check_bundle.typed"), enabled=bool(s.note("code").strip()))
    keys = (typed, key("typing", "Esc", s.say("check_bundle.scan_instead"))) if typing else (
        key("issue", "F12", s.say("take_device.go"), enabled=ready),
        key("typing", "F4", s.say("check_bundle.type"), enabled=not busy),
        anew,
        key("back", "Esc", s.say("devices.to_list"), enabled=not busy),
    )  # fmt: skip
    barred = s.scene.barred.get(Act.REQUEST_DEVICE_ISSUE)
    title, heading, meta, data = _framed(s, "take_device.title", {
        "columns": _fact_columns(s),
        "typing": typing,
        "typedHint": s.say("take_device.typed_hint"),
        "scanHint": s.say("take_device.scan_hint"),
        "tally": s.say("take_device.ready" if ready else "take_device.missing"),
        "tallyMore": s.say("devices.needs_line" if barred else "take_device.then"),
    })  # fmt: skip
    return Page(title, heading, meta, data, {"rows": rows}, (act,), keys, anew)


def _fact_columns(s: Sight[Desk]) -> list[Row]:
    places = (("article", 24, 24), ("found", 330, 350), ("verdict", 850, 850))
    return [column(f"check_bundle.column.{name}", s, x, large, name == "article") for name, x, large in places]


def _fact(s: Sight[Desk], name: str, value: str, state: str, verdict_key: str = "", active: bool = False) -> Row:
    return {
        "key": name, "group": "", "groupIcon": "", "first": name == "label",
        "cells": {"article": s.say(f"take_device.{name}"), "found": value or ("" if active else "—")},
        "state": state, "verdict": s.say(verdict_key) if verdict_key else "", "active": active,
        "scan": "found" if active else "",
    }  # fmt: skip


def take_event(touch: Touch[Desk]) -> Event | None:
    """The label by scanner, wedge or hand, and the request."""
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    if touch.name == "typed" and touch.sight.note("code"):
        return ev.CodeTyped(touch.sight.note("code"))
    return ev.IssueAsked() if touch.name == "issue" else None


def watch_device(s: Sight[Desk]) -> Page:
    """How far the tax office is; where a clerk has to type there, what belongs into which field."""
    d, issue = s.state, s.state.devices.issue
    assert d.case is not None and issue is not None
    failed = issue.state is DeviceIssueState.FAILED
    manual = d.devices.route.way is IssueWay.MANUAL and not failed
    page = d.devices.route.page or s.say("watch_device.their_page")
    said = "failed" if failed else "manual" if manual else issue.state.value
    fields = (
        ("taxpayer", d.case.uscc), ("name", d.case.form.holder), ("device", issue.number),
        ("slip", d.case.slip_code),
    )  # fmt: skip
    lists: dict[str, tuple[Row, ...]] = {
        "stations": tuple(
            {"key": name, "state": state, "text": s.say(f"watch_device.{name}"), "at": at, "icon": icon}
            for name, state, at, icon in (
                ("requested", "done", f"{issue.requested_at.astimezone(d.now.tzinfo):%H:%M:%S}", "send"),
                ("at_tax_office", "todo" if failed else "waiting", "", "stamp"),
                ("issued", "todo", "", "tax-device"),
            )
        ),
        "rows": (*(_typing_row(s, name, value, n) for n, (name, value) in enumerate(fields)), _receipt_row(s))
        if manual
        else (),
    }
    anew = key("retry", "F5", s.say("list_devices.refresh"))
    title, heading, meta, data = _framed(s, "watch_device.title", {
        "said": "" if failed and d.fault is not None else s.say(f"watch_device.said.{said}", page=page),
        "saidState": "stop" if failed else "now",
        "manual": manual,
        "typedHint": s.say("watch_device.receipt_hint"),
        "columns": [
            column(f"watch_device.column.{name}", s, x, large, name == "field")
            for name, x, large in (("field", 24, 24), ("value", 330, 350))
        ],
        "tally": s.say("devices.number", n=issue.number),
        "tallyMore": s.say("watch_device.failed_then" if failed else "watch_device.then"),
    })  # fmt: skip
    receipt = receipt_of(d, s.note("receipt"))
    another = Action("another", s.say("take_device.another"), "primary", "tax-device", failed, key="F6")
    there = Action(
        "written", s.say("watch_device.written"), "primary", "check", bool(receipt), s.say("watch_device.no_receipt"),
        key="Enter",
    )  # fmt: skip
    return Page(
        title, heading, meta, data, lists, (another,) if failed else (there,) if manual else (),
        (
            key("written", "Enter", s.say("watch_device.written"), enabled=manual and bool(receipt)),
            key("another", "F6", s.say("take_device.another"), enabled=failed),
            anew,
            key("back", "Esc", s.say("devices.to_list")),
        ),
        key("another", "F6", s.say("take_device.another")) if failed else anew,
    )  # fmt: skip


def _typing_row(s: Sight[Desk], name: str, value: str, n: int) -> Row:
    return {
        "key": name, "group": "", "groupIcon": "", "first": n == 0,
        "cells": {"field": s.say(f"watch_device.field.{name}"), "value": value}, "state": "", "verdict": "",
        "active": False, "scan": "",
    }  # fmt: skip


def _receipt_row(s: Sight[Desk]) -> Row:
    """What comes back from there: the number under which the tax office wrote it."""
    return {
        "key": "receipt", "group": "", "groupIcon": "", "first": False,
        "cells": {"field": s.say("watch_device.field.receipt"), "value": ""}, "state": "", "verdict": "",
        "active": True, "scan": "value",
    }  # fmt: skip


def watch_event(touch: Touch[Desk]) -> Event | None:
    """Another device after a failure; written, as the tax office's page says."""
    receipt = receipt_of(touch.sight.state, touch.sight.note("receipt"))
    if touch.name == "written":
        return ev.ReceiptTyped(receipt) if receipt else None
    return ev.AnotherAsked() if touch.name == "another" else None


def read_device(s: Sight[Desk]) -> Page:
    """Written: plugged in, read back, and compared with what the platform says."""
    d, issue = s.state, s.state.devices.issue
    assert d.case is not None and issue is not None
    found = verdict(d)
    asks, aside = s.note("aside") == "yes", may_put_aside(d)
    tally = "waiting" if found is None and d.fault is None else "failed" if found is None else found.value
    again = key("retry", "F6", s.say("read_device.again"), enabled=d.fault is not None or found is not None)
    title, heading, meta, data = _framed(s, "read_device.title", {
        "columns": _read_columns(s),
        "plugHint": s.say("check_bundle.scan_device"),
        "tally": s.say(f"read_device.tally.{tally}", n=issue.number),
        "tallyMore": s.say(f"read_device.then.{tally}"),
        "asking": asks and aside,
        "askTitle": s.say("read_device.ask_title", n=issue.number),
        "askWords": s.say("read_device.ask_words"),
    })  # fmt: skip
    put = Action("ask_aside", s.say("devices.aside"), "primary", "tax-device", aside, key="F8")
    return Page(
        title, heading, meta, data, {"rows": tuple(_read_rows(s, issue.number, d.readout))},
        (put,) if aside else (),
        (
            again,
            key("ask_aside", "F8", s.say("devices.aside"), enabled=aside),
            key("back", "Esc", s.say("devices.to_list")),
        ),
        again,
    )  # fmt: skip


def _read_columns(s: Sight[Desk]) -> list[Row]:
    places = (("article", 24, 24), ("expected", 230, 250), ("found", 560, 560), ("verdict", 930, 930))
    return [column(f"check_bundle.column.{name}", s, x, large, name == "article") for name, x, large in places]


def _read_rows(s: Sight[Desk], number: str, read: TaxDeviceReadout | None) -> list[Row]:
    d = s.state
    assert d.case is not None
    waits = read is None and d.fault is None
    own = d.case.form.is_nameless
    rows: list[Row] = []
    for n, (name, wanted, found) in enumerate((
        ("number", number, read.number if read else ""),
        ("uscc", d.case.uscc, read.uscc if read else ""),
        ("holder", d.case.form.holder, read.holder if read else ""),
    )):  # fmt: skip
        shown = mask_name if own and name == "holder" else str
        differs = read is not None and wanted != found
        row: dict[str, object] = {
            "key": name, "group": "", "groupIcon": "", "first": n == 0,
            "cells": {"article": s.say(f"article.device.{name}"), "expected": shown(wanted), "found": shown(found)},
            "state": "now" if waits and n == 0 else "todo" if read is None else "stop" if differs else "ok",
            "verdict": s.say("match.reading") if waits and n == 0 else "" if read is None
            else s.say("match.different" if differs else "match.equal"),
            "active": waits and n == 0, "scan": "found" if waits and n == 0 else "",
            "scanIcon": "tax-device",
        }  # fmt: skip
        if differs:
            row["parts"] = {"found": differences(shown(wanted), shown(found) or s.say("match.empty"))}
        rows.append(row)
    return rows


def read_event(touch: Touch[Desk]) -> Event | None:
    """Put aside, after the one question."""
    return ev.AsideAsked() if touch.name == "aside" and may_put_aside(touch.sight.state) else None
