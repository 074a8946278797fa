"""The end of the form: the slip at full length, the signatures, the one submission, the receipt."""

from kiosk.contracts.ledger import Verdict
from kiosk.contracts.printing import Printed
from kiosk.domain.finding import Severity
from kiosk.domain.holding import Representative
from kiosk.domain.person import Person, Role
from kiosk.domain.private import mask_name, mask_phone
from kiosk.faults import FaultCode
from kiosk.rules.business_scope import duties, main_item, sentence
from kiosk.rules.review import STEP_OF_FIELD, step_to_mend
from kiosk.rules.slip_code import slip_payload
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.materials import lacking
from kiosk.workflow.visit import Busy, Visit, signers, unsigned
from ui.viewmodels.findings import banner, fault_banner, finding_banners
from ui.viewmodels.naming import OFFERED, business, name_label, role_word
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice, line
from ui.viewmodels.slip import paper_name

from . import absent
from .chrome import LATER, back, catalogue_row, fault_row, later, onward

_NO_PAPER = {FaultCode.PAPER_OUT, FaultCode.PRINTER_ABSENT, FaultCode.COVER_OPEN, FaultCode.CUTTER_JAM,
             FaultCode.PRINTER_OVERHEATED, FaultCode.DEVICE_FAILED, FaultCode.DEVICE_CONFIGURATION}  # fmt: skip
_REFUSED = (Verdict.REFUSED, Verdict.GAVE_UP)
_PNG = b"\x89PNG\r\n\x1a\n"


# --- check_answers ---
def check_answers(s: Sight[Visit]) -> Screen:
    """Everything on one page; every finding at once, in words, each leading to its field."""
    v = s.state
    stops = [f for f in v.findings if f.severity is Severity.STOP]
    banners = finding_banners(v.findings, v.form, s.words, mends=True)
    if stops:
        step = step_to_mend(stops[0], v.form)
        first = Action(f"change.{step}", s.say(f"check_answers.mend.{step}"), "primary", "arrow-right")
        lead = s.say("check_answers.lead_stops", n=len(stops))
    else:
        first = onward(s, s.say("check_answers.next"))
        lead = s.say("check_answers.lead")
    return Screen(
        s.say("check_answers.title"),
        lead,
        {"clean": not stops},
        {"banners": (*catalogue_row(s), *fault_row(s), *banners), "licence": _on_licence(s)},
        (first, back(s), later(s)),
        LATER,
    )


def _on_licence(s: Sight[Visit]) -> tuple[Row, ...]:
    """How the business will stand on the licence, its industry class, and the permits that it still needs."""
    scope = s.state.form.scope
    main = main_item(scope)
    if main is None:
        return ()
    rows = [choice("scope", s.say("check_answers.scope"), sentence(scope), icon="licence")]
    if main.industry_code:
        named = s.say("check_answers.industry_value", code=main.industry_code, main=main.name)
        rows.append(choice("industry", s.say("check_answers.industry"), named, icon="shop"))
    for one in duties(scope):
        said = s.say(f"duty.{one.key}", text=one.pick.duty_text)
        rows.append(choice(f"duty.{one.pick.code}", one.pick.name, said, icon="warning" if one.stops else "book"))
    return tuple(rows)


def check_event(touch: Touch[Visit]) -> Event | None:
    """修改 of a line or of a finding."""
    verb, _, step = touch.name.partition(".")
    steps = {*STEP_OF_FIELD.values(), "collect_materials"}
    return ev.ChangeAsked(step) if verb == "change" and step in steps else None


# --- sign ---
# Every name that the page knows, in each of its shapes.
_PAD = {
    "mode": "pad", "signing": "", "who": "", "keeping": False, "count": "", "qr": "", "until": "", "sms": "",
    "smsLabel": "",
}  # fmt: skip


def sign(s: Sight[Visit]) -> Screen:
    """One signer at a time, with what is being signed; who has and who has not."""
    v = s.state
    if absent.is_waiting(v):
        return absent.waiting(s, _PAD)
    signer = v.form.person(v.signing) if v.signing else None
    left = unsigned(v)
    busy = v.busy is Busy.SIGNATURE
    acts = signer.acting if signer else None  # for a company whoever signs for it
    who = mask_name(acts.name) if acts else signer.shown_name if signer else ""
    drawn = bool(s.note("drawn"))
    if signer is not None:
        action = Action(
            "sign", s.say("sign.keep", who=who), "primary", "pencil", drawn, s.say("sign.missing"), busy,
            s.say("sign.keeping"),
        )  # fmt: skip
    else:
        action = onward(s, s.say("sign.next"))
    return Screen(
        s.say("sign.title", who=who) if signer else s.say("sign.done_title"),
        s.say("sign.lead") if signer else s.say("sign.done_lead"),
        {
            **_PAD,
            "signing": signer.ref if signer else "",
            "who": who,
            "keeping": busy,
            "count": s.say("sign.count", n=len(signers(v)) - len(left), all=len(signers(v))),
        },
        {"signed": _signed_things(s, signer), "signers": _signers(s), "banners": fault_row(s)},
        (action, back(s), later(s)),
        {**LATER, "sign": {"drawn": ""}},
    )


def _signed_things(s: Sight[Visit], signer: Person | None) -> tuple[Row, ...]:
    form = s.state.form
    if signer is None:
        return ()
    if s.state.later is not None:
        asked = s.listed([s.say(f"item.{item.value}") for item in form.items])
        return (
            line("company", s.say("sign.company"), business(form, s.words)),
            line("items", s.say("sign.asked"), asked),
            line("papers", s.say("sign.papers"), s.say("sign.papers_later")),
        )
    roles = s.listed([role_word(r, form, s.words) for r in OFFERED if r in signer.roles])
    what = s.say("sign.individual" if form.is_individual else "sign.company")
    rows = [line("company", what, business(form, s.words))]
    if isinstance(acts := signer.acting, Representative):
        right = s.say(f"signs_as.{acts.signs_as.value}")
        rows.append(line("for", s.say("sign.for"), s.say("sign.for_value", company=signer.name, right=right)))
    else:
        rows.append(line("roles", s.say("sign.roles"), roles))
    if signer.wears(Role.SHAREHOLDER):
        share = s.money("name_people.share_value", signer.subscribed)
        rows.append(line("share", s.say("sign.share" if signer.is_natural else "name_people.share_label"), share))
    papers = s.say("sign.papers_individual" if form.is_individual else "sign.papers_value")
    rows.append(line("papers", s.say("sign.papers"), papers))
    return tuple(rows)


def _signers(s: Sight[Visit]) -> tuple[Row, ...]:
    v = s.state
    rows = []
    for person in signers(v):
        signed = person.signature is not None or person.ref in v.signed_afar
        state = "ok" if signed else "now" if person.ref == v.signing else "todo"
        word = "away" if person.is_absent and not signed else state
        rows.append(choice(person.ref, _hand(s, person), s.say(f"sign.state.{word}"), state=state))
    return tuple(rows)


def _hand(s: Sight[Visit], person: Person) -> str:
    """Who signs, and whether for a company."""
    acts = person.acting
    if not isinstance(acts, Representative):
        return person.shown_name
    return s.say("sign.hand", who=mask_name(acts.name))


def sign_event(touch: Touch[Visit]) -> Event | None:
    """The drawing of whoever is to sign: the bridge has made a PNG of the strokes."""
    if touch.name in ("invite", "shut_link"):
        return absent.sign_event(touch)
    signer = touch.sight.state.signing
    png = touch.payload.get("png") if isinstance(touch.payload, dict) else None
    if touch.name != "sign" or signer is None or not isinstance(png, bytes) or not png.startswith(_PNG):
        return None
    return ev.SignatureDrawn(signer, png)


# --- submit ---
def submit(s: Sight[Visit]) -> Screen:
    """Once. The words follow the ledger: recorded here, sent, accepted; nothing looks done before it is."""
    v = s.state
    stage = _stage(s)
    banners: list[Row] = list(catalogue_row(s)) if v.fault is None else []
    if v.deed is None:
        if v.fault is not None and v.fault.code in _NO_PAPER:
            paper = fault_banner(v.fault, s.words, s.say("submit.look_again"), "retry")
            banners.append({**paper, "todo": s.say("submit.without_paper")})
        else:
            banners += fault_row(s, s.say("submit.look_again"), "retry")
    elif v.split is not None:
        banners += fault_row(s)
    elif v.deed.verdict in _REFUSED and v.deed.fault is not None:
        banners.append(fault_banner(v.deed.fault, s.words))
    if stage == "offline" or (v.deed is None and not s.scene.online):
        banners.append(
            banner("offline", "wait", s.say("submit.offline.what"), s.say("submit.offline.todo"), icon="wifi-off")
        )
    actions: tuple[Action, ...] = (onward(s, s.say("submit.next")),)
    if v.deed is None:
        actions = (Action("submit", s.say("submit.submit"), "seal", "stamp"), back(s), later(s))
    elif v.split is not None:
        actions = (Action("settle", s.say("submit.settle"), "primary", "arrow-right"),)
    items = s.listed([s.say(f"item.{i.value}") for i in v.form.items])
    return Screen(
        s.say(f"submit.{stage}.title"),
        s.say(f"submit.{stage}.lead"),
        {
            "stage": stage,
            "company": business(v.form, s.words),
            "companyLabel": name_label(v.form, s.words),
            "items": items,
            "itemsLabel": s.say("submit.items"),
            "once": s.say("submit.once"),
        },
        {"stations": stations(s), "banners": tuple(banners)},
        actions,
        LATER,
    )


def _stage(s: Sight[Visit]) -> str:
    v = s.state
    if v.truth.accepted:
        return "accepted"
    if v.deed is not None and v.split is not None:
        return "split"
    if v.deed is not None and v.deed.verdict in _REFUSED:
        return "refused"
    if v.truth.sent:
        return "sent"
    if v.deed is None:
        return "ready"
    return "recorded" if s.scene.online else "offline"


def stations(s: Sight[Visit]) -> tuple[Row, ...]:
    """The truth line's three stations, filled only when true."""
    v, truth = s.state, s.state.truth
    reached = (truth.recorded or (v.known is not None and truth.sent), truth.sent or truth.accepted, truth.accepted)
    times = (truth.recorded, truth.sent, truth.accepted)
    rows, before = [], True
    refused = v.deed is not None and v.deed.verdict is Verdict.REFUSED
    for (key, symbol), hit, at in zip(
        (("recorded", "save"), ("sent", "send"), ("accepted", "stamp")), reached, times, strict=True
    ):
        state = ("seal" if key == "accepted" else "done") if hit else "waiting" if before and v.deed else "todo"
        word, icon = f"truth.{key}" if hit else f"truth.{key}_not", symbol
        if refused and key == "sent" and not hit:  # it went out and came back: nothing waits to be sent
            state, word, icon = "stop", "truth.refused", "cross"
        elif refused and key == "accepted" and not hit:
            word = "truth.not_accepted"
        rows.append(
            {"key": key, "text": s.say(word), "at": f"{at:%H:%M:%S}" if at else "", "state": state, "icon": icon}
        )
        before = bool(hit)
    return tuple(rows)  # fmt: skip


def submit_event(touch: Touch[Visit]) -> Event | None:
    """The one submission; or, where the draft was changed elsewhere too, the choice between the two."""
    if touch.name == "settle":
        return ev.SettleAsked()
    return ev.SubmitAsked() if touch.name == "submit" else None


# --- take_receipt ---
def take_receipt(s: Sight[Visit]) -> Screen:
    """Paper, or the code large on the screen when there is none."""
    v = s.state
    printing = v.busy is Busy.PRINTING
    paperless = v.fault is not None
    mode = (
        "printing" if printing else "paperless" if paperless else "unsure" if v.receipt is Printed.UNKNOWN else "done"
    )
    again = Action("retry", s.say("take_receipt.again"), icon="printer")
    case = v.known
    due = case.due_at if case else None
    window = case.pickup_window if case else ""
    phone = next((p.phone for p in v.form.people if p.ref == v.form.applicant and p.phone), "")
    wait = s.say("take_receipt.wait_phone", phone=mask_phone(phone)) if phone else s.say("take_receipt.wait_code")
    first = onward(
        s, s.say(f"take_receipt.{mode}.next"), enabled=not printing, missing=s.say("take_receipt.printing.state")
    )
    return Screen(
        s.say(f"take_receipt.{mode}.title"),
        s.say(f"take_receipt.{mode}.lead"),
        {
            "mode": mode,
            "company": business(v.form, s.words),
            "code": v.slip_code or "",
            "codeLabel": s.say("take_receipt.code"),
            "state": s.say(f"take_receipt.{mode}.state"),
            "qr": slip_payload(v.case_id, v.slip_code) if v.case_id and v.slip_code else "",
            "seal": "accepted" if v.truth.accepted else "waiting",
            "sealWords": s.say("slip.accepted" if v.truth.accepted else "slip.to_accept"),
            "sealAt": f"{v.truth.accepted:%m-%d %H:%M}" if v.truth.accepted else "",
        },
        {
            "facts": (
                line("code", s.say("take_receipt.code"), v.slip_code or ""),
                line("due", s.say("take_receipt.due"), s.moment(due) if due else s.say("take_receipt.due_later")),
                line("where", s.say("take_receipt.where"), window or _where(s)),
            ),
            "steps": (*_to_bring(s), choice("message", s.say("take_receipt.wait"), wait), _collecting(s)),
            "banners": fault_row(s),
        },
        (first,) if printing else (first, again),
    )  # fmt: skip


def _where(s: Sight[Visit]) -> str:
    """The hall that was chosen, or the post."""
    form, halls = s.state.form, s.state.offers.halls
    if form.mail is not None:
        return s.say("take_receipt.where_mail")
    others = (one.name for one in halls[1:] if one.site_id == form.pickup_site)
    return next(others, s.say("take_receipt.where_hall"))


def _to_bring(s: Sight[Visit]) -> tuple[Row, ...]:
    """The papers that were put off come first, until somebody has accepted without them."""
    papers = () if s.state.truth.accepted else lacking(s.state)
    named = s.listed([paper_name(one.code, s.words) for one in papers])
    return (choice("bring", s.say("take_receipt.bring"), named),) if papers else ()


def _collecting(s: Sight[Visit]) -> Row:
    """How everything comes into the person's hands."""
    if s.state.form.mail is not None:
        return choice("collect", s.say("take_receipt.mailed"), s.say("take_receipt.mailed_how"))
    what = "take_receipt.collect_what" if s.state.later is None else "take_receipt.collect_later"
    return choice("collect", s.say("take_receipt.collect"), s.say(what))
