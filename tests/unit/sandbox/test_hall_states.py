"""The hall's state tables: what can never happen, and that the wire knows the same states."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.contracts.platform_api import feedback, notices, queue
from kiosk.sandbox import states

from .test_states import walk

WIRE = {
    "ticket": queue.TicketStateCode, "delivery": notices.DeliveryStateCode, "feedback": feedback.FeedbackState,
    "bad_review": feedback.ReviewState,
}  # fmt: skip


@pytest.mark.parametrize("name", WIRE)
def test_wire_knows_every_state_and_each_can_be_reached(name: str) -> None:
    machine = states.MACHINES[name]
    assert set(WIRE[name].__args__) == machine.states
    reached, before = {machine.initial}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {target for (state, _), target in machine.moves.items() if state in reached}
    assert reached == machine.states


def _walks(machine: states.Machine) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(sorted(machine.events)), max_size=40)


@given(_walks(states.TICKET))
def test_nobody_is_served_who_was_not_called(events: list[str]) -> None:
    called = False
    for event, state in walk(states.TICKET, events):
        called = (called or event == "call") and event not in ("transfer", "return")
        assert called or state not in ("SERVING", "CALLED")


@given(_walks(states.BAD_REVIEW))
def test_no_bad_review_is_closed_without_a_call(events: list[str]) -> None:
    went = [event for event, _ in walk(states.BAD_REVIEW, events)]
    if "close" in went:
        assert {"reached", "unreached"} & set(went[: went.index("close")])
        assert went[-1] == "close"


@given(_walks(states.FEEDBACK))
def test_no_matter_is_closed_without_an_owner(events: list[str]) -> None:
    went = [event for event, _ in walk(states.FEEDBACK, events)]
    if "close" in went:
        assert "assign" in went[: went.index("close")]
        assert went[-1] == "close"


@given(_walks(states.DELIVERY))
def test_a_message_has_one_fate(events: list[str]) -> None:
    went = [state for _, state in walk(states.DELIVERY, events)]
    assert sum(state in ("DELIVERED", "FAILED") for state in went) <= 1
    if "DELIVERED" in went:
        assert "SENT" in went
