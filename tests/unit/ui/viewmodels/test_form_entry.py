"""What the form on the desk shows and what its keys mean: the line at hand, its choices and findings."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from kiosk.domain.ids import PersonRef
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from ui.viewmodels import clerk
from ui.viewmodels.page import Row, ViewModel
from ui.words import Words

from . import entry_walk as entry
from .citizen_walk import SCOPE
from .clerk_walk import Still, Walk

P1 = PersonRef("p1")


def shown(still: Still, language: str = "zh") -> ViewModel:
    return clerk.present(still.scene, Words(language), still.notes)


def lines(vm: ViewModel) -> dict[str, Row]:
    return {str(row["key"]): row for side in ("left", "right") for row in vm.lists[side]}


def hand(line: str, **more: Any) -> Mapping[str, Any]:
    return {"hand": {"at": line, **more}}


def did(walk: Walk, name: str, notes: Mapping[str, Any] | None = None, **payload: str) -> Event | None:
    still = walk.still(notes)
    return clerk.event(name, payload, still.scene, still.notes)


@pytest.mark.parametrize(
    ("walk", "line"),
    [
        (entry.begun, "consent"), (entry.agreed, "first"), (entry.laid, "person.p1"), (entry.confirmed, "phone.p1"),
        (entry.purposed, "phone.p1"), (entry.placed, "capital"), (entry.filled, ""),
    ],
)  # fmt: skip
def test_the_hand_is_where_something_is_missing(walk: Any, line: str) -> None:
    assert shown(walk().still()).data["at"] == line


def test_every_question_of_the_terminal_is_a_line_and_missing_ones_are_counted() -> None:
    vm = shown(entry.purposed().still())
    keys = set(lines(vm))
    assert {"name.trade", "scope", "address.division", "address.line", "address.way", "capital", "phone.p1"} <= keys
    assert {key.partition(".")[0] for key in keys} >= {"tax_and_invoice", "seals", "employment_insurance", "pick_up"}
    assert set(vm.data["missing"]) == {
        "phone.p1", "name.trade", "scope", "address.division", "address.line", "address.way", "capital",
    }  # fmt: skip
    [sign] = vm.actions
    assert not sign.enabled and "7" in sign.missing


def test_an_individual_business_has_no_line_of_a_company() -> None:
    keys = set(lines(shown(entry.individual().still())))
    assert {"composition", "family"} <= keys
    assert not keys & {"capital", "roles.p1", "share.p1", "supervisor", "bank_appointment"}


def test_digits_take_the_choices_of_the_line_at_hand() -> None:
    walk = entry.confirmed()
    options = shown(walk.still(hand("purpose"))).lists["options"]
    assert [row["cap"] for row in options] == [str(n) for n in range(1, len(options) + 1)]
    event = did(walk, "take", hand("purpose"), line="purpose", option=str(options[1]["key"]))
    assert isinstance(event, ev.PurposeChosen) and event.said["who"] == "alone"
    assert did(walk, "take", hand("purpose"), line="purpose", option="no such") is None


@pytest.mark.parametrize(
    ("line", "text", "kind"),
    [
        ("phone.p1", "13800001234", ev.PhoneGiven), ("capital", "80", ev.CapitalSet), ("share.p1", "30", ev.ShareSet),
        ("address.line", "示例路 9 号", ev.AddressGiven), ("name.trade", "样板", ev.NameEntered),
        ("more", "91500103MA5U00003N", None),  # a company of one person takes no company in
    ],
)  # fmt: skip
def test_a_finished_text_is_the_terminals_own_event(line: str, text: str, kind: type[Event] | None) -> None:
    event = did(entry.filled(), "set", hand(line), line=line, text=text)
    assert event is None if kind is None else isinstance(event, kind)


@pytest.mark.parametrize(("line", "text"), [("phone.p1", "1380000"), ("capital", "0"), ("name.trade", "中国第一"),
                                            ("address.line", "路")])  # fmt: skip
def test_a_text_that_cannot_stand_is_said_and_not_given(line: str, text: str) -> None:
    walk = entry.filled()
    assert did(walk, "set", hand(line), line=line, text=text) is None
    row = lines(shown(walk.still(hand(line, of=line, typed=text))))[line]
    assert row["at"] and row["types"] and row["words"]


def test_what_is_found_by_letters_is_picked_and_never_typed() -> None:
    walk = entry.named().did(ev.ScopeTyped("cy"), ev.ScopeFound("cy", SCOPE))
    notes = hand("scope", of="scope", typed="cy", mark=2)
    options = shown(walk.still(notes)).lists["options"]
    assert [row["marked"] for row in options] == [False, False, True, False, False]
    assert did(walk, "set", notes, line="scope", text="cy") is None
    event = did(walk, "take", notes, line="scope", option=str(options[2]["key"]))
    assert event == ev.ScopePicked(SCOPE[2])
    assert did(walk, "find_scope", notes, line="scope", text=" cyf ") == ev.ScopeTyped("cyf")


def test_divisions_are_found_by_their_initials() -> None:
    notes = hand("address.division", of="address.division", typed="yzq")
    first = shown(entry.named().still(notes)).lists["options"][0]
    event = did(entry.named(), "take", notes, line="address.division", option=str(first["key"]))
    assert isinstance(event, ev.AddressGiven) and event.domicile.division_name == first["text"] == "渝中区"


def test_a_finding_stands_beside_the_line_that_mends_it() -> None:
    permit = lines(shown(entry.stills()["fill_form-permit"]))
    assert permit["scope.R8621"]["state"] == "stop" and permit["scope.R8621"]["words"]
    assert not permit["scope.H6210"]["wrong"]


def test_a_proposal_is_changed_by_the_terminals_own_choices() -> None:
    walk = entry.filled()
    options = shown(walk.still(hand("tax_and_invoice.kinds"))).lists["options"]
    event = did(walk, "take", hand("tax_and_invoice.kinds"), line="tax_and_invoice.kinds", option=options[1]["key"])
    assert isinstance(event, ev.InvoiceWished) and len(event.wish.requests) > 1


def test_a_bank_is_chosen_step_by_step_on_one_line() -> None:
    walk = entry.filled()
    first = shown(walk.still(hand("bank_appointment"))).lists["options"]
    book = next(row for row in first if row["key"] == "book")
    assert book["stays"] and not book["acts"]
    banks = shown(walk.still(hand("bank_appointment", inner=book["sets"]))).lists["options"]
    inner = {**book["sets"], **banks[0]["sets"]}
    branches = shown(walk.still(hand("bank_appointment", inner=inner))).lists["options"]
    event = did(
        walk, "take", hand("bank_appointment", inner=inner), line="bank_appointment", option=branches[0]["key"]
    )
    assert isinstance(event, ev.BranchPicked) and branches[0]["stays"]


def test_one_key_confirms_whoever_laid_a_card_and_nobody_else() -> None:
    assert did(entry.laid(), "confirm") == ev.PersonConfirmed(P1)
    assert did(entry.confirmed(), "confirm") is None
    assert did(entry.agreed(), "confirm") is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_is_named_in_full(language: str) -> None:
    for name, still in entry.stills().items():
        text = repr(shown(still, language))
        assert not re.search("王测试|李示例|500103198504120022|199011030031", text), name


@pytest.mark.parametrize("part", ["signed", "submit"])
def test_only_a_drawing_is_a_signature_and_only_signatures_submit(part: str) -> None:
    walk = entry.signing()
    assert not isinstance(did(walk, "signed", png="nothing"), ev.SignatureDrawn)
    page = shown((entry.signed() if part == "submit" else walk).still())
    [submit] = [one for one in page.actions if one.name == "submit"]
    assert submit.enabled is (part == "submit")
