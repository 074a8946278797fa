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
CLOSED: Mapping[str, object] = {
    "edit": "",
    "uscc": None,
    "company": None,
    "firm_part": None,
    "right": None,
    "giver": None,
}
_LENGTH = 18


# --- its lines: first the code, then the name, so that the keys never hide the one that is typed ---
def _company(s: Sight[Visit], holder: Person | None) -> tuple[Mapping[str, object], tuple[Action, ...]]:
    code, name = _code(s, holder), _name(s, holder)
    if _naming(s, holder):
        short = name != "" and not _good_name(name)
        missing = s.say("name_people.company.name_missing")
        data = {
            "mode": "company_name", "company": name, "companyLabel": s.say("name_people.company.name"),
            "companyHint": s.say("name_people.company.name_hint"),
            "companyWords": s.say("name_people.company.name_words"), "companyState": "error" if short else "",
        }  # fmt: skip
        save = Action("company", s.say("name_people.done"), "primary", "check", _good_name(name), missing)
        return data, (save, Action("to_code", s.say("chrome.back"), icon="arrow-left"))
    wrong, words = _wrong_code(s, holder, code)
    good = _good_code(s, holder)
    missing = s.say(f"name_people.company.{'check' if wrong else 'left'}", n=_LENGTH - len(code))
    data = {
        "uscc": s.note("uscc", holder.cert_no if holder else ""),
        "usccLabel": s.say("name_people.company.uscc"), "usccHint": s.say("name_people.company.uscc_hint"),
        "usccWords": words, "usccState": "error" if wrong else "checked" if good else "",
    }  # fmt: skip
    onward = Action("to_name", s.say("chrome.next"), "primary", "arrow-right", good, missing)
    return data, (onward, Action("edit_back", s.say("chrome.back"), icon="arrow-left"))


def _naming(s: Sight[Visit], holder: Person | None) -> bool:
    return s.note("firm_part") == "name" and _good_code(s, holder)


def _good_code(s: Sight[Visit], holder: Person | None) -> bool:
    code = _code(s, holder)
    return len(code) == _LENGTH and not _wrong_code(s, holder, code)[0]


def in_groups(code: str) -> str:
    """As it is read aloud and compared: registration, organisation, check."""
    return " ".join(part for part in (code[:8], code[8:17], code[17:]) if part)


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
def _signer(
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
            Action(
                "signer_card",
                s.say("name_people.signer.other"),
                icon="card",
                enabled=ready,
                missing=missing,
                short=s.say("name_people.signer.other_short"),
            ),
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
        good = _naming(s, holder) and _good_name(_name(s, holder))
        return ev.CompanyGiven(holder.ref if holder else None, _name(s, holder), _code(s, holder)) if good else None
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
    lead = s.say(f"name_people.{part}.lead", who=who)
    if part == "company":
        data, actions = _company(s, holder)
        lead = in_groups(_code(s, holder)) if _naming(s, holder) else lead
    else:
        assert holder is not None
        data, lists, actions = _signer(s, holder)
        actions = (*actions, Action("edit_back", s.say("chrome.back"), icon="arrow-left"))
    then: dict[str, Mapping[str, object]] = {one.name: CLOSED for one in actions}
    return Screen(
        s.say(f"name_people.{part}.title"),
        lead,
        {**blank, "mode": part, "who": who, "editing": holder.ref if holder else NEW, **data},
        lists,
        actions,
        {**then, "to_name": {"firm_part": "name"}, "to_code": {"firm_part": None}},
    )
