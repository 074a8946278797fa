"""Messages to applicants (R47): told inside the act that they are about, carried by a simulated gateway afterwards.

Every message goes two ways, SMS and platform. The text is made from the template when it is read; the phone number
stays in the form, and only the outbox page of the sandbox shows both, as the phone company would see them.
"""

import random
import secrets
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import notices as wire

from . import case_views, states
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .moments import SHANGHAI, at
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

CHANNELS = ("sms", "platform")
OTHER = "changed"  # the words for a template without words
_TO_SEND, _TO_ARRIVE, _AGAIN = (1.0, 3.0), (2.0, 8.0), (30.0, 60.0)  # seconds of the offices' clock
_ATTEMPTS = 2
_BATCH = 50
_HIDDEN = "••••••"


@dataclass(frozen=True, slots=True)
class Words:
    """One template."""

    zh: str
    en: str
    by_hand: tuple[str, ...]


@cache
def templates() -> dict[str, Words]:
    """The data file."""
    data = tomllib.loads(files("kiosk.sandbox").joinpath("data/messages.toml").read_text("utf-8"))
    return {name: Words(one["zh"], one["en"], tuple(one.get("by_hand", ()))) for name, one in data.items()}


def tell(tx: Tx, case_id: str, template: str) -> None:
    """A message to the applicant of a case, both ways."""
    site_id = tx.c.execute(sa.select(t.case.c.site_id).where(t.case.c.id == case_id)).scalar_one()
    _put(tx, tx.new_id(), case_id, site_id, template, None)


def _put(tx: Tx, notification_id: str, case_id: str, site_id: str, template: str, by: str | None) -> None:
    if "{code}" in _words(template).zh:
        _know_code(tx, case_id)
    row = {"id": notification_id, "case_id": case_id, "site_id": site_id, "template": template, "by_ref": by}
    tx.c.execute(t.notification.insert().values(**row, at=tx.now, version=1))
    for channel in CHANNELS:
        drawn = random.Random(f"{notification_id}:{channel}").uniform(*_TO_SEND)
        tx.c.execute(
            t.delivery.insert().values(
                notification_id=notification_id, channel=channel, state=states.DELIVERY.initial,
                due=tx.office + int(drawn * 1000), changed_at=tx.now, attempts=0,
            )
        )  # fmt: skip
    tx.changed(site_id, "notification", notification_id, 1)


def _know_code(tx: Tx, case_id: str) -> None:
    if tx.c.execute(sa.select(t.pickup_code.c.case_id).where(t.pickup_code.c.case_id == case_id)).first() is None:
        code = f"{secrets.randbelow(1_000_000):06d}"
        tx.c.execute(t.pickup_code.insert().values(case_id=case_id, code=code, made_at=tx.now))


def send(call: Call, tx: Tx) -> Reply:
    """A clerk sends a message again; only one that is true as the case stands."""
    asked = call.body(wire.SendNotification)
    before = tx.c.execute(sa.select(t.notification).where(t.notification.c.id == asked.id)).first()
    if before is not None:
        same = (before.case_id, before.template, before.site_id) == (
            asked.case_id, asked.template, call.caller.site_id,
        )  # fmt: skip
        if not same:
            raise Refused("id-taken")
        return Reply(200, _answers(tx, [before], hide=True)[0])
    case = CaseWork.open(tx, asked.case_id, call.caller.site_id)
    words = templates().get(asked.template)
    if words is None or not words.by_hand:
        raise invalid("/template", "no template that is sent by hand")
    if case.state not in words.by_hand:
        raise Refused("wrong-state", state=case.state)
    _put(tx, asked.id, case.id, case.row.site_id, asked.template, call.caller.staff_ref)
    row = tx.c.execute(sa.select(t.notification).where(t.notification.c.id == asked.id)).one()
    return Reply(201, _answers(tx, [row], hide=True)[0])


def list_of_case(call: Call, tx: Tx) -> Reply:
    """For the applicant with the pick-up code; for people on duty without it, so that they have to be told it."""
    work = CaseWork.look(tx, call.path["case_id"], call.caller.site_id)
    if not case_views.sees_all(tx, call.caller, work.row):
        raise Refused("not-found")
    column = t.notification.c
    rows = tx.c.execute(sa.select(t.notification).where(column.case_id == work.id).order_by(column.seq.desc())).all()
    return Reply(200, wire.Notifications(work.id, tuple(_answers(tx, rows, hide=call.caller.on_duty))))


def _answers(tx: Tx, rows: Any, *, hide: bool) -> list[wire.Notification]:
    found = []
    for row in rows:
        ways = tx.c.execute(sa.select(t.delivery).where(t.delivery.c.notification_id == row.id)).all()
        zh, en = _texts(tx, row, hide=hide)
        lines = tuple(
            wire.Delivery(one.channel, one.state, at(one.changed_at), one.attempts, one.reason or "")
            for one in sorted(ways, key=lambda one: CHANNELS.index(one.channel))
        )
        by: Any = "clerk" if row.by_ref else "system"
        found.append(wire.Notification(row.id, row.case_id, row.template, at(row.at), by, row.version, zh, en, lines))
    return found


def _texts(tx: Tx, row: Any, *, hide: bool = False) -> tuple[str, str]:
    case, site, code, booked = t.case.c, t.site.c, t.pickup_code.c, t.collection.c
    wanted = (
        sa.select(case.slip_code, case.case_no, case.pickup_window, site.name, code.code, booked.slot)
        .join(t.site, site.id == case.site_id)
        .outerjoin(t.pickup_code, code.case_id == case.id)
        .outerjoin(t.collection, booked.case_id == case.id)
        .where(case.id == row.case_id)
    )
    one = tx.c.execute(wanted).one()
    words = _words(row.template)
    known = {
        "slip": one.slip_code, "no": one.case_no or one.slip_code, "hall": one.name or "",
        "window": one.pickup_window or "综合窗口", "code": _HIDDEN if hide else (one.code or ""),
        "when": "—" if one.slot is None else f"{at(one.slot).astimezone(SHANGHAI):%m-%d %H:%M}",
    }  # fmt: skip
    return words.zh.format_map(known), words.en.format_map(known)


def _words(template: str) -> Words:
    every = templates()
    return every.get(template, every[OTHER])


def outbox(tx: Tx) -> list[dict[str, Any]]:
    """What would have gone to the phone company: the one place where number and text stand side by side."""
    note, way = t.notification.c, t.delivery.c
    rows = tx.c.execute(
        sa.select(t.notification, way.state, way.attempts)
        .join(t.delivery, way.notification_id == note.id)
        .where(way.channel == "sms")
        .order_by(note.seq)
    ).all()
    return [
        {
            "at": at(row.at).isoformat(), "case_id": row.case_id, "template": row.template, "state": row.state,
            "attempts": row.attempts, "to": _phone(tx, row.case_id), "text": _texts(tx, row)[0],
        }
        for row in rows
    ]  # fmt: skip


def _phone(tx: Tx, case_id: str) -> str:
    row = tx.c.execute(sa.select(t.case.c.form).where(t.case.c.id == case_id)).one()
    form = case_views.form_of(row)
    return next((one.phone for one in form.people if one.ref == form.applicant), "")


def deliver_due(platform: Platform) -> int:
    """The gateway's turn: everything that is due on the offices' clock; how many steps."""
    done = 0
    while _anything_due(platform):
        with platform.transaction() as tx:
            steps = _deliver(platform, tx)
        if not steps:
            break
        done += steps
    return done


def _due(office: int) -> Any:
    column = t.delivery.c
    return sa.and_(column.state.in_(("QUEUED", "SENT")), column.due <= office)


def _anything_due(platform: Platform) -> bool:
    with platform.look() as tx:
        return tx.c.execute(sa.select(t.delivery.c.channel).where(_due(tx.office)).limit(1)).first() is not None


def _deliver(platform: Platform, tx: Tx) -> int:
    column = t.delivery.c
    ready = sa.select(t.delivery).where(_due(tx.office)).order_by(column.notification_id, column.channel)
    rows = tx.c.execute(ready.limit(_BATCH).with_for_update(skip_locked=True)).all()
    for row in rows:
        event, span, values = _what_happens(platform, tx, row)
        state = states.DELIVERY.after(row.state, event)
        drawn = random.Random(f"{row.notification_id}:{row.channel}:{row.attempts}:{event}").uniform(*span)
        mine = sa.update(t.delivery).where(
            column.notification_id == row.notification_id, column.channel == row.channel, column.state == row.state
        )
        # From when it was due, not from when somebody looked: a late look makes up for lost time.
        later = row.due + int(drawn * 1000)
        tx.c.execute(mine.values(**values, state=state, due=later, changed_at=tx.now))
        if state in ("DELIVERED", "FAILED"):
            note = t.notification.c
            told = sa.update(t.notification).where(note.id == row.notification_id).values(version=note.version + 1)
            changed = tx.c.execute(told.returning(note.site_id, note.version)).one()
            tx.changed(changed.site_id, "notification", row.notification_id, changed.version)
    return len(rows)


def _what_happens(platform: Platform, tx: Tx, row: Any) -> tuple[str, tuple[float, float], dict[str, Any]]:
    if row.state == "QUEUED":
        if row.channel == "platform":
            return "send", _TO_ARRIVE, {"attempts": row.attempts + 1}
        wanted = sa.select(t.notification.c.case_id).where(t.notification.c.id == row.notification_id)
        phone = _phone(tx, tx.c.execute(wanted).scalar_one())
        if not phone:
            return "fail", _TO_ARRIVE, {"reason": "no-phone"}
        return "send", _TO_ARRIVE, {"attempts": row.attempts + 1, "recipient": platform.person("phone", phone)}
    fate = random.Random(f"{platform.settings.seed}:{row.notification_id}:{row.attempts}").random()
    if row.channel == "platform" or fate >= platform.sms_failure:
        return "deliver", _TO_ARRIVE, {}
    if row.attempts < _ATTEMPTS:
        return "again", _AGAIN, {}
    return "fail", _TO_ARRIVE, {"reason": "not-delivered"}


HANDLERS: Handlers = {"sendNotification": of_rows(send), "listNotifications": of_rows(list_of_case)}
