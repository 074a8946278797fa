"""Each person once, wearing as many hats as needed: cards of people, and an editor for one thing at a time."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kiosk.domain.case import CompanyType
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.ids import PersonRef
from kiosk.domain.money import capital_words, wan, wan_text
from kiosk.domain.person import Person, Role
from kiosk.domain.private import mask_phone
from kiosk.rules.limits import limits
from kiosk.rules.review import is_mobile, of_holders, of_people, of_persons, of_shares, years_after
from kiosk.rules.shares import percentages
from kiosk.rules.wish_facts import percent
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.dates import day_text, read_day, wheels
from ui.viewmodels.findings import finding_banners, finding_words
from ui.viewmodels.naming import OFFERED
from ui.viewmodels.page import NOTHING, Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from . import absent, holders
from .chrome import LATER, back, fault_row, later, onward

_PARTS = ("roles", "share", "due", "phone", "company", "signer", absent.NEW)
_SAID_HERE = {"phone-missing", "uscc-wrong"}  # of of_persons, what can be mended on this page
_SIGNER_FINDINGS = ("representative-missing", "representative-number", "authority-giver-missing", "not-verified",
                    "verification-over")  # fmt: skip
_PART_OF = {
    "phone-missing": "phone", "share-missing": "share", "holder-name": "company", "uscc-wrong": "company",
    **dict.fromkeys(_SIGNER_FINDINGS, "signer"),
}  # fmt: skip
# What an editor leaves behind when it closes: nothing that the next one would show.
_CLOSED: Mapping[str, Any] = {**holders.CLOSED, **absent.CLOSED, "share": None, "due": None, "phone": None}
_TOGETHER = (CompanyType.LLC_NATURAL, CompanyType.LLC_OTHER)


def name_people(s: Sight[Visit]) -> Screen:
    """The list of people, the wait for the next card, or the editor of one person's one thing."""
    v = s.state
    if v.busy is Busy.CARD:
        return _next_card(s)
    person, part = _edited(s)
    if part in ("company", "signer"):
        return holders.editor(s, person, part, _data())
    if part == absent.NEW:
        return absent.editor(s, person, _data())
    if person is not None:
        return {"roles": _roles, "share": _share, "due": _due, "phone": _phone}[part](s, person)
    return _list(s)


def _edited(s: Sight[Visit]) -> tuple[Person | None, str]:
    """Whom and what the screen edits: a company has other things to say than a person; a new one is nobody yet."""
    ref, _, part = s.note("edit").partition(".")
    person = s.state.form.person(PersonRef(ref))
    if part == "company" and ref == holders.NEW and s.state.form.company_type in _TOGETHER:
        return None, part
    if part == absent.NEW and (ref == holders.NEW or (person is not None and person.is_absent)):
        return person, part
    of_company = part in ("share", "due", "company", "signer")
    of_anybody = part not in ("company", "signer", absent.NEW)
    fits = person is not None and (of_anybody if person.is_natural else of_company)
    return (person, part) if part in _PARTS and fits else (None, "")


def _data(**more: object) -> Mapping[str, object]:
    """Every name that the page knows, in each of its shapes."""
    blank = {
        "mode": "list", "who": "", "amount": "", "unit": "", "words": "", "label": "", "hint": "", "phone": "",
        "wrong": False, "faceUp": "", "waiting": "", "editing": "", "add": "", "addCompany": "",
        "uscc": "", "usccLabel": "", "usccHint": "", "usccWords": "", "usccState": "", "company": "",
        "companyLabel": "", "companyHint": "", "companyWords": "", "companyState": "", "giver": "", "giverLabel": "",
        "giverHint": "", "signersLabel": "", "addAbsent": "", "away": "", "awayLabel": "", "awayHint": "",
        "awayWords": "", "awayState": "", "awayAbroad": "", "awayCard": "", "awayCardOff": "",
    }  # fmt: skip
    return {**blank, **more}


# --- the list ---
def _list(s: Sight[Visit]) -> Screen:
    v = s.state
    today = v.now.date()
    lacking = [*of_people(v.form, today), *of_holders(v.form, today), *of_shares(v.form, today)]
    companies = {one.ref for one in v.form.people if not one.is_natural}
    lacking += [
        f for f in of_persons(v.form, today) if f.code in _SAID_HERE or (f.about in companies and f.code in _PART_OF)
    ]
    noted = tuple(f for f in lacking if f.severity is Severity.WARN)
    stopping = [f for f in lacking if f.severity is Severity.STOP]
    twice = tuple(f for f in v.findings if f.code == "person-twice")
    banners = (
        *finding_banners((*twice, *noted), v.form, s.words),
        *fault_row(s),
    )
    more = v.form.company_type is not CompanyType.LLC_SOLE or len(v.form.people) < 2
    text = "" if v.changing else s.say("name_people.next_all" if companies else "name_people.next",
                                       n=len(v.form.people))  # fmt: skip
    firms = s.say("name_people.add_company") if v.form.company_type in _TOGETHER else ""
    missing = s.say("name_people.missing", n=len(stopping))
    return Screen(
        s.say("name_people.title"),
        s.say("name_people.lead"),
        _data(
            add=s.say("name_people.add") if more else "",
            addCompany=firms,
            addAbsent=s.say("name_people.add_absent") if more else "",
        ),
        {
            "people": tuple(_card(s, p) for p in v.form.people),
            "lacking": tuple(_lack(s, f) for f in dict.fromkeys(stopping)),
            "supervisor": _without_supervisor(s),
            "banners": banners,
        },
        (onward(s, text, enabled=not stopping, missing=missing), back(s), later(s)),
        LATER,
    )


def _without_supervisor(s: Sight[Visit]) -> tuple[Row, ...]:
    """Whoever names none goes without one, and can see and change that."""
    form = s.state.form
    if form.wearing(Role.SUPERVISOR):
        return ()
    agreed = form.enterprise.without_supervisor is not False
    text, why = (s.say(f"name_people.supervisor_none{more}") for more in ("", "_why"))
    return (choice("none", text, why, picked=agreed, icon="people", act="supervisor"),)


def _card(s: Sight[Visit], person: Person) -> Row:
    applicant = person.ref == s.state.form.applicant
    aside = "name_people.away" if person.is_absent else "name_people.from_card"
    aside = "name_people.you" if applicant else aside
    return {
        "key": person.ref,
        "ref": person.ref,
        "name": person.shown_name,
        "aside": s.say(aside) if person.is_natural else "",
        "lines": _person_lines(s, person) if person.is_natural else _company_lines(s, person),
        "lacking": s.say("name_people.lacking_one"),
        "drop": "" if applicant else s.say("name_people.drop"),
    }


def _line(part: str, label: str, value: str, missing: bool = False) -> Row:
    return {"part": part, "label": label, "value": value, "missing": missing}


def _person_lines(s: Sight[Visit], person: Person) -> list[Row]:
    roles = s.listed([s.say(f"role.{r.value}") for r in OFFERED if r in person.roles])
    reached = person.wears(Role.LEGAL_REP) or person.wears(Role.LIAISON)
    phone = mask_phone(person.phone) if person.phone else s.say("name_people.phone_none")
    return [
        _line("roles", s.say("name_people.roles_label"), roles or s.say("name_people.roles_none")),
        *_share_line(s, person),
        *((absent.line(s, person),) if person.is_absent else ()),
        _line("phone", s.say("name_people.phone_label"), phone, not person.phone and reached),
    ]


def _company_lines(s: Sight[Visit], company: Person) -> list[Row]:
    """A company is on its licence for everybody to read: nothing of it is masked."""
    unready = company.acting is None or company.verification_id is None
    return [
        _line("company", s.say("name_people.company.uscc_short"), holders.in_groups(company.cert_no)),
        *_share_line(s, company),
        _line("signer", s.say("name_people.signer.label"), holders.signer_line(s, company), unready),
    ]


def _share_line(s: Sight[Visit], person: Person) -> list[Row]:
    """Amount and percentage; the percentages of all make one hundred."""
    if not person.wears(Role.SHAREHOLDER):
        return []
    label = s.say("name_people.share_label")
    if person.subscribed <= 0:
        return [_line("share", label, s.say("name_people.share_none"))]
    all_of_them = s.state.form.wearing(Role.SHAREHOLDER)
    parts = dict(zip((p.ref for p in all_of_them), percentages([p.subscribed for p in all_of_them]), strict=True))
    said = s.money("name_people.share_value", person.subscribed)
    if len(all_of_them) > 1:
        said = s.say("name_people.share_percent", share=said, percent=percent(parts[person.ref]))
    return [_line("share", label, said), _line("due", s.say("name_people.due_label"), due_line(s, person))]


def due_line(s: Sight[Visit], person: Person) -> str:
    """Until when a shareholder has paid: a day of its own, else the years that hold for everybody."""
    due = person.holding.due if person.holding else None
    if due is None:
        return s.say("name_people.due_years", n=s.state.form.contribution_years)
    return s.say("name_people.due_value", day=day_text(due, s.words))


def _lack(s: Sight[Visit], finding: Finding) -> Row:
    what, todo = finding_words(finding, s.state.form, s.words)
    person = s.state.form.person(PersonRef(finding.about))
    part = _PART_OF.get(finding.code, "roles")
    sets: Mapping[str, Any] = {"edit": f"{person.ref}.{part}"} if person else NOTHING
    if finding.code == "holders-one-company":
        sets = {"edit": f"{holders.NEW}.company"}
    row = choice(f"{finding.code}.{finding.about}".rstrip("."), what, todo, sets=sets, state="stop")
    return {**row, "button": s.say("name_people.mend") if sets else ""}


# --- the next card ---
def _next_card(s: Sight[Visit]) -> Screen:
    company = s.state.form.person(s.state.signer.company) if s.state.signer else None
    title = s.say("name_people.card.title_signer" if company else "name_people.card.title")
    return Screen(
        title,
        company.name if company else s.say("name_people.card.lead"),
        _data(mode="card", faceUp=s.say("present_id_card.face_up"), waiting=s.say("present_id_card.waiting")),
        {"banners": fault_row(s)},
        (Action("stop_person", s.say("name_people.card.stop"), icon="arrow-left"),),
    )


# --- one person, one thing ---
def _editor(
    s: Sight[Visit], person: Person, part: str, lists: Mapping[str, tuple[Row, ...]], save: Action, **data: object
) -> Screen:
    who = person.shown_name
    return Screen(
        s.say(f"name_people.{part}.title", who=who),
        s.say(f"name_people.{part}.lead"),
        _data(mode=part, who=who, editing=person.ref, **data),
        lists,
        (save, *(() if part == "roles" else (Action("edit_back", s.say("chrome.back"), icon="arrow-left"),))),
        {save.name: _CLOSED, "edit_back": _CLOSED},
    )


def _roles(s: Sight[Visit], person: Person) -> Screen:
    rows = tuple(
        choice(
            role.value, s.say(f"role.{role.value}"), s.say(f"role_plain.{role.value}"), picked=role in person.roles,
            act="role", value=f"{person.ref}.{role.value}",
        )
        for role in OFFERED
    )  # fmt: skip
    done = Action(
        "roles_done",
        s.say("name_people.done"),
        "primary",
        "check",
        bool(person.roles),
        s.say("name_people.roles_missing"),
    )
    return _editor(s, person, "roles", {"roles": rows}, done)


def _share(s: Sight[Visit], person: Person) -> Screen:
    typed = s.note("share", wan_text(person.subscribed) if person.subscribed > 0 else "")
    amount = wan(typed)
    good = amount is not None and amount > 0
    rest = _rest(s.state, person)
    said = s.money("name_people.share.rest", rest)
    quick = (
        (choice("rest", said, picked=amount == rest, sets={"share": wan_text(rest)}),) if rest > 0 else ()
    )  # fmt: skip
    lacking = s.say("set_capital.mend" if typed else "set_capital.missing")
    save = Action("share", s.say("name_people.done"), "primary", "check", good, lacking)
    return _editor(
        s, person, "share", {"quick": quick}, save, amount=typed, unit=s.say("set_capital.unit"),
        label=s.say("name_people.share_label"), words=capital_words(amount) if amount is not None and good else "",
        wrong=bool(typed) and not good,
    )  # fmt: skip


def _rest(v: Visit, person: Person) -> Decimal:
    """What is left of the capital for this person when the others keep theirs."""
    others = sum((p.subscribed for p in v.form.wearing(Role.SHAREHOLDER) if p.ref != person.ref), Decimal(0))
    return (v.form.registered_capital or Decimal(0)) - others


def _due(s: Sight[Visit], person: Person) -> Screen:
    """The day by wheels, and the usual ones by one touch."""
    first, last, day = _due_day(s, person)
    usual = (("year", 1), ("three", 3), ("five", limits().contribution_years))
    quick = tuple(
        choice(key, s.say(f"name_people.due.{key}"), picked=day == (at := min(years_after(first, n), last)),
               sets={"due": at.isoformat()})
        for key, n in usual
    )  # fmt: skip
    save = Action("due", s.say("name_people.done"), "primary", "check")
    lists = {"quick": quick, "wheels": wheels(day, first, last, s.words)}
    return _editor(s, person, "due", lists, save, words=day_text(day, s.words))


def _due_day(s: Sight[Visit], person: Person) -> tuple[date, date, date]:
    """The first and the last day that may be chosen, and the one that is."""
    today = s.state.now.date()
    first, last = today + timedelta(days=1), years_after(today, limits().contribution_years)
    kept = person.holding.due if person.holding and person.holding.due else last
    return first, last, read_day(s.note("due"), kept, first, last)


def _phone(s: Sight[Visit], person: Person) -> Screen:
    typed = s.note("phone", person.phone)
    good = is_mobile(typed)
    left = 11 - len(typed)
    missing = s.say("name_people.phone.left", n=left) if left > 0 else s.say("name_people.phone.wrong")
    save = Action("phone", s.say("name_people.done"), "primary", "check", good, missing)
    return _editor(
        s, person, "phone", {}, save, phone=typed, label=s.say("name_people.phone_label"),
        hint=s.say("name_people.phone.hint"), words=s.say("name_people.phone.use"), wrong=left <= 0 and not good,
    )  # fmt: skip


def event(touch: Touch[Visit]) -> Event | None:
    """The next card, and everything that is kept of a person."""
    name, s = touch.name, touch.sight
    if name == "next_person":
        return ev.PersonCardAsked()
    if name == "stop_person":
        return ev.PersonCardStopped()
    if name == "drop_person":
        return ev.PersonDropped(PersonRef(touch.text)) if s.state.form.person(PersonRef(touch.text)) else None
    if name == "supervisor":
        return ev.SupervisorLeftOut(s.state.form.enterprise.without_supervisor is False)
    if name == "role":
        return _role_event(touch.text, s)
    person, part = _edited(s)
    if part in ("company", "signer"):
        return holders.event(touch, person)
    if part == absent.NEW:
        return absent.given(touch, person)
    if person is None or name != part:
        return None
    if name == "share":
        amount = wan(s.note("share", wan_text(person.subscribed)))
        return ev.ShareSet(person.ref, amount) if amount is not None and amount > 0 else None
    if name == "due":
        return ev.DueSet(person.ref, _due_day(s, person)[2])
    typed = s.note("phone", person.phone)
    return ev.PhoneGiven(person.ref, typed) if name == "phone" and is_mobile(typed) else None


def _role_event(payload: str, s: Sight[Visit]) -> Event | None:
    ref, _, value = payload.partition(".")
    person = s.state.form.person(PersonRef(ref))
    role = next((r for r in OFFERED if r.value == value), None)
    return ev.RolesSet(person.ref, person.roles ^ {role}) if person and role else None
