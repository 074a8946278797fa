"""Findings and faults in words: what is, what to do, and where; the same words on every screen and paper."""

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding, Severity
from kiosk.faults import Fault, FaultCode
from kiosk.faults import words as fault_words
from kiosk.rules.findings import said as words_of_finding
from kiosk.rules.review import step_to_mend
from ui.words import Words

from .page import Row

_CALM = {
    FaultCode.PLATFORM_OFFLINE, FaultCode.NAME_NEEDS_NETWORK, FaultCode.NEEDS_NETWORK, FaultCode.PLATFORM_BUSY,
    FaultCode.VERIFICATION_UNAVAILABLE, FaultCode.PAPER_LOW, FaultCode.DEVICE_BUSY, FaultCode.NO_CARD,
    FaultCode.CARD_LEFT_BEHIND, FaultCode.BROKEN_ANSWER, FaultCode.TERMINAL_READ_ONLY,
}  # fmt: skip
_ICONS = (
    ("card", "card"), ("camera", "camera"), ("picture", "camera"), ("face", "face"), ("print", "printer"),
    ("paper", "printer"), ("cover", "printer"), ("cutter", "printer"), ("platform-refused", "cross"),
    ("platform", "wifi-off"),
    ("network", "wifi-off"), ("verification", "wifi-off"), ("store", "save"), ("disk", "save"), ("helper", "hand"),
)  # fmt: skip


def banner(
    key: str,
    state: str,
    what: str,
    todo: str = "",
    *,
    icon: str = "",
    small: str = "",
    button: str = "",
    act: str = "",
) -> Row:
    """A row of the page's banners: one sentence what is, one sentence what to do, perhaps one button."""
    return {
        "key": key,
        "state": state,
        "icon": icon,
        "what": what,
        "todo": todo,
        "small": small,
        "button": button,
        "act": act,
    }


def fault_banner(fault: Fault, words: Words, button: str = "", act: str = "") -> Row:
    """An expected failure in the catalogue's words; the code stands small behind the remedy."""
    said, code = fault_words(fault.code, words.language), fault.code.value
    icon = next((icon for part, icon in _ICONS if part in code), "")
    state = "wait" if fault.code in _CALM else "stop"
    stop = "。" if words.language == "zh" else "."
    return banner("fault", state, said.what + stop, said.citizen, icon=icon, small=code, button=button, act=act)


def finding_words(finding: Finding, form: OpeningForm, words: Words) -> tuple[str, str]:
    """What is wrong and how it is mended."""
    said = words_of_finding(finding, form, words.language)
    return said.what, said.remedy


def finding_banners(
    findings: tuple[Finding, ...], form: OpeningForm, words: Words, *, mends: bool = False
) -> tuple[Row, ...]:
    """Every finding once; on the check page (``mends``) each button leads to the field."""
    rows = {row["key"]: row for row in (_finding_banner(f, form, words, mends) for f in findings)}
    return tuple(rows.values())


def _finding_banner(finding: Finding, form: OpeningForm, words: Words, mends: bool) -> Row:
    what, todo = finding_words(finding, form, words)
    state = "stop" if finding.severity is Severity.STOP else "wait"
    button = words.say("finding.mend") if mends else ""
    act = f"change.{step_to_mend(finding, form)}" if mends else ""
    return banner(f"finding.{finding.code}.{finding.about}".rstrip("."), state, what, todo, button=button, act=act)
