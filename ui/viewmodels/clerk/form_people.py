"""Who it is about, on the desk's form: consent, cards, confirmation in person, offices, who else takes part."""

from kiosk.domain.case import CompanyType
from kiosk.domain.individual import Composition
from kiosk.domain.person import Person, Role
from kiosk.domain.private import mask_name, mask_number, mask_phone
from kiosk.rules import certificates
from kiosk.rules.review import is_mobile
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.entry import needs_consent, to_verify
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import visit_of
from kiosk.workflow.visit import Busy
from ui.viewmodels.citizen import people
from ui.viewmodels.naming import OFFERED, role_word
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, Touch, choice

from . import afar
from .form_holders import code_words, company_lines
from .form_line import Line, OneOf, Typed, as_visit
from .form_shares import share_lines

_STEP = "name_people"
_REACHED = frozenset({Role.LEGAL_REP, Role.LIAISON, Role.TAX_HANDLER})
_TOGETHER = (CompanyType.LLC_NATURAL, CompanyType.LLC_OTHER)


def lines(s: Sight[Desk]) -> tuple[Line, ...]:
    """Consent first; then everybody, each with what belongs to that person; then who else takes part."""
    v = visit_of(s.state)
    found = [_consent(s)]
    for person in v.form.people:
        found += _natural(s, person) if person.is_natural else company_lines(s, person)
    if not v.form.people:
        found.append(_first(s))
    if v.form.is_individual:
        found += [_composition(s), *_family(s)]
    elif v.form.people and v.form.company_type is not None:
        found += [_more(s), afar.away_line(s), *_supervisor(s)]
    return tuple(found)


def _consent(s: Sight[Desk]) -> Line:
    """The customer's own: the clerk reads out what is collected, the customer agrees, and that is noted."""
    v = visit_of(s.state)
    given = s.say("entry.consent.given", at=f"{v.consent.at:%H:%M}") if v.consent else ""
    tells = tuple(
        s.say("entry.consent.told", what=s.say(f"give_consent.{one}"), why=s.say(f"give_consent.{one}_why"))
        for one in ("card", "phone", "signature")
    )
    if not needs_consent(v):
        given = given or s.say("entry.consent.earlier")
    agree = choice("agree", s.say("entry.consent.agree"), s.say("entry.consent.agree_why"), act="agree", icon="check")
    return Line(
        "consent",
        _STEP,
        s.say("entry.consent.label"),
        given,
        needed=True,
        tells=(s.say("entry.consent.read"), *tells),
        options=lambda: () if given else (agree,),
        take=lambda _row: ev.Consented(False),
    )


def _first(s: Sight[Desk]) -> Line:
    """Nobody is there yet: the applicant's card comes first."""
    busy = visit_of(s.state).busy is Busy.CARD
    lay = choice("lay", s.say("entry.card.again"), act="lay", icon="card")
    return Line(
        "first",
        _STEP,
        s.say("entry.card.label"),
        needed=True,
        tells=(s.say("entry.card.lay"),),
        aside=s.say("entry.card.waiting") if busy else "",
        options=lambda: () if busy or visit_of(s.state).consent is None else (lay,),
        take=lambda _row: ev.PersonCardAsked(),
    )


def _natural(s: Sight[Desk], person: Person) -> list[Line]:
    v, found = visit_of(s.state), [_person(s, person)]
    if person.roles & _REACHED or person.phone or person.is_absent:
        found.append(_phone(s, person))
    if v.form.company_type is None or v.form.is_individual:
        return found
    found.append(_roles(s, person))
    if person.wears(Role.SHAREHOLDER) and v.form.registered_capital is not None:
        found += share_lines(s, person)
    return found


def _person(s: Sight[Desk], person: Person) -> Line:
    """Name and number as on the card, and whether the clerk has compared card and face."""
    d, v = s.state, visit_of(s.state)
    checking = d.busy is DeskBusy.VERIFYING and v.verifying == person.ref
    waits = any(one.ref == person.ref for one in to_verify(v))
    laid = d.entry is not None and d.entry.laid_at(person.ref) is not None
    state = "checking" if checking else "confirmed" if not waits else "compare" if laid else "lay"
    aside = s.say("afar.line") if person.is_absent else s.say(f"entry.person.{state}")
    label = "entry.person.applicant" if person.ref == v.form.applicant else "entry.person.other"

    def options() -> tuple[Row, ...]:
        rows = []
        if waits and laid and not checking:
            rows.append(
                choice(
                    "confirm",
                    s.say("entry.person.confirm"),
                    s.say("entry.person.confirm_why"),
                    act="confirm",
                    icon="shield-check",
                )
            )
        elif waits and not checking:
            rows.append(choice("lay", s.say("entry.card.again"), act="lay", icon="card"))
        if person.ref != v.form.applicant:
            rows.append(choice("drop", s.say("name_people.drop"), act="drop", icon="cross"))
        return tuple(rows)

    def take(row: Row) -> Event | None:
        by: dict[str, Event] = {
            "confirm": ev.PersonConfirmed(person.ref),
            "lay": ev.PersonCardAsked(),
            "drop": ev.PersonDropped(person.ref),
        }
        return by.get(str(row["act"]))

    return Line(
        f"person.{person.ref}",
        _STEP,
        s.say(label),
        f"{mask_name(person.name)}　{mask_number(person.cert_no)}",
        needed=True,
        aside=aside,
        about=person.ref,
        codes=frozenset({"not-verified", "verification-over", "cert-no-wrong", "under-age", "card-expired"}),
        options=options,
        take=take,
        tells=(s.say("entry.person.look"),) if waits and laid else (),
    )


def _phone(s: Sight[Desk], person: Person) -> Line:
    """Typed anew and never shown: bystanders see the screen."""

    def look(text: str) -> tuple[str, bool]:
        left = 11 - len(text)
        if is_mobile(text) or not text:
            return s.say("name_people.phone.use"), False
        return (
            (s.say("name_people.phone.left", n=left), False) if left > 0 else (s.say("name_people.phone.wrong"), True)
        )

    def give(text: str) -> Event | None:
        return ev.PhoneGiven(person.ref, text) if is_mobile(text) else None

    return Line(
        f"phone.{person.ref}",
        _STEP,
        s.say("name_people.phone_label"),
        mask_phone(person.phone),
        needed=bool(person.roles & _REACHED) or person.is_absent,
        codes=frozenset({"phone-missing", "phone-form"}),
        about=person.ref,
        typed=Typed(
            "", give, "phone", 11, hint=mask_phone(person.phone) or s.say("name_people.phone.hint"), look=look
        ),
    )


def _roles(s: Sight[Desk], person: Person) -> Line:
    form = visit_of(s.state).form
    worn = s.listed([role_word(role, form, s.words) for role in OFFERED if role in person.roles])
    sight = as_visit(s, _STEP, {"edit": f"{person.ref}.roles"})

    def options() -> tuple[Row, ...]:
        return tuple(people.name_people(sight).lists["roles"])

    return Line(
        f"roles.{person.ref}",
        _STEP,
        s.say("name_people.roles_label"),
        worn,
        needed=True,
        about=person.ref,
        codes=frozenset(
            {
                "legal-rep-office",
                "supervisor-incompatible",
                "finance-legal-rep",
                "person-without-role",
                "company-in-office",
                "office-term",
            }
        ),
        options=options,
        take=lambda row: people.event(Touch("role", row["value"], sight)),
        many=True,
    )


# --- who else ---
def _more(s: Sight[Desk]) -> Line:
    """The next card, or a company by its credit code."""
    v = visit_of(s.state)
    busy = v.busy is Busy.CARD
    may_firm = v.form.company_type in _TOGETHER

    def options() -> tuple[Row, ...]:
        if busy:
            return (choice("stop", s.say("name_people.card.stop"), act="stop", icon="cross"),)
        return (choice("next", s.say("name_people.add"), act="next", icon="card"),)

    def firm(text: str) -> Event | None:
        code = certificates.normal(text)
        return ev.CompanyGiven(None, "", code) if not code_words(s, text)[1] else None

    return Line(
        "more",
        _STEP,
        s.say("entry.more.label"),
        aside=s.say("entry.card.waiting") if busy else "",
        codes=frozenset(
            {
                "shareholders-one",
                "shareholders-two",
                "shareholders-many",
                "holders-one-company",
                "sole-holder-natural",
                "sole-holder-company",
                "person-twice",
            }
        ),
        options=options,
        take=lambda row: ev.PersonCardStopped() if row["act"] == "stop" else ev.PersonCardAsked(),
        typed=Typed("", firm, "latin", 18, hint=s.say("entry.more.firm"), look=lambda text: code_words(s, text))
        if may_firm and not busy
        else None,
    )


def _supervisor(s: Sight[Desk]) -> tuple[Line, ...]:
    form = visit_of(s.state).form
    if form.wearing(Role.SUPERVISOR):
        return ()
    without = OneOf(
        {"none": True, "some": False},
        form.enterprise.without_supervisor is not False,
        lambda none: (s.say(f"entry.supervisor.{'none' if none else 'some'}"), ""),
        ev.SupervisorLeftOut,
    )
    return (
        Line(
            "supervisor",
            _STEP,
            s.say("role.supervisor"),
            without.value,
            codes=frozenset({"supervisor-missing", "supervisors-count", "supervisors-chair"}),
            options=without.rows,
            take=without.take,
            tells=(s.say("name_people.supervisor_none_why"),),
        ),
    )


def _composition(s: Sight[Desk]) -> Line:
    ways = OneOf(
        {one.value: one for one in Composition},
        visit_of(s.state).form.individual.composition,
        lambda one: (s.say(f"name_operator.{one.value}"), s.say(f"name_operator.{one.value}_debts")),
        ev.CompositionChosen,
    )
    return Line(
        "composition",
        "name_operator",
        s.say("name_operator.run"),
        ways.value,
        needed=True,
        codes=frozenset({"composition-missing", "family-but-personal"}),
        options=ways.rows,
        take=ways.take,
    )


def _family(s: Sight[Desk]) -> list[Line]:
    v = visit_of(s.state)
    answers = v.form.individual
    if answers.composition is not Composition.FAMILY:
        return []
    busy = v.busy is Busy.CARD
    add = choice("next", s.say("name_operator.add"), act="next", icon="card")
    stop = choice("stop", s.say("name_people.card.stop"), act="stop", icon="cross")
    drops = tuple(
        choice(f"drop{at}", f"{s.say('name_people.drop')} {mask_name(one.name)}", act="drop", value=at, icon="cross")
        for at, one in enumerate(answers.family)
    )

    def take(row: Row) -> Event | None:
        if row["act"] == "drop":
            return ev.FamilyMemberDropped(int(row["value"]))
        return ev.PersonCardStopped() if row["act"] == "stop" else ev.PersonCardAsked()

    return [
        Line(
            "family",
            "name_operator",
            s.say("name_operator.members"),
            s.listed([mask_name(one.name) for one in answers.family]),
            needed=True,
            aside=s.say("entry.card.waiting") if busy else "",
            take=take,
            codes=frozenset({"family-missing", "family-number", "family-twice"}),
            options=lambda: (stop if busy else add, *drops),
            many=True,
        )
    ]
