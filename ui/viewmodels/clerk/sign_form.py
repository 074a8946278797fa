"""What the customer reads on the slip is what is signed, one signer after the other; then the one submission."""

from dataclasses import replace

from kiosk.contracts.ledger import Verdict
from kiosk.domain.acts import Act
from kiosk.domain.private import mask_name
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import at_step, visit_of
from kiosk.workflow.open_business import order_of
from kiosk.workflow.visit import Busy, signers, to_sign_here, unsigned
from ui.viewmodels.citizen import finish
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row, Slip
from ui.viewmodels.sight import Sight, Touch
from ui.viewmodels.slip import visit_slip

from . import afar
from .chrome import Page, key
from .fault_rows import fault_row
from .form_line import as_visit

_ARRIVED = (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
_REFUSED = (Verdict.REFUSED, Verdict.GAVE_UP)


def sign_form(s: Sight[Desk]) -> Page:
    """The pad of whoever signs now; with all signatures, the red button; then what became of it."""
    v = visit_of(s.state)
    terminal = finish.sign(as_visit(s, "sign", s.notes))
    signer = v.form.person(v.signing) if v.signing else None
    left, here, keeping = unsigned(v), to_sign_here(v), v.busy is Busy.SIGNATURE
    barred = s.scene.barred.get(Act.SUBMIT)
    recorded = v.deed is not None
    open_to = "ready" if barred is None else "barred"
    stage = _stage(s) if recorded else "please" if here else "afar" if left else open_to
    acts = signer.acting if signer else None
    drawn = s.note("drawn") == "yes"
    missing = (
        fault_row(s, barred)["what"].rstrip("。.")
        if barred and not left
        else s.say("entry.sign.missing", n=len(left))
    )
    keep = Action(
        "signed",
        s.say("sign_handover.keep"),
        "primary",
        "check",
        drawn or keeping,
        s.say("sign_handover.undrawn"),
        keeping,
        s.say("clerk.busy.signature"),
        "Enter",
    )
    submit = Action(
        "submit",
        s.say("entry.submit"),
        "seal" if not left else "secondary",
        "stamp",
        not left and barred is None,
        missing,
        key="F9",
    )
    onward = Action("next", s.say("entry.next_customer"), "primary", "arrow-right", key="F9")
    lists: dict[str, tuple[Row, ...]] = {
        "signed": terminal.lists.get("signed", ()), "signers": terminal.lists.get("signers", ()),
        "afar": afar.rows(s),
    }  # fmt: skip
    if barred is not None and s.state.fault is None and not recorded:
        lists["banners"] = ({**fault_row(s, barred), "key": "barred"},)
    actions = (onward,) if recorded else (submit, keep) if here else (submit,)
    return Page(
        s.say("entry.sign.title"),
        business(v.form, s.words),
        s.say("entry.meta", code=v.slip_code or ""),
        {
            "slipShown": True,
            "signing": v.signing or "",
            "who": s.say("entry.sign.who", who=mask_name(acts.name)) if acts and here else "",
            "count": s.say("sign.count", n=len(signers(v)) - len(left), all=len(signers(v))),
            "pad": bool(here) and not recorded,
            "keeping": keeping,
            "said": s.say(f"entry.sign.said.{stage}"),
            "saidMore": s.say(f"entry.sign.more.{stage}"),
            **afar.data(s),
        },
        lists,
        actions,
        (
            key("signed", "Enter", s.say("sign_handover.keep"), enabled=drawn and not keeping and bool(here)),
            *((key("anew", "F6", s.say("sign_handover.anew"), enabled=drawn and not keeping),) if here else ()),
            *afar.keys(s),
            key("submit", "F9", s.say("entry.submit"), enabled=not left and barred is None and not recorded),
            key("next", "F9", s.say("entry.next_customer"), enabled=recorded),
            key("back", "Esc", s.say("entry.sign.back" if not recorded else "entry.next_customer")),
        ),
        slip=_slip(s),
    )


def _stage(s: Sight[Desk]) -> str:
    deed = visit_of(s.state).deed
    if deed is None or deed.verdict in _REFUSED:
        return "refused"
    if deed.verdict in _ARRIVED:
        return "arrived"
    return "sending" if s.scene.online else "offline"


def _slip(s: Sight[Desk]) -> Slip:
    """Everything that was answered, as it stands on the customer's slip."""
    v = at_step(s.state, "sign")
    return visit_slip(replace(v, answered=order_of(v.form), truth=s.state.truth), s.words)


def sign_event(touch: Touch[Desk]) -> Event | None:
    """The drawing of whoever signs, the links of those who are not here, and the submission."""
    if (of_link := afar.event(touch)) is not None:
        return of_link
    if touch.name == "signed":
        return finish.sign_event(Touch("sign", touch.payload, as_visit(touch.sight, "sign")))
    return ev.SubmitAsked() if touch.name == "submit" else None
