"""Words that are looked up by a value: every value has its words, so that no screen fails on one that is rare."""

from collections.abc import Iterable
from enum import Enum

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.face_camera import FaceHint, Likeness
from kiosk.domain.article import ArticleState, SealUse
from kiosk.domain.case import CaseState, DomicileGetWay, PermitDuty
from kiosk.domain.case_found import FoundBy
from kiosk.domain.feedback import FeedbackKind, FeedbackOutcome, FeedbackState
from kiosk.domain.handover import Match
from kiosk.domain.holding import SignsAs
from kiosk.domain.individual import Composition
from kiosk.domain.item import Item, ItemState
from kiosk.domain.material import MaterialSource
from kiosk.domain.offer import AppointmentState
from kiosk.domain.person import Role
from kiosk.domain.queue import Missed, Priority
from kiosk.domain.stock import StockKind, UnitState
from kiosk.domain.wishes import Insurance, SealWay
from kiosk.rules.goods_numbers import GoodsProblem
from kiosk.rules.materials import Mark
from kiosk.workflow.device_desk import AsideCause
from ui.words import catalogue

LOOKED_UP: tuple[tuple[str, Iterable[Enum]], ...] = (
    ("room.trail.{}", AuditKind),
    ("state.case.{}", CaseState),
    ("state.item.{}", ItemState),
    ("item.{}", Item),
    ("role.{}", Role),
    ("room.unit_state.{}", UnitState),
    ("room.article_state.{}", ArticleState),
    ("room.found_by.{}", FoundBy),
    ("room.kind.{}", StockKind),
    ("source.{}", (MaterialSource.SCANNED, MaterialSource.PHONE)),  # the only ones that a checklist names
    ("duty.{}", PermitDuty),
    ("priority.{}", Priority),
    ("queue.missed.{}", Missed),
    ("goods.{}", GoodsProblem),
    ("match.{}", Match),
    ("mark.{}", Mark),
    ("customer.mark.{}", Mark),
    ("device_aside.cause.{}", AsideCause),
    ("face_hint.{}", FaceHint),
    ("verify_face.aid.{}", Likeness),
    ("insurance.{}", Insurance),
    ("seals.way.{}", SealWay),
    ("article.{}", SealUse),
    ("signs_as.{}", SignsAs),
    ("name_operator.{}", Composition),
    ("choose_topic.{}", FeedbackKind),
    ("read_answer.{}.title", FeedbackState),
    ("read_answer.{}", FeedbackOutcome),
    ("see_progress.appointment.{}", AppointmentState),
    ("clerk.device.{}", DeviceKind),
    ("give_address.way.{}", DomicileGetWay),
)


@pytest.mark.parametrize(("key", "values"), LOOKED_UP, ids=[key for key, _ in LOOKED_UP])
def test_every_value_has_its_words(key: str, values: Iterable[Enum]) -> None:
    missing = [
        one.value for one in values if not {key.format(one.value), key.format(one.name.lower())} & set(catalogue())
    ]
    assert not missing
