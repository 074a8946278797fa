"""The state tables: what can never happen, whatever is tried in whatever order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.contracts import platform_api as api
from kiosk.domain.article import ArticleState
from kiosk.domain.case import CaseState
from kiosk.domain.handover import HandoverState
from kiosk.domain.item import ItemState
from kiosk.sandbox import states

MACHINES = {
    "case": (states.CASE, CaseState),
    "item": (states.ITEM, ItemState),
    "article": (states.ARTICLE, ArticleState),
    "handover": (states.HANDOVER, HandoverState),
}
ENDS = {"RETURNED", "NOT_ACCEPTED", "REFUSED", "WITHDRAWN", "EXPIRED", "TERMINATED"}


def walk(machine: states.Machine, events: list[str]) -> list[tuple[str, str]]:
    """Every (event, state) that came about; impossible events change nothing."""
    state, went = machine.initial, []
    for event in events:
        after = machine.after(state, event)
        if after is not None:
            state = after
            went.append((event, state))
    return went


@pytest.mark.parametrize("name", MACHINES)
def test_states_are_the_domains(name: str) -> None:
    machine, domain = MACHINES[name]
    assert machine.states <= {state.value for state in domain}


@pytest.mark.parametrize("machine", [m for m, _ in MACHINES.values()] + [states.UNIT])
def test_every_state_can_be_reached(machine: states.Machine) -> None:
    reached, before = {machine.initial}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {target for (state, _), target in machine.moves.items() if state in reached}
    assert reached | {"SIGNING"} >= machine.states  # SIGNING belongs to absent signers


def test_ends_are_ends() -> None:
    assert not [move for move in states.CASE.moves if move[0] in ENDS]


@given(st.lists(st.sampled_from(sorted(states.CASE.events)), max_size=60))
def test_nothing_is_handed_over_before_it_was_accepted_and_approved(events: list[str]) -> None:
    went = [event for event, _ in walk(states.CASE, events)]
    for index, event in enumerate(went):
        if event.startswith("hand_over"):
            before = went[:index]
            assert "accept" in before
            assert "approve" in before
            assert "all_prepared" in before


@given(st.lists(st.sampled_from(sorted(states.CASE.events)), max_size=60))
def test_withdrawal_is_over_with_the_review(events: list[str]) -> None:
    went = [event for event, _ in walk(states.CASE, events)]
    assert not ("withdraw" in went and "take_up" in went)


@given(st.lists(st.sampled_from(sorted(states.ARTICLE.events)), max_size=60))
def test_an_article_is_handed_over_once_between_two_reversals(events: list[str]) -> None:
    marks = "".join(event[0] for event, _ in walk(states.ARTICLE, events) if event in ("hand_over", "reverse"))
    assert not re.search("hh", marks)


@given(st.lists(st.sampled_from(sorted(states.HANDOVER.events)), max_size=30))
def test_a_handover_ends_one_way(events: list[str]) -> None:
    went = {event for event, _ in walk(states.HANDOVER, events)}
    assert not {"hand_over", "abort"} <= went


def test_time_moves_no_handover() -> None:
    assert states.HANDOVER.events == {"hand_over", "abort", "reverse"}


def test_wire_knows_every_state() -> None:
    assert set(api.CaseStateCode.__args__) == {state.value for state in CaseState}
    assert set(api.ItemStateCode.__args__) == {state.value for state in ItemState}
    assert set(api.HandoverStateCode.__args__) == {state.value for state in HandoverState}


@given(st.lists(st.sampled_from(sorted(states.ITEM.states)), min_size=1), st.booleans())
def test_outlook_waits_for_everybody(items: list[str], any_article: bool) -> None:
    outlook = states.outlook(items, any_article)
    if states.RUNNING_ITEMS & set(items):
        assert outlook is None
    else:
        assert outlook == ("all_prepared" if any_article else "all_done")
