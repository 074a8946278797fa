"""Names: the verdict, and the reservation that only one case can hold. Rules and taken names are data."""

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import case_views
from . import tables as t
from .call import Call, Reply
from .companies import ENDED
from .handling import Handlers, of_rows
from .moments import HOUR, at
from .platform import Platform
from .refusal import Refused
from .transaction import Tx

_VERDICT_MS = HOUR
_BEFORE_SUBMIT = ("DRAFT", "SIGNING")
_HANZI = re.compile("[㐀-䶿一-鿿\U00020000-\U000323af]+")
_WHOLE = re.compile("[㐀-䶿一-鿿\U00020000-\U000323af（）]+")


@dataclass(frozen=True, slots=True)
class NameRules:
    """Forbidden words with their reason, words that need leave, and companies that exist already (all invented)."""

    forbidden: dict[str, str]
    too_general: tuple[str, ...]
    endings: tuple[str, ...]
    taken: tuple[tuple[str, str], ...]  # 字号, 行业


@cache
def rules() -> NameRules:
    """The data file."""
    data = tomllib.loads(files("kiosk.sandbox").joinpath("data/names.toml").read_text("utf-8"))
    taken = tuple((one["trade"], one["industry"]) for one in data["taken"])
    return NameRules(data["forbidden"], tuple(data["too_general"]), tuple(data["endings"]), taken)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict before it is dressed for the wire."""

    level: str
    similar: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def post_name_check(call: Call, tx: Tx) -> Reply:
    """The verdict now; nothing is held by asking."""
    asked = call.body(api.NameCheck)
    judged = judge(tx, asked.case_id, asked.name, asked.trade, asked.industry)
    expires = at(tx.now + _VERDICT_MS)
    return Reply(200, api.NameVerdict(judged.level, judged.similar, judged.reasons, expires))  # type: ignore[arg-type]


def reserved_until(now: int) -> int:
    """Two months on: the same day, or the last of a month that is too short."""
    begins = at(now)
    year, month = divmod(begins.year * 12 + begins.month + 1, 12)
    day = min(begins.day, monthrange(year, month + 1)[1])
    return now + (begins.replace(year=year, month=month + 1, day=day) - begins) // timedelta(milliseconds=1)


def post_name_declaration(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Reserve for two months (企业名称登记管理规定 18); a case holds one name, its earlier one is let go."""
    asked = call.body(api.DeclareName)
    column = t.reservation.c
    _open_for(call, tx, asked.case_id)
    if tx.c.execute(sa.select(column.id).where(column.id == asked.id)).first() is not None:
        raise Refused("id-taken")
    over = sa.or_(column.until <= tx.now, column.case_id == asked.case_id)
    tx.c.execute(sa.update(t.reservation).where(column.live, over).values(live=False))
    judged = judge(tx, asked.case_id, asked.name, asked.trade, asked.industry)
    if judged.level == "PROHIBITED" or (judged.level == "SIMILAR" and not asked.undertaking):
        raise Refused("name-taken", verdict=judged.level, similar=list(judged.similar), reasons=list(judged.reasons))
    number = f"渝名保字〔{at(tx.now).year}〕{tx.next_number('reservation'):06d}"
    until = reserved_until(tx.now)
    row = {
        "id": asked.id, "reserve_no": number, "case_id": asked.case_id, "name": asked.name, "trade": asked.trade,
        "industry": asked.industry, "until": until, "live": True, "terminal_id": call.caller.terminal_id,
        "site_id": call.caller.site_id,
    }  # fmt: skip
    if not platform.store.insert_new(tx.c, t.reservation, row):
        raise Refused("name-taken", verdict="PROHIBITED", similar=[], reasons=["name-reserved"])
    return Reply(201, api.NameReserved(asked.id, number, at(until), judged.level, judged.similar))  # type: ignore[arg-type]


def release_name(call: Call, tx: Tx) -> Reply:
    """Let a name go: by whoever may see its case, before the case is submitted. Let go before is let go."""
    row = tx.c.execute(sa.select(t.reservation).where(t.reservation.c.id == call.path["id"])).first()
    if row is None or row.site_id != call.caller.site_id:
        raise Refused("not-found")
    known = _open_for(call, tx, row.case_id, (*_BEFORE_SUBMIT, *ENDED))
    if not known and not call.caller.on_duty and row.terminal_id != call.caller.terminal_id:
        raise Refused("not-found")
    tx.c.execute(sa.update(t.reservation).where(t.reservation.c.id == row.id).values(live=False))
    return Reply(204)


def _open_for(call: Call, tx: Tx, case_id: str, states: tuple[str, ...] = _BEFORE_SUBMIT) -> bool:
    """Whether there is a case yet; if so it must be the asker's and not on its way."""
    row = tx.c.execute(sa.select(t.case).where(t.case.c.id == case_id).with_for_update()).first()
    if row is None:
        return False
    if row.site_id != call.caller.site_id or not case_views.sees_all(tx, call.caller, row):
        raise Refused("not-found")
    if row.state not in states:
        raise Refused("too-late", state=row.state)
    return True


def release(tx: Tx, case_id: str) -> None:
    """The case has ended without a company: its name is free again."""
    tx.c.execute(sa.update(t.reservation).where(t.reservation.c.case_id == case_id).values(live=False))


def hand_on(tx: Tx, case_id: str, next_case_id: str) -> None:
    """The name goes along with the case that takes an ended one up."""
    mine = sa.and_(t.reservation.c.case_id == case_id, t.reservation.c.live.is_(True))
    tx.c.execute(sa.update(t.reservation).where(mine).values(case_id=next_case_id))


def is_reserved(tx: Tx, case_id: str, name: str) -> bool:
    """Whether this case holds this name now."""
    column = t.reservation.c
    live = sa.and_(column.live, column.case_id == case_id, column.name == name, column.until > tx.now)
    return tx.c.execute(sa.select(column.id).where(live)).first() is not None


def judge(tx: Tx, case_id: str, name: str, trade: str, industry: str) -> Judged:
    """Everything that speaks against a name, all at once; reasons are keys, the words are the terminal's."""
    reasons = _form_reasons(name, trade, industry)
    if reasons:
        return Judged("PROHIBITED", (), tuple(reasons))
    same_trade = [pair for pair in _known(tx, case_id) if pair[1] == industry]
    if any(pair[0] == trade for pair in same_trade):
        return Judged("PROHIBITED", (_full(trade, industry),), ("name-taken",))
    close = tuple(_full(*pair) for pair in same_trade if _alike(pair[0], trade))
    return Judged("SIMILAR", close[:5], ("name-similar",)) if close else Judged("AVAILABLE")


def _form_reasons(name: str, trade: str, industry: str) -> list[str]:
    known = rules()
    reasons = []
    if not _WHOLE.fullmatch(name) or len(name) > 64:
        reasons.append("name-characters")
    if not _HANZI.fullmatch(trade) or len(trade) < 2:
        reasons.append("trade-too-short")
    if not industry or not name.startswith("重庆"):
        reasons.append("name-parts")
    if trade + industry not in name or not name.endswith(known.endings):
        reasons.append("name-parts")
    reasons += [reason for word, reason in known.forbidden.items() if word in trade]
    if trade in known.too_general:
        reasons.append("trade-too-general")
    return list(dict.fromkeys(reasons))


def _known(tx: Tx, case_id: str) -> list[tuple[str, str]]:
    column = t.reservation.c
    live = sa.and_(column.live, column.until > tx.now, column.case_id != case_id)
    rows = tx.c.execute(sa.select(column.trade, column.industry).where(live))
    return [*rules().taken, *((row.trade, row.industry) for row in rows)]


def _full(trade: str, industry: str) -> str:
    return f"重庆{trade}{industry}有限公司"


def _alike(known: str, trade: str) -> bool:
    """One contains the other, is the other reversed, or differs in a single character."""
    if known in trade or trade in known or known == trade[::-1]:
        return True
    return len(known) == len(trade) > 2 and sum(a != b for a, b in zip(known, trade, strict=True)) == 1


HANDLERS: Handlers = {
    "postNameCheck": of_rows(post_name_check),
    "postNameDeclaration": post_name_declaration,
    "releaseName": of_rows(release_name),
}
