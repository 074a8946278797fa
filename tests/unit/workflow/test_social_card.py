"""A social-security card that saves typing: what it fills, what it proves (nothing), and how it is forgotten."""

from datetime import date

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.social_card import SocialCard
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.social_card import ReadSocialCard, WatchSocialCard
from kiosk.workflow.visit import Busy, Visit

from . import stories as tell
from .test_papers import AWAY, walk

CARD = SocialCard("李示例", "500103199011030015", date(2039, 7, 31))
READ = ev.SocialCardRead(CARD)
READER = DeviceKind.SOCIAL_CARD_READER


def at_people(*events: Event) -> Visit:
    story = tell.until_check()
    for end in range(1, len(story)):  # as far as the page of the people
        visit, _ = walk(story[:end])
        if visit.step == "name_people":
            return walk(list(events), visit)[0]
    raise AssertionError("the story has no people")


def test_what_it_says_stands_in_the_visit_until_the_person_is_named() -> None:
    visit, done = walk([ev.SocialCardAsked()], at_people())
    assert visit.busy is Busy.SOCIAL_CARD and done == [ReadSocialCard()]
    visit, done = walk([READ], visit)
    assert (visit.social, visit.busy) == (CARD, None)
    note = do.Note(AuditKind.CARD_READ, (("card_kind", "social_card"), ("purpose", "name_people")))
    assert done == [note, WatchSocialCard()]
    visit, _ = walk([AWAY], visit)
    assert visit.social is None
    person = visit.form.people[-1]
    assert person.is_absent and person.verification_id is None  # it fills in, and proves nothing


@pytest.mark.parametrize("end", [ev.SocialCardStopped(), ev.LeaveAsked(), ev.BackAsked()])
def test_it_is_forgotten(end: Event) -> None:
    visit, done = walk([end], at_people(ev.SocialCardAsked(), READ))
    assert visit.social is None and do.StopDevices() in done


def test_a_late_answer_fills_nothing() -> None:
    assert at_people(ev.SocialCardAsked(), ev.SocialCardStopped(), READ).social is None
    assert at_people(READ).social is None


def test_a_fault_is_said_where_the_card_is_waited_for_and_goes_when_the_reader_is_back() -> None:
    gone = ev.DeviceFailed(READER, Fault(FaultCode.SMART_CARD_READER_ABSENT))
    visit = at_people(ev.SocialCardAsked(), gone)
    assert (visit.busy, visit.fault) == (Busy.SOCIAL_CARD, gone.fault)
    visit, _ = walk([ev.DeviceRecovered(READER)], visit)
    assert (visit.busy, visit.fault) == (Busy.SOCIAL_CARD, None)
    assert walk([READ], visit)[0].social == CARD


def test_a_card_left_in_its_reader_is_another_than_the_certificate() -> None:
    visit = at_people(ev.SocialCardAsked(), READ, ev.CardLeft(READER))
    assert visit.social_left and not visit.card_left
    visit, _ = walk([ev.CardLeft(), ev.CardTaken(READER)], visit)
    assert visit.card_left and not visit.social_left
