"""Companies that come again (分时办理, R51): found, and given a case for what they have not yet."""

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import enterprises as wire

from . import case_views, companies, drafts, e_licences, lookups
from . import tables as t
from .call import Call, Reply
from .companies import Company
from .handling import Handlers, of_rows
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

_MOST = 20


def find_enterprise(platform: Platform, call: Call, tx: Tx) -> Reply:
    """By credit code, card or e-licence. A self-service terminal finds what it may see and nothing else: a credit
    code is no secret, and who knows one has shown nothing yet."""
    asked, case = call.body(wire.FindEnterprise), t.case.c
    if sum(value is not None for value in (asked.uscc, asked.cert_no, asked.e_licence)) != 1:
        raise invalid("", "exactly one of uscc, cert_no, e_licence")
    by_card = asked.cert_no is not None
    if asked.cert_no is not None:
        lookups.card_lies_here(call, tx, asked.card_read_at)
        of_person = lookups.cases_of_card(platform, asked.cert_no)
        mine = sa.select(case.uscc).where(case.id.in_(of_person), case.uscc.is_not(None), case.kind == "opening")
        codes = tx.c.execute(mine.order_by(case.made_at.desc()).limit(_MOST)).scalars().all()
    elif asked.e_licence is not None:
        codes = [e_licences.company_of(tx, asked.e_licence, call.caller.terminal_id)]
    else:
        codes = [asked.uscc]
    known = [found for code in codes if code is not None and (found := companies.company(tx, code)) is not None]
    seen = [found for found in known if by_card or case_views.sees_all(tx, call.caller, found.opening)]
    return Reply(200, wire.EnterprisesFound(tuple(_view(call, found) for found in seen)))


def _view(call: Call, found: Company) -> wire.Enterprise:
    ours = {row.id for row in found.cases if row.site_id == call.caller.site_id}

    def lines(items: dict[str, str]) -> tuple[wire.EnterpriseItem, ...]:
        return tuple(
            wire.EnterpriseItem(name, case if case in ours else None) for name, case in sorted(items.items())
        )

    running = found.running
    return wire.Enterprise(
        found.uscc, found.name, lines(found.done), lines(found.open), found.not_yet,
        running.id if running is not None and running.id in ours else None,
    )  # fmt: skip


def start_phased_case(platform: Platform, call: Call, tx: Tx) -> Reply:
    """A draft that carries everything the company said before; asked again, the one that is there."""
    asked, caller, uscc = call.body(wire.StartPhasedCase), call.caller, call.path["uscc"]
    found = companies.company(tx, uscc)
    if found is None or not case_views.sees_all(tx, caller, found.opening):
        raise Refused("not-found")
    there = tx.c.execute(sa.select(t.case).where(t.case.c.id == asked.case_id)).first()
    if there is not None:
        same = (there.kind, there.uscc, there.site_id) == ("phased", uscc, caller.site_id)
        if not same or not case_views.sees_all(tx, caller, there):
            raise Refused("id-taken")
        return Reply(200, case_views.whole(tx, there, masked=False), f"v{there.version}")
    if any(name not in companies.LATER for name in asked.items if name != "SETUP"):
        raise invalid("/items", "known")
    companies.refuse_taken(found, caller.site_id, asked.items)
    form = _later_form(platform, tx, found, caller.site_id, asked.items)
    new = drafts.New(asked.case_id, asked.slip_code, form, kind="phased", uscc=uscc, name=found.name)
    row = drafts.begin(platform, tx, caller, new)
    return Reply(201, case_views.whole(tx, row, masked=False), f"v{row.version}")


def _later_form(platform: Platform, tx: Tx, found: Company, site_id: str, items: tuple[str, ...]) -> api.Form:
    before = drafts.carried(platform, tx, case_views.form_of(found.opening))
    people = tuple(one for one in before.people if set(one.roles) != {"agent"})  # who comes today says so today
    legal_rep = next((one.ref for one in people if "legal_rep" in one.roles), None)
    return msgspec.structs.replace(
        before, items=items, people=people, applicant=legal_rep, name_verdict=None, bank_appt=None,
        pickup=api.Pickup(site_id),
    )  # fmt: skip


HANDLERS: Handlers = {
    "findEnterprise": find_enterprise,
    "startPhasedCase": start_phased_case,
    "openELicence": of_rows(e_licences.open_e_licence),
}
