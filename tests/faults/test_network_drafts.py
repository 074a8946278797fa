"""Two terminals, one draft, the real platform: nothing that a person entered is ever written over or lost."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import ResumeCase, SendResumeCode
from kiosk.contracts.ledger import DeedStatus, LedgerTask, SaveDraft, SettleDraft, SubmitCase, Verdict
from kiosk.contracts.platform_api import FORM_EDITION
from kiosk.domain.case import DomicileGetWay, OpeningForm
from kiosk.domain.draft_split import Side
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import OfflineCache
from offline_cache.wire import sent

from .hall import (
    Hall,
    PlatformProcess,
    ask,
    event,
    form,
    fresh_case,
    kiosk_settings,
    parked,
    running,
    settled,
    wait_for,
)
from .proxy import Proxy, Weather

pytestmark = pytest.mark.processes
Pair = tuple[OfflineCache, OfflineCache, Proxy]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """One platform for all of them."""
    process = PlatformProcess(tmp_path_factory.mktemp("platform"))
    try:
        yield process.start()
    finally:
        process.stop()


class Two:
    """Two terminals with one draft: both have seen it as it was begun."""

    def __init__(self, one: OfflineCache, other: OfflineCache, line: Proxy) -> None:
        self.one, self.other, self.line = one, other, line
        self.case_id, self.slip = fresh_case(one)
        self.save(one, form())

    def save(self, cache: OfflineCache, made: OpeningForm) -> DeedStatus:
        """Keep it, and wait until the platform has said something."""
        before = len(cache.ledger.deeds(self.case_id))
        recorded = cache.ledger.record(SaveDraft(self.case_id, self.slip, made), event(cache, AuditKind.DRAFT_SAVED))
        assert isinstance(recorded, DeedStatus), recorded
        return settled(cache, self.case_id, before + 1)[-1]

    def parked(self) -> list[LedgerTask]:
        """What waits for a person at the second terminal."""
        return [task for task in self.other.ledger.tasks() if task.case_id == self.case_id]

    def there(self, hall: Hall) -> dict[str, Any]:
        """The form in the platform's own books."""
        ((kept,),) = hall.rows("SELECT form FROM opening_case WHERE id = ?", self.case_id)
        said: dict[str, Any] = json.loads(kept)
        return said


@pytest.fixture(scope="module")
def terminals(
    tmp_path_factory: pytest.TempPathFactory, hall: Hall
) -> Iterator[tuple[OfflineCache, OfflineCache, Proxy]]:
    """Both run; the second one's line can be made bad.

    Two stores of one terminal stand for two terminals that a person was verified at.
    """
    with ExitStack() as stack:
        line = stack.enter_context(closing(Proxy(hall.url)))
        made = []
        for name, url in (("one", hall.url), ("other", line.url)):
            store, platform = kiosk_settings(tmp_path_factory.mktemp(name), url)
            made.append(stack.enter_context(running(OfflineCache(store, platform, "kiosk-01", "cq-demo-01"))))
        yield made[0], made[1], line


@pytest.fixture
def two(terminals: Pair) -> Two:
    """A new draft that both have."""
    both = Two(*terminals)
    both.save(both.other, form())  # the same words are no conflict
    assert both.parked() == []
    return both


def test_different_answers_come_together_by_themselves(two: Two, hall: Hall) -> None:
    two.save(two.one, replace(form(), licence_copies=5))
    mine = replace(form(), contribution_years=3)
    two.save(two.other, mine)
    wait_for(lambda: two.there(hall)["fields"].get("contribution_years") == 3)
    assert two.there(hall)["fields"]["licence_copies"] == 5
    wait_for(lambda: two.other.ledger.state().waiting == 0)
    assert two.parked() == [] and two.other.ledger.split(two.case_id) is None
    # The visit at the other terminal knows nothing of the five copies, goes on with its own form, takes nothing back.
    for years in (2, 1):
        two.save(two.other, replace(mine, contribution_years=years))
        wait_for(lambda years=years: two.there(hall)["fields"].get("contribution_years") == years)  # type: ignore[misc]
        assert two.there(hall)["fields"]["licence_copies"] == 5
    wait_for(lambda: two.other.ledger.state().waiting == 0)
    assert two.parked() == []
    # And the first goes on as well: what it never saw stays.
    two.save(two.one, replace(form(), licence_copies=6))
    wait_for(lambda: two.there(hall)["fields"].get("licence_copies") == 6)
    assert two.there(hall)["fields"]["contribution_years"] == 1


def test_what_both_changed_is_a_question_and_goes_on_when_it_is_decided(two: Two, hall: Hall) -> None:
    two.save(two.one, replace(form(), licence_copies=5, contribution_years=4))
    status = two.save(two.other, replace(form(), licence_copies=7))
    assert status.verdict is Verdict.REFUSED
    (task,) = two.parked()
    assert task.fault.code is FaultCode.DRAFT_SPLIT
    split = two.other.ledger.split(two.case_id)
    assert split is not None
    (conflict,) = split.conflicts
    assert conflict.where == "licence_copies" and conflict.base is not None
    assert [one.licence_copies for one in (conflict.base, conflict.mine, conflict.theirs)] == [1, 7, 5]
    answer = two.other.ledger.case(two.case_id)
    assert answer is not None and answer.value.form.licence_copies == 5  # the platform's counts until then
    # Somebody answers in between: what was decided upon is no longer what is there, and it is said.
    two.save(two.one, replace(form(), licence_copies=6, contribution_years=4))
    wait_for(lambda: (now := two.other.ledger.split(two.case_id)) is not None and now.version != split.version)
    stale = SettleDraft(two.case_id, two.slip, split.settled({"licence_copies": Side.MINE}), split.version)
    refused = two.other.ledger.record(stale, event(two.other, AuditKind.DRAFT_SETTLED))
    assert isinstance(refused, Fault) and refused.code is FaultCode.DRAFT_SPLIT
    split = two.other.ledger.split(two.case_id)
    assert split is not None
    deed = SettleDraft(two.case_id, two.slip, split.settled({"licence_copies": Side.MINE}), split.version)
    two.other.ledger.record(deed, event(two.other, AuditKind.DRAFT_SETTLED))
    wait_for(lambda: two.there(hall)["fields"].get("licence_copies") == 7)
    assert two.there(hall)["fields"]["contribution_years"] == 4
    assert two.parked() == [] and two.other.ledger.split(two.case_id) is None


def test_what_was_signed_is_what_is_submitted_or_nothing_is(two: Two, hall: Hall) -> None:
    """Other answers came in elsewhere: they are not put under a signature that stands for other words."""
    two.save(two.one, replace(form(), licence_copies=5))
    submission = SubmitCase(two.case_id, two.slip, replace(form(), contribution_years=3), two.other.clock.now())
    two.other.ledger.record(submission, event(two.other))
    wait_for(two.parked)
    assert [task.fault.code for task in two.parked()] == [FaultCode.DRAFT_SPLIT]
    split = two.other.ledger.split(two.case_id)
    assert split is not None and split.conflicts == ()
    assert two.there(hall)["fields"].get("contribution_years") is None
    two.other.ledger.record(
        SettleDraft(two.case_id, two.slip, split.settled({}), split.version),
        event(two.other, AuditKind.DRAFT_SETTLED),
    )
    wait_for(lambda: two.there(hall)["fields"].get("contribution_years") == 3)
    assert two.there(hall)["fields"]["licence_copies"] == 5
    wait_for(lambda: two.other.ledger.state().waiting == 0)
    assert two.parked() == []
    assert hall.rows("SELECT state FROM opening_case WHERE id = ?", two.case_id) == [("DRAFT",)]


def test_what_is_read_before_it_can_be_sent_is_not_taken_for_seen(two: Two, hall: Hall) -> None:
    """The line lets everything through but drafts: the mirror moves on under what waits."""
    two.line.set(Weather.GATEWAY_503, lambda method, path: path.endswith("/draft"))
    mine = form()
    for years in (4, 3, 2):
        mine = replace(mine, contribution_years=years)
        two.other.ledger.record(SaveDraft(two.case_id, two.slip, mine), event(two.other, AuditKind.DRAFT_SAVED))
    home = replace(form().domicile, get_way=DomicileGetWay.BORROWED)
    two.save(two.one, replace(form(), domicile=home))
    wait_for(lambda: _mirrored_version(two.other, two.case_id) == 2)
    two.line.set(Weather.FAIR)
    two.other.hurry()
    wait_for(lambda: two.there(hall)["fields"].get("contribution_years") == 2)
    assert two.there(hall)["fields"]["domicile_get_way"] == "03"
    wait_for(lambda: two.other.ledger.state().waiting == 0)
    assert two.parked() == []


def test_a_draft_of_a_newer_terminal_is_never_written_over(two: Two, hall: Hall) -> None:
    """It was kept by a program that knows more answers than this one: what is saved here waits beside it."""
    newer = json.loads(sent.draft(two.slip, replace(form(), licence_copies=5)))
    newer["form"]["edition"] = FORM_EDITION + 1
    newer_put(hall, two.case_id, newer)
    status = two.save(two.other, replace(form(), contribution_years=3))
    assert status.verdict is Verdict.REFUSED
    assert [task.fault.code for task in two.parked()] == [FaultCode.DRAFT_TOO_NEW]
    kept = two.there(hall)
    assert kept["edition"] == FORM_EDITION + 1 and "contribution_years" not in kept["fields"]
    refused = two.other.ledger.take_up(two.case_id)
    assert refused is not None and refused.code is FaultCode.DRAFT_TOO_NEW
    assert two.other.ledger.split(two.case_id) is None


def test_a_draft_goes_on_in_another_hall_and_comes_back(tmp_path: Path, hall: Hall) -> None:
    """By slip and phone: the second terminal never saw the case, and the first goes on afterwards without a loss."""
    with ExitStack() as stack:
        made = []
        for name in ("kiosk-01", "kiosk-21"):
            store, platform = kiosk_settings(tmp_path / name, hall.url)
            platform = replace(platform, key=f"demo-{name}")
            made.append(stack.enter_context(running(OfflineCache(store, platform, name, "cq-demo-01"))))
        one, other = made
        case_id, slip = fresh_case(one)
        one.ledger.record(SaveDraft(case_id, slip, form()), event(one, AuditKind.DRAFT_SAVED))
        settled(one, case_id, 1)
        assert isinstance(ask(other, SendResumeCode(slip)), datetime)
        told = [sms["text"] for sms in hall.control("GET", "/sms-outbox") if "验证码" in sms["text"]]
        code = told[-1].partition("验证码")[2][:6]
        wrong = ask(other, ResumeCase(slip, f"{(int(code) + 1) % 1_000_000:06d}"))
        assert isinstance(wrong, Fault) and wrong.code is FaultCode.RESUME_CODE_WRONG
        case = ask(other, ResumeCase(slip, code))
        assert not isinstance(case, Fault), case
        assert case.form == form() and other.ledger.take_up(case_id) is None
        later = replace(form(), contribution_years=3)
        other.ledger.record(SaveDraft(case_id, slip, later), event(other, AuditKind.DRAFT_SAVED))
        assert settled(other, case_id, 1)[-1].verdict is Verdict.ACCEPTED
        one.ledger.record(SaveDraft(case_id, slip, replace(form(), licence_copies=4)), event(one))
        wait_for(lambda: one.ledger.state().waiting == 0)
        ((kept,),) = hall.rows("SELECT form FROM opening_case WHERE id = ?", case_id)
        fields = json.loads(kept)["fields"]
        assert (fields["contribution_years"], fields["licence_copies"]) == (3, 4)
        assert parked(one) == [] == parked(other)


def _mirrored_version(cache: OfflineCache, case_id: CaseId) -> int:
    answer = cache.ledger.case(case_id)
    return 0 if answer is None else answer.value.version


def newer_put(hall: Hall, case_id: CaseId, draft: dict[str, Any]) -> None:
    """What a terminal of tomorrow sends."""
    caller = {"Kiosk-Contract": "1.0", "Kiosk-Terminal": "kiosk-01 demo-kiosk-01"}
    headers = {**caller, "If-Match": '"v1"', "Content-Type": "application/json"}
    body = json.dumps(draft).encode()
    request = urllib.request.Request(f"{hall.url}/v1/cases/{case_id}/draft", body, headers, method="PUT")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.status == 200
