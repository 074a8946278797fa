"""A form says of which edition it is: older ones are read, newer ones are left as they are."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts import platform_api as api
from kiosk.contracts.ledger import DeedStatus, SaveDraft
from kiosk.domain.case import DomicileGetWay
from kiosk.domain.ids import SlipCode
from kiosk.faults import FaultCode
from offline_cache import wire
from offline_cache.wire import sent
from tests.faults.hall import form

from .platform_says import case_json
from .stores import START, Hands, case, ledger_at, told

SLIP = SlipCode("K2B-001")
CONTRACT = Path(__file__).parents[3] / "kiosk/contracts"
# What a form of each edition can say. A new answer needs a new edition: a terminal that does not know the answer
# would drop it by saving the form, and only the edition keeps it from that.
VOCABULARIES = {1: "a1d3e72f75c0", 2: "41abee979f0b", 3: "ffc013a51245", 4: "54581f4081c4"}


def _answers(document: Mapping[str, Any], name: str, inside: tuple[str, ...] = ()) -> Iterator[str]:
    for answer, schema in document["components"]["schemas"][name].get("properties", {}).items():
        yield answer
        for inner in _names(schema):
            if inner not in inside:
                yield from (f"{answer}.{one}" for one in _answers(document, inner, (*inside, name)))


def _names(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            yield from _names(one)


@pytest.mark.parametrize(("edition", "file"), [(1, "editions/1.0.json"), (api.FORM_EDITION, "openapi.json")])
def test_a_form_that_can_say_more_is_of_a_new_edition(edition: int, file: str) -> None:
    document = json.loads((CONTRACT / file).read_text("utf-8"))
    said = hashlib.sha256("\n".join(sorted(set(_answers(document, "FormSent")))).encode()).hexdigest()[:12]
    assert VOCABULARIES.get(edition) == said, f"edition {edition} can say {said} now: raise FORM_EDITION"


def test_a_form_of_the_first_edition_is_read_and_saved_as_of_this_one() -> None:
    """As a terminal of 1.0 wrote it: no edition, one street line, roles without their seats."""
    old = {
        "items": ["SETUP"],
        "fields": {"name_trade": "示例", "domicile_division": "500103", "domicile_address": "示例路1号",
                   "domicile_get_way": "02", "registered_capital": "50"},
        "people": [{"ref": "p1", "name": "王测试", "cert_type": "111", "cert_no": "500103198504120022",
                    "roles": ["legal_rep"], "subscribed": "50"}],
        "applicant": "p1",
    }  # fmt: skip
    kept = json.dumps({"slip_code": SLIP, "form": old}).encode()
    read = wire.form_of(kept)
    assert read is not None and not wire.is_newer(kept)
    assert (read.domicile.line, read.domicile.get_way) == ("示例路1号", DomicileGetWay.RENTED)
    assert read.people[0].offices == () and read.seal_plan is None
    again = sent.draft(SLIP, read)
    assert json.loads(again)["form"]["edition"] == api.FORM_EDITION and wire.form_of(again) == read


def _tomorrow() -> dict[str, Any]:
    draft: dict[str, Any] = json.loads(sent.draft(SLIP, form()))["form"]
    return {**draft, "edition": api.FORM_EDITION + 1, "an answer of tomorrow": {"x": 1}}


def test_a_newer_draft_is_shown_and_not_taken_up(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        said = wire.mirrored(json.dumps({**json.loads(case_json(case(1))), "form": _tomorrow()}).encode())
        assert said is not None
        ledger.keep_cases((said,))
        (answer,) = ledger.drafts(form().people[0].cert_no)
        assert answer.value.form.name.trade == form().name.trade
        fault = ledger.take_up(case(1))
        assert fault is not None and fault.code is FaultCode.DRAFT_TOO_NEW
        with ledger._opened().read() as db:
            (kept,) = db.execute("SELECT body FROM cases").fetchone()
        assert bytes(kept) == said.body  # word for word


def test_a_newer_draft_that_waits_here_is_left_as_it_is(tmp_path: Path) -> None:
    """The program was put back to an older one while a draft of the newer waited to be sent."""
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        status = ledger.record(SaveDraft(case(1), SLIP, form()), told(AuditKind.DRAFT_SAVED))
        assert isinstance(status, DeedStatus)
        newer = json.dumps({"slip_code": SLIP, "form": _tomorrow()}, ensure_ascii=False).encode()
        with ledger._opened().write() as db:
            db.execute("DROP TRIGGER outbox_bytes_stay")
            db.execute("UPDATE outbox SET body = ?", [newer])
        assert len(ledger.drafts(form().people[0].cert_no)) == 1
        fault = ledger.take_up(case(1))
        assert fault is not None and fault.code is FaultCode.DRAFT_TOO_NEW
        with ledger._opened().read() as db:
            assert db.execute("SELECT body FROM outbox").fetchall() == [(newer,)]


def test_only_the_applicant_finds_a_kept_draft_and_only_for_a_day(tmp_path: Path) -> None:
    hands = Hands()
    number = form().people[0].cert_no
    with ledger_at(tmp_path / "s", hands) as ledger:
        ledger.record(SaveDraft(case(1), SLIP, form()), told(AuditKind.DRAFT_SAVED))
        ledger.forget_visit(case(1))
        (answer,) = ledger.drafts(number)
        assert not answer.live and answer.as_of is None and answer.value.slip_code == SLIP
        for other in ("500103199011030031", ""):
            assert ledger.drafts(other) == ()
        hands.advance(hours=23)
        assert len(ledger.drafts(number)) == 1
        hands.advance(hours=2)
        assert ledger.drafts(number) == ()  # whether or not it was wiped yet
        assert ledger.take_up(case(2)) is not None


def test_what_is_taken_up_is_not_wiped_under_its_applicant(tmp_path: Path) -> None:
    hands = Hands()
    with ledger_at(tmp_path / "s", hands) as ledger:
        ledger.record(SaveDraft(case(1), SLIP, form()), told(AuditKind.DRAFT_SAVED))
        ledger.forget_visit(case(1))
        hands.advance(hours=23)
        assert ledger.take_up(case(1)) is None
        hands.advance(hours=2)
        ledger.forget_visit(None)  # another visit ends: the draft is left with it, and has its day
        assert len(ledger.drafts(form().people[0].cert_no)) == 1
        hands.advance(hours=25)
        ledger.forget_visit(None)
        assert ledger.case(case(1)) is None


@pytest.mark.parametrize("back", [1, 40 * 24])
def test_a_clock_that_was_set_back_does_not_make_a_day_longer(tmp_path: Path, back: int) -> None:
    hands = Hands()
    with ledger_at(tmp_path / "s", hands) as ledger:
        ledger.record(SaveDraft(case(1), SLIP, form()), told(AuditKind.DRAFT_SAVED))
        ledger.forget_visit(case(1))
        hands.wall -= back * 3600
        ledger.forget_visit(None)
        hands.advance(hours=23)
        ledger.forget_visit(None)
        assert len(ledger.drafts(form().people[0].cert_no)) == 1
        hands.advance(hours=2)
        ledger.forget_visit(None)
        assert ledger.case(case(1)) is None
        assert START.timestamp() > hands.wall or back == 1
