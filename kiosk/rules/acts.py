"""What may be done now: decided in this one place, from the terminal's standing and from what an act needs of the
network."""

from collections.abc import Mapping

from kiosk.domain.acts import Act, WithoutNetwork
from kiosk.domain.orders import Mode, Standing
from kiosk.faults import Fault, FaultCode

# What has begun may be kept and brought back; what is a legal act or begins something new may not.
_READ_ONLY = frozenset(
    {
        Act.BEGIN_VISIT, Act.BEGIN_LATER_ITEMS, Act.APPLY_AGAIN, Act.VERIFY_PERSON, Act.CHECK_NAME, Act.SUBMIT,
        Act.DECIDE_ACCEPTANCE, Act.PREPARE_HANDOVER, Act.REQUEST_DEVICE_ISSUE, Act.DRAW_NUMBER, Act.CALL_NUMBER,
        Act.MOVE_STOCK,
    }
)  # fmt: skip
# A draft is its writer's; the others have happened.
_ALWAYS = frozenset(
    {Act.KEEP_DRAFT, Act.ABORT_HANDOVER, Act.REPORT_ISSUED, Act.REPORT_READ_BACK, Act.SET_DEVICE_ASIDE}
)
_BARRED: Mapping[Mode, frozenset[Act]] = {
    Mode.NORMAL: frozenset(),
    Mode.NO_HANDOVER: frozenset({Act.PREPARE_HANDOVER, Act.FINISH_HANDOVER}),
    Mode.READ_ONLY: _READ_ONLY,
    Mode.LOCKED: frozenset(Act) - _ALWAYS,
    Mode.WIPE: frozenset(Act) - _ALWAYS,
}
_NEEDS_NETWORK: Mapping[Act, FaultCode] = {
    Act.CHECK_NAME: FaultCode.NAME_NEEDS_NETWORK,
    Act.FIND_COMPANY: FaultCode.COMPANY_NEEDS_NETWORK,
    Act.BEGIN_LATER_ITEMS: FaultCode.COMPANY_NEEDS_NETWORK,
}
_SAID: Mapping[Mode, FaultCode] = {
    Mode.NO_HANDOVER: FaultCode.HANDOVER_STOPPED,
    Mode.READ_ONLY: FaultCode.TERMINAL_READ_ONLY,
    Mode.LOCKED: FaultCode.TERMINAL_LOCKED,
    Mode.WIPE: FaultCode.TERMINAL_LOCKED,
}


def standing_fault(standing: Standing) -> Fault | None:
    """The standing itself in words; None while everything may be done."""
    code = _SAID.get(standing.mode)
    if code is None:
        return None
    return Fault(code, {"reason": standing.why.value} if standing.why else {})


def why_not(act: Act, without: WithoutNetwork, standing: Standing, *, online: bool) -> Fault | None:
    """Why an act may not be done now; None: it may.

    ``without`` is what the contract says of the act without network. A permit has conditions of its own beside this
    (``kiosk.rules.permits``).
    """
    if act in _BARRED[standing.mode]:
        return standing_fault(standing)
    if without is WithoutNetwork.REFUSED and not online:
        return Fault(_NEEDS_NETWORK.get(act, FaultCode.NEEDS_NETWORK))
    return None
