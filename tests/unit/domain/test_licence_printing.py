"""Controlled stock: whatever happens at the printer, every sheet is accounted for and the registry is told once."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.article import ArticleKind
from kiosk.domain.ids import ArticleId, StaffRef, TerminalId
from kiosk.domain.licence_printing import (
    CallbackState,
    LicencePrinting,
    PrintingProblem,
    SpoiledSheet,
    SpoilReason,
)

NOW = datetime(2026, 11, 23, 10, 24, tzinfo=timezone(timedelta(hours=8)))
NEW = LicencePrinting(ArticleId("a1"), ArticleKind.LICENCE_COPY, TerminalId("T-01"))
PRINTED = NEW.printed(NOW, "S2", "B2")


def spoiled(serial: str) -> SpoiledSheet:
    return SpoiledSheet(serial, NOW, SpoilReason.JAM, StaffRef("0317"))


@given(st.lists(st.sampled_from(["jam", "print", "spoil", "heard", "unheard"]), max_size=30))
def test_no_course_of_events_makes_a_problem_or_loses_a_sheet(events: list[str]) -> None:
    state, sheets = NEW, 0
    for number, event in enumerate(events):
        at = NOW + timedelta(minutes=number)
        if event == "jam":
            sheets += 1
            state = state.spoil(spoiled(f"S{number}"))
        elif event == "print" and state.print_time is None:
            sheets += 1
            state = state.printed(at, f"S{number}", f"B{number}")
        elif event == "spoil" and state.paper_serial:
            state = state.spoil(spoiled(state.paper_serial))
        elif event in {"heard", "unheard"}:
            state = state.told(at, heard=event == "heard")
        assert state.problems == ()
        assert state.sheets_used == sheets
        assert state.must_tell is (
            state.print_time is not None and state.callback_state is not CallbackState.CONFIRMED
        )


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (replace(NEW, spoiled=(spoiled("S1"), spoiled("S1"))), PrintingProblem.SPOILED_TWICE),
        (replace(PRINTED, spoiled=(spoiled("S2"),)), PrintingProblem.USED_AND_SPOILED),
        (replace(PRINTED, paper_serial=""), PrintingProblem.PRINTED_WITHOUT_SERIAL),
        (replace(NEW, paper_serial="S9"), PrintingProblem.SERIAL_WITHOUT_PRINT),
        (replace(NEW, callback_state=CallbackState.PENDING), PrintingProblem.TOLD_BEFORE_PRINTED),
        (replace(PRINTED, callback_time=NOW - timedelta(seconds=1)), PrintingProblem.TOLD_BEFORE_PRINTED),
        (replace(NEW, kind=ArticleKind.SEAL), PrintingProblem.NOT_A_LICENCE),
    ],
)
def test_what_cannot_be_true_is_named(wrong: LicencePrinting, problem: PrintingProblem) -> None:
    assert wrong.problems == (problem,)


def test_a_spoiled_licence_is_printed_again_and_told_again() -> None:
    again = PRINTED.told(NOW, heard=True).spoil(spoiled("S2"))
    assert again.callback_state is CallbackState.NOT_DUE and again.print_time is None and not again.barcode
    twice = again.printed(NOW + timedelta(minutes=5), "S3", "B3")
    assert twice.must_tell and twice.sheets_used == 2


def test_a_confirmation_stands() -> None:
    heard = PRINTED.told(NOW, heard=False).told(NOW, heard=True)
    assert heard.callback_tries == 2 and heard.told(NOW, heard=False) == heard
    assert NEW.told(NOW, heard=True) == NEW
