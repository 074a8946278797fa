"""The state tables: what can never happen, whatever is tried in whatever order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.contracts import platform_api as api
from kiosk.docs import pages
from kiosk.domain.article import ArticleState
from kiosk.domain.case import CaseState
from kiosk.domain.handover import HandoverState
from kiosk.domain.item import ItemState
from kiosk.sandbox import states
from kiosk.sandbox.state_names import state_names

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


@pytest.mark.parametrize("name", states.MACHINES)
def test_every_state_has_its_name(name: str) -> None:
    names = dict(state_names()[name])
    assert names.pop("title")
    assert set(names) == states.MACHINES[name].states


@pytest.mark.parametrize("name", states.MACHINES)
def test_the_chart_in_the_docs_shows_every_move(name: str) -> None:
    page = pages()["states.md"]
    for (state, event), target in states.MACHINES[name].moves.items():
        assert f"    {state} --> {target}: {event}\n" in page


@pytest.mark.parametrize("machine", states.MACHINES.values(), ids=list(states.MACHINES))
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


@given(st.lists(st.sampled_from(sorted(states.UNIT.events)), max_size=60))
def test_a_written_device_never_goes_back_to_the_shelf_unlooked_at(events: list[str]) -> None:
    bound = False
    for event, state in walk(states.UNIT, events):
        bound = event == "bind" or (bound and state in ("BOUND", "HANDED_OVER"))
        assert not (bound and state == "IN_STOCK")


@given(st.lists(st.sampled_from(sorted(states.UNIT.events)), max_size=60))
def test_what_is_void_is_gone(events: list[str]) -> None:
    went = [state for _, state in walk(states.UNIT, events)]
    assert "VOID" not in went[:-1]


@given(st.lists(st.sampled_from(sorted(states.TERMINAL.events)), max_size=40))
def test_a_revoked_terminal_never_works_again(events: list[str]) -> None:
    went = [state for _, state in walk(states.TERMINAL, events)]
    assert "REVOKED" not in went[:-1]


@given(st.lists(st.sampled_from(sorted(states.TERMINAL.events)), max_size=40))
def test_no_terminal_works_before_somebody_approved_it(events: list[str]) -> None:
    went = walk(states.TERMINAL, events)
    working = [index for index, (_, state) in enumerate(went) if state in ("ACTIVE", "RESTRICTED", "MAINTENANCE")]
    assert not working or "approve" in [event for event, _ in went[: working[0] + 1]]


@given(st.lists(st.sampled_from(sorted(states.TICKET.events)), max_size=40))
def test_nobody_is_served_without_being_called(events: list[str]) -> None:
    went = walk(states.TICKET, events)
    for index, (event, _) in enumerate(went):
        if event == "start":
            assert went[index - 1][0] in ("call", "recall")


@given(st.lists(st.sampled_from(sorted(states.DEVICE_ISSUE.events)), max_size=40))
def test_a_device_is_read_back_only_after_it_was_issued(events: list[str]) -> None:
    went = [event for event, _ in walk(states.DEVICE_ISSUE, events)]
    for judged in ("match", "mismatch"):
        assert judged not in went or went.index("issued") < went.index(judged)


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
