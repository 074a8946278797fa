"""The faces that people with cards of Hong Kong, Macao, Taiwan or abroad see, reached by real events."""

from dataclasses import replace
from datetime import date

from kiosk.contracts.face_camera import FaceShot
from kiosk.domain.identity_card import CardKind
from kiosk.domain.ids import PersonRef
from kiosk.workflow import events as ev

from .citizen_walk import Still, Walk, answered, begun, card, funded, seen
from .individual_walk import said

GUEST = replace(card("MARIA", date(1980, 1, 7), "911156198001070027"), kind=CardKind.FOREIGN_2023, name_en="MARIA")
PARTNER = replace(card("陈样本", date(1980, 1, 7), "810000198001070025"), kind=CardKind.HMT_RESIDENCE)
_FACE = ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5))


def guest() -> Walk:
    """A foreigner with a permanent residence card is known."""
    return begun().did(ev.Consented(True), ev.CardRead(GUEST), _FACE, seen())


def refused() -> Walk:
    """An individual business was wanted, which is for citizens."""
    return guest().did(ev.PurposeChosen(said()))


def partners() -> Walk:
    """The second founder has laid a residence permit."""
    walk = funded(partners=True).did(ev.PersonCardAsked(), ev.CardRead(PARTNER), ev.FaceAgreed(), _FACE, seen())
    return walk.did(ev.PhoneGiven(PersonRef("p1"), "13800001234"), ev.PhoneGiven(PersonRef("p2"), "13900005678"))


def stills() -> dict[str, Still]:
    """Each face by a name of its own."""
    notes = {str(question): str(answer) for question, answer in said().items()}
    return {
        "choose_purpose-guest": refused().still({**notes, "ask": "plan"}),
        "name_people-outside": partners().still(),
    }


def after_all() -> Walk:
    """The same person chooses a company instead."""
    return refused().did(ev.PurposeChosen(answered()))
