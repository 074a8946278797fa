"""A company among the shareholders, on the desk's form: its code and name, who signs for it and by what right."""

from kiosk.domain.holding import Representative, SignsAs
from kiosk.domain.identity_card import CertType
from kiosk.domain.person import Person
from kiosk.domain.private import mask_name
from kiosk.rules import certificates
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import visit_of
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, choice

from .form_line import Line, OneOf, Typed
from .form_shares import share_lines

_STEP = "name_people"
_LENGTH = 18
_OF_SIGNER = frozenset({"representative-missing", "representative-number", "not-verified", "verification-over"})


def company_lines(s: Sight[Desk], holder: Person) -> list[Line]:
    def named(text: str) -> Event | None:
        return ev.CompanyGiven(holder.ref, text.strip(), holder.cert_no) if len(text.strip()) >= 2 else None

    def coded(text: str) -> Event | None:
        return ev.CompanyGiven(holder.ref, holder.name, text) if code_words(s, text)[1] is False else None

    found = [
        Line(
            f"uscc.{holder.ref}",
            _STEP,
            s.say("name_people.company.uscc_short"),
            holder.cert_no,
            needed=True,
            codes=frozenset({"uscc-wrong", "holder-kind", "holder-abroad"}),
            about=holder.ref,
            typed=Typed(holder.cert_no, coded, "latin", _LENGTH, look=lambda text: code_words(s, text)),
            options=lambda: (choice("drop", s.say("name_people.drop"), act="drop", icon="cross"),),
            take=lambda _row: ev.PersonDropped(holder.ref),
        ),
        Line(
            f"firm.{holder.ref}",
            _STEP,
            s.say("name_people.company.name"),
            holder.name,
            needed=True,
            codes=frozenset({"holder-name"}),
            about=holder.ref,
            typed=Typed(holder.name, named),
        ),
        *_signer(s, holder),
    ]
    if visit_of(s.state).form.registered_capital is not None:
        found += share_lines(s, holder)
    return found


def code_words(s: Sight[Desk], text: str) -> tuple[str, bool]:
    """What is so with a credit code, and whether it may not be given."""
    code = certificates.normal(text)
    if len(code) < _LENGTH:
        return s.say("name_people.company.left", n=_LENGTH - len(code)), True
    if certificates.problem(CertType.USCC, code, s.state.now.date()) is not None:
        return s.say("name_people.company.wrong_check"), True
    return s.say("name_people.company.checked"), False


def _signer(s: Sight[Desk], holder: Person) -> list[Line]:
    """Who signs for it: somebody of the form, or whoever lays the card; by what right, and who gave the authority."""
    v, acts = visit_of(s.state), holder.acting
    acting = acts if isinstance(acts, Representative) else None
    right = acting.signs_as if acting else SignsAs.LEGAL_REP
    told = ev.SignerRight(holder.ref, right, acting.authorised_by if acting else "")
    waits = holder.verification_id is None
    laid = s.state.entry is not None and s.state.entry.laid_at(holder.ref) is not None

    def options() -> tuple[Row, ...]:
        here = [one for one in v.form.people if one.is_natural and one.verification_id is not None]
        confirm = (
            (
                choice(
                    "confirm",
                    s.say("entry.person.confirm"),
                    s.say("entry.person.confirm_why"),
                    act="confirm",
                    icon="shield-check",
                ),
            )
            if acting is not None and waits and laid
            else ()
        )
        return (
            *confirm,
            *(
                choice(
                    one.ref,
                    s.say("name_people.signer.here", who=mask_name(one.name)),
                    act="signer",
                    value=one.ref,
                    picked=acting is not None and acting.cert_no == one.cert_no,
                )
                for one in here
            ),
            choice("card", s.say("name_people.signer.card"), act="card", icon="card"),
        )

    def take(row: Row) -> Event | None:
        if row["act"] == "confirm":
            return ev.PersonConfirmed(holder.ref)
        if row["act"] == "card":
            return ev.SignerCardAsked(told)
        ref = next((one.ref for one in v.form.people if one.ref == row["value"]), None)
        return ev.SignerNamed(told, ref) if ref is not None else None

    state = (
        ""
        if acting is None
        else s.say(f"entry.person.{'compare' if laid else 'lay'}" if waits else "entry.person.confirmed")
    )
    who = Line(
        f"signer.{holder.ref}",
        _STEP,
        s.say("name_people.signer.label"),
        mask_name(acting.name) if acting else "",
        needed=True,
        aside=state,
        codes=_OF_SIGNER,
        about=holder.ref,
        options=options,
        take=take,
    )
    if acting is None:
        return [who]
    rights = OneOf(
        {one.value: one for one in SignsAs},
        right,
        lambda one: (s.say(f"signs_as.{one.value}"), s.say(f"signs_as_plain.{one.value}")),
        lambda one: ev.SignerRight(holder.ref, one, told.authorised_by),
    )
    by = Line(
        f"right.{holder.ref}",
        _STEP,
        s.say("entry.right"),
        rights.value,
        options=rights.rows,
        take=rights.take,
    )
    if right is SignsAs.LEGAL_REP:
        return [who, by]

    def authorised(text: str) -> Event | None:
        return ev.SignerRight(holder.ref, SignsAs.AUTHORISED, text.strip()) if text.strip() else None

    giver = Line(
        f"giver.{holder.ref}",
        _STEP,
        s.say("name_people.signer.giver"),
        told.authorised_by,
        needed=True,
        codes=frozenset({"authority-giver-missing"}),
        about=holder.ref,
        typed=Typed(told.authorised_by, authorised),
    )
    return [who, by, giver]
