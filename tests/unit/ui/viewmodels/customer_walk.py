"""Every face of the citizen's screen at a window: the clerk's own moments, cut to what the citizen may see."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kiosk.session import Scene
from kiosk.workflow import events as ev
from kiosk.workflow.customer_side import CustomerSide, customer_side
from kiosk.workflow.events.library import LibraryAnswered, LibraryAsked

from . import citizen_walk as citizen
from . import clerk_walk as clerk
from . import entry_walk
from .clerk_walk import PNG, SCANS, Walk


@dataclass(frozen=True)
class Still:
    """One moment: the scene, and what the screen itself remembers."""

    scene: Scene[CustomerSide]
    notes: Mapping[str, Any]


def told(*, signed: bool = False) -> Walk:
    """Three things are missing, said at once; the citizen has signed for it or not."""
    walk = clerk.intake().did(ev.MaterialJudged("domicile_proof", 2), ev.MaterialJudged("articles", 3))
    walk.did(ev.NoticeAsked(), ev.DeedRecorded(clerk.deed(clerk.Verdict.WAITING, walk.at)))
    gone = replace(clerk.case(clerk.CaseState.SUBMITTED), state=clerk.CaseState.RETURNED)
    walk.did(ev.CaseChanged(gone, (clerk.deed(clerk.Verdict.ACCEPTED, walk.at),), True))
    return walk.did(ev.SignatureDrawn(clerk.PersonRef("applicant"), PNG)) if signed else walk


def cut(walk: Walk, notes: Mapping[str, Any] | None = None) -> Still:
    """The clerk's moment as the citizen sees it."""
    scene = walk.still().scene
    side: Any = replace(scene, state=customer_side(scene.state), journey="customer", reports=())  # type: ignore[arg-type]
    return Still(side, notes or {})


def stills() -> dict[str, Still]:
    """Every face, by name."""
    drawn = ev.SignatureDrawn(clerk.RECIPIENT, PNG)
    return {
        "welcome": cut(clerk.on_duty()),
        "paused": cut(Walk()),
        "paused-locked": cut(clerk.prepared().did(ev.LockAsked())),
        "own_case": cut(clerk.intake()),
        "own_case-judged": cut(clerk.intake().did(ev.MaterialJudged("domicile_proof", 2))),
        "own_case-firm": cut(clerk.intake_with_firm()),
        "own_case-seen": cut(clerk.seen(clerk.CaseState.IN_REVIEW)),
        "own_form": cut(entry_walk.begun()),
        "own_form-filled": cut(entry_walk.filled()),
        "own_form-signing": cut(entry_walk.signing()),
        "show_link": cut(
            entry_walk.waiting_afar().did(ev.LinkAsked(entry_walk.P2), ev.SigningLinkMade(entry_walk.LINK))
        ),
        "read_notice": cut(told()),
        "read_notice-drawn": cut(told(), {"drawn": "yes"}),
        "read_notice-signed": cut(told(signed=True)),
        "agree_library": cut(clerk.with_library().did(LibraryAsked("L1"))),
        "agree_library-taking": cut(clerk.with_library().did(LibraryAsked("L1"), LibraryAnswered(True))),
        "show_card": cut(clerk.awaited()),
        "show_card-read": cut(clerk.recipient()),
        "show_card-agreed": cut(clerk.recipient().did(ev.CustomerAgreed())),
        "check_goods-waiting": cut(clerk.asked()),
        "check_goods": cut(clerk.prepared().did(*SCANS[:3])),
        "sign_for": cut(clerk.signing()),
        "sign_for-drawn": cut(clerk.signing(), {"drawn": "yes"}),
        "sign_for-keeping": cut(clerk.signing().did(drawn), {"drawn": "yes"}),
        "sign_for-signed": cut(clerk.signed()),
        "rate-accepted": cut(clerk.accepted()),
        "rate": cut(clerk.registered()),
        "farewell-accepted": cut(clerk.accepted().did(ev.RatingSkipped())),
        "farewell": cut(clerk.registered().did(ev.Rated(5))),
    }


WANG, LI = citizen.WANG, citizen.LI
