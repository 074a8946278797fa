"""A company among the shareholders: its lines as on its licence, and who signs for it by what right."""

from collections.abc import Mapping

from kiosk.domain.holding import Representative, SignsAs
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import PersonRef
from kiosk.domain.person import Person
from kiosk.domain.private import mask_name
from kiosk.rules import certificates
from kiosk.rules.limits import limits
from kiosk.rules.number_problem import NumberProblem
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

NEW = "new"
# What the editors leave behind when they close: nothing that the next one would show.
CLOSED: Mapping[str, object] = {"edit": "", "uscc": None, "company": None, "right": None, "giver": None}
_LENGTH = 18


# --- its lines ---
def company_data(s: Sight[Visit], holder: Person | None) -> tuple[Mapping[str, object], Action]:
    """The editor of code and name, and its one action; what is wrong stands beside the field."""
    code, name = _code(s, holder), _name(s, holder)
    wrong, words = _wrong_code(s, holder, code)
    short = name != "" and not _good_name(name)
    complete = len(code) == _LENGTH and not wrong
    good = complete and _good_name(name)
    missing = s.say("name_people.company.name_missing") if complete else words
    data = {
        "uscc": s.note("uscc", holder.cert_no if holder else ""),
        "usccLabel": s.say("name_people.company.uscc"), "usccHint": s.say("name_people.company.uscc_hint"),
        "usccWords": words, "usccState": "error" if wrong else "checked" if complete else "",
        "company": name, "companyLabel": s.say("name_people.company.name"),
        "companyHint": s.say("name_people.company.name_hint"),
        "companyWords": s.say("name_people.company.name_words"), "companyState": "error" if short else "",
    }  # fmt: skip
    return data, Action("company", s.say("name_people.done"), "primary", "check", good, missing)


def _code(s: Sight[Visit], holder: Person | None) -> str:
    return certificates.normal(s.note("uscc", holder.cert_no if holder else ""))


def _name(s: Sight[Visit], holder: Person | None) -> str:
    return s.note("company", holder.name if holder else "")


def _good_name(name: str) -> bool:
    return 2 <= len(name.strip()) <= limits().name


def _wrong_code(s: Sight[Visit], holder: Person | None, code: str) -> tuple[bool, str]:
    """Whether it is wrong already, and the sentence beside the field."""
    if len(code) < _LENGTH:
        left = s.say("name_people.company.left", n=_LENGTH - len(code))
        return False, left if code else s.say("name_people.company.uscc_words")
    problem = certificates.problem(CertType.USCC, code, s.state.now.date())
    if problem is not None:
        key = "form" if problem is NumberProblem.FORM else "check"
        return True, s.say(f"name_people.company.wrong_{key}")
    own = holder.ref if holder else None
    if any(one.cert_no == code and one.ref != own for one in s.state.form.people):
        return True, s.say("name_people.company.twice")
    return False, s.say("name_people.company.checked")


# --- who signs for it ---
def signer_data(
    s: Sight[Visit], holder: Person
) -> tuple[Mapping[str, object], Mapping[str, tuple[Row, ...]], tuple[Action, ...]]:
    """By what right, who of those who are here, or the card of somebody else."""
    acts = _acts(holder)
    right, giver = _right(s, holder)
    ready = right is SignsAs.LEGAL_REP or giver.strip() != ""
    rights = tuple(
        choice(one.value, s.say(f"signs_as.{one.value}"), s.say(f"signs_as_plain.{one.value}"), picked=one is right,
               sets={"right": one.value})
        for one in SignsAs
    )  # fmt: skip
    here = [one for one in s.state.form.people if one.is_natural and one.verification_id is not None]
    signers = tuple(
        choice(one.ref, s.say("name_people.signer.here", who=mask_name(one.name)), act="signer",
               picked=acts is not None and acts.cert_no == one.cert_no, value=f"{holder.ref}.{one.ref}", sets=CLOSED)
        for one in here
    )  # fmt: skip
    data = {
        "giver": giver if right is SignsAs.AUTHORISED else "",
        "giverLabel": s.say("name_people.signer.giver") if right is SignsAs.AUTHORISED else "",
        "giverHint": s.say("name_people.signer.giver_hint"),
        "signersLabel": s.say("name_people.signer.who") if ready and signers else "",
    }
    card = s.say("name_people.signer.card")
    missing = s.say("name_people.signer.giver_missing")
    if acts is None:
        actions: tuple[Action, ...] = (Action("signer_card", card, "primary", "card", ready, missing),)
    else:
        keep = s.say("name_people.signer.keep", who=mask_name(acts.name))
        actions = (
            Action("signer_keep", keep, "primary", "check", ready, missing),
            Action("signer_card", s.say("name_people.signer.other"), icon="card", enabled=ready, missing=missing),
        )
    return data, {"rights": rights, "signers": signers if ready else ()}, actions


def signer_line(s: Sight[Visit], holder: Person) -> str:
    """李* · 法定代表人: who signs, and by what right."""
    acts = _acts(holder)
    if acts is None:
        return s.say("name_people.signer.none")
    return s.say("name_people.signer.value", who=mask_name(acts.name), right=s.say(f"signs_as.{acts.signs_as.value}"))


def _acts(holder: Person) -> Representative | None:
    return holder.acting if isinstance(holder.acting, Representative) else None


def _right(s: Sight[Visit], holder: Person) -> tuple[SignsAs, str]:
    """What is picked on the screen; before that what is kept."""
    acts = _acts(holder)
    kept = acts.signs_as if acts else SignsAs.LEGAL_REP
    picked = next((one for one in SignsAs if one.value == s.note("right")), kept)
    return picked, s.note("giver", acts.authorised_by if acts else "")


# --- events ---
def event(touch: Touch[Visit], holder: Person | None) -> Event | None:
    """What the two editors mean; ``holder`` None: a company that is not in the form yet."""
    s = touch.sight
    if touch.name == "company":
        _, save = company_data(s, holder)
        return ev.CompanyGiven(holder.ref if holder else None, _name(s, holder), _code(s, holder)) if (
            save.enabled) else None  # fmt: skip
    if holder is None or holder.is_natural:
        return None
    right, giver = _right(s, holder)
    giver = giver.strip() if right is SignsAs.AUTHORISED else ""
    if right is SignsAs.AUTHORISED and not giver:
        return None
    told = ev.SignerRight(holder.ref, right, giver)
    if touch.name == "signer_keep":
        return told
    if touch.name == "signer_card":
        return ev.SignerCardAsked(told)
    person = s.state.form.person(PersonRef(touch.text.rpartition(".")[2])) if touch.name == "signer" else None
    return ev.SignerNamed(told, person.ref) if person is not None and person.is_natural else None


def editor(s: Sight[Visit], holder: Person | None, part: str, blank: Mapping[str, object]) -> Screen:
    """The screen of either editor."""
    who = holder.name if holder else ""
    lists: Mapping[str, tuple[Row, ...]] = {}
    if part == "company":
        data, save = company_data(s, holder)
        actions: tuple[Action, ...] = (save,)
    else:
        assert holder is not None
        data, lists, actions = signer_data(s, holder)
    return Screen(
        s.say(f"name_people.{part}.title", who=who),
        s.say(f"name_people.{part}.lead"),
        {**blank, "mode": part, "who": who, "editing": holder.ref if holder else NEW, **data},
        lists,
        (*actions, Action("cancel", s.say("chrome.back"), icon="arrow-left")),
        dict.fromkeys((*(one.name for one in actions), "cancel"), CLOSED),
    )
