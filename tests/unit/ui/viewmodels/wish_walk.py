"""The faces of the items beside the registration, reached by real events like all others."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from kiosk.code_tables.guide_tables import AnswerId, QuestionId
from kiosk.contracts.face_camera import FaceShot
from kiosk.domain.article import SealUse
from kiosk.domain.case import CaseState, CompanyName, Domicile, DomicileGetWay
from kiosk.domain.ids import DivisionCode, PersonRef
from kiosk.domain.individual import Composition
from kiosk.domain.item import InvoiceMode
from kiosk.domain.offer import AppointmentState, BankAppointment, BankBranch
from kiosk.domain.wishes import BankWish, MailAddress, SealPlan, SealWay
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev

from .citizen_walk import (
    HALLS,
    PUT_OFF,
    RESERVED,
    SCOPE,
    Still,
    Walk,
    accepted_case,
    answered,
    seen,
    sought,
    together,
    verified,
)
from .citizen_walk import phoned as phoned_alone
from .individual_walk import named, phoned

BRANCHES = tuple(
    BankBranch(f"bank-{bank}-0{n}", f"bank-{bank}", f"示例银行{name}", f"{place}示例支行", f"{place}区示例大道{n}号")
    for bank, name in (("b", "乙"), ("a", "甲"), ("c", "丙"))
    for n, place in enumerate(("渝中", "两江", "沙坪坝"), 1)
)
_CHINA = timezone(timedelta(hours=8))
HOURS = tuple(
    datetime(2026, 11, day, hour, 30, tzinfo=_CHINA) for day in (24, 25, 26, 27, 30) for hour in (9, 10, 14, 16)
)


def taxed(mode: InvoiceMode | None = InvoiceMode.DEVICE) -> Walk:
    """Two founders are named; the tax office has answered, or not."""
    walk = together().did(ev.NextAsked())
    return walk.did(ev.InvoiceModeTold(mode)) if mode else walk


def with_staff() -> Walk:
    """Alone, with staff: insured at once, and the fund is proposed."""
    said = {**answered(), QuestionId("staff"): AnswerId("some")}
    name = CompanyName(trade="示例", industry="餐饮管理")
    walk = verified().did(ev.PurposeChosen(said), ev.NameEntered(name), ev.NameJudged(RESERVED), ev.NextAsked())
    walk.did(ev.ScopeTyped("餐饮"), ev.ScopeFound("餐饮", SCOPE), ev.ScopePicked(SCOPE[0]), ev.NextAsked())
    place = Domicile(DivisionCode("500103"), "渝中区", "示例路 1 号 2-3", DomicileGetWay.RENTED)
    walk.did(ev.AddressGiven(place), ev.CapitalSet(Decimal(100)), ev.PhoneGiven(PersonRef("p1"), "13800001234"))
    return walk.did(ev.NextAsked(), ev.InvoiceModeTold(InvoiceMode.DEVICE), ev.NextAsked(), ev.NextAsked())


def sealing() -> Walk:
    """Invoices are agreed."""
    return taxed().did(ev.NextAsked())


def insuring() -> Walk:
    """Seals are agreed."""
    return sealing().did(ev.NextAsked())


def banking() -> Walk:
    """Insurance is agreed; the branches are there."""
    return insuring().did(ev.NextAsked(), ev.BranchesFound(BRANCHES))


def asked_hours() -> Walk:
    """The free hours of one branch are there."""
    return banking().did(ev.BranchPicked(BRANCHES[0].id), ev.HoursFound(BRANCHES[0].id, HOURS))


def booked() -> Walk:
    """An hour is picked."""
    return asked_hours().did(ev.BankWished(BankWish(BRANCHES[0].id, HOURS[1], PersonRef("p1"))))


def collecting() -> Walk:
    """Which hall."""
    return booked().did(ev.NextAsked(), ev.HallsFound(HALLS))


def by_mail(phone: str = "13800001234") -> Walk:
    """By post instead."""
    to = MailAddress("王测试", phone, "渝中区示例路 1 号 2-3")
    return collecting().did(ev.PickupWished(HALLS[0].site_id, to))


def told_by_bank() -> Walk:
    """Somebody came back: the bank has confirmed the hour."""
    found = accepted_case(collecting().did(ev.NextAsked()), CaseState.PREPARING)
    told = ev.AppointmentTold(BankAppointment(AppointmentState.CONFIRMED, HOURS[1], BRANCHES[0]))
    return sought(found).did(ev.FaceAgreed(), ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), seen(), told)


def ready(booked_at: datetime | None = None) -> Walk:
    """Somebody came back, and everything lies ready."""
    found = replace(accepted_case(collecting().did(ev.NextAsked()), CaseState.READY), collection=booked_at)
    return sought(found).did(ev.FaceAgreed(), ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), seen())


def offered(booked_at: datetime | None = None) -> Walk:
    """Who would like to come at an hour of their own."""
    return ready(booked_at).did(ev.CollectionAsked(), ev.CollectionHoursFound(HOURS))


def offline() -> ev.PlatformFailed:
    """The platform is not to be reached."""
    return ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE))


def stills() -> dict[str, Still]:
    """One face of every kind, by name."""
    bare = SealPlan(SealWay.FREE_SET, uses=frozenset({SealUse.FINANCE}))
    return {
        "name_people-supervisor-wanted": phoned_alone().did(ev.SupervisorLeftOut(False)).still(),
        "tax_and_invoice": taxed().still(),
        "tax_and_invoice-unknown": taxed(None).still(online=False),
        "tax_and_invoice-taxpayer": taxed().still({"edit": "taxpayer"}),
        "seals-lacking": sealing().did(ev.SealsWished(bare)).still(),
        "seals-uses": sealing().still({"edit": "uses"}),
        "seals-shop": sealing().still({"edit": "shop", "typed": "重庆示例印章店"}),
        "employment_insurance": with_staff().still(),
        "employment_insurance-fund": with_staff().still({"edit": "fund"}),
        "employment_insurance-rate": with_staff().still({"edit": "fund_rate"}),
        "bank_appointment": banking().still(),
        "bank_appointment-asking": insuring().did(ev.NextAsked()).still(),
        "bank_appointment-offline": insuring().did(ev.NextAsked(), offline()).still(online=False),
        "bank_appointment-day": asked_hours().still({"edit": "day"}),
        "bank_appointment-booked": booked().still(),
        "pick_up": collecting().still(),
        "pick_up-mail-lacking": by_mail("").still(),
        "pick_up-phone": by_mail().still({"edit": "phone", "typed": "138000"}),
        "see_progress-bank": told_by_bank().still(),
        "see_progress-booked": ready(HOURS[1]).still(),
        "book_collection": offered().still(),
        "book_collection-hour": offered(HOURS[1]).still({"day": "2026-11-25"}),
        "check_answers-wishes": by_mail().did(ev.NextAsked(), *PUT_OFF).still(),
    }


def more_stills() -> dict[str, Still]:
    """All the other choices, alike in shape."""
    own = SealPlan(SealWay.OWN_SHOP, "重庆示例印章店", frozenset(SealUse))
    none = asked_hours().did(ev.HoursFound(BRANCHES[0].id, ()))
    alone = phoned(named()).did(ev.CompositionChosen(Composition.PERSONAL), ev.NextAsked())
    return {
        "tax_and_invoice-digital": taxed(InvoiceMode.DIGITAL).still(),
        "tax_and_invoice-individual": alone.did(ev.InvoiceModeTold(InvoiceMode.DEVICE)).still(),
        **{f"tax_and_invoice-{part}": taxed().still({"edit": part}) for part in ("kinds", "tier", "count", "buyer")},
        "seals": sealing().still(),
        "seals-own": sealing().did(ev.SealsWished(own)).still(),
        "seals-way": sealing().still({"edit": "way"}),
        "employment_insurance-none": insuring().still(),
        "employment_insurance-insured": with_staff().still({"edit": "insured"}),
        "employment_insurance-insurance": with_staff().still({"edit": "insurance"}),
        "employment_insurance-handler": insuring().still({"edit": "handler"}),
        "employment_insurance-day": with_staff().still({"edit": "fund_day"}),
        "employment_insurance-month": with_staff().still({"edit": "fund_month"}),
        "employment_insurance-heads": with_staff().still({"edit": "fund_heads", "typed": "12"}),
        "bank_appointment-bank": banking().still({"edit": "bank"}),
        "bank_appointment-branch": banking().still({"edit": "branch", "bank": "bank-a"}),
        "bank_appointment-waiting": banking().did(ev.BranchPicked(BRANCHES[0].id)).still({"edit": "day"}),
        "bank_appointment-full": none.still({"edit": "day"}),
        "bank_appointment-hour": asked_hours().still({"edit": "hour", "day": "2026-11-25"}),
        "bank_appointment-contact": booked().still({"edit": "contact"}),
        "book_collection-asking": ready().did(ev.CollectionAsked()).still(),
        "book_collection-booked": offered(HOURS[1]).still(),
        "book_collection-full": ready().did(ev.CollectionAsked(), ev.CollectionHoursFound(())).still(),
        "book_collection-offline": ready().did(ev.CollectionAsked(), offline()).still(online=False),
        "pick_up-mail": by_mail().still(),
        "pick_up-recipient": by_mail().still({"edit": "recipient"}),
        "pick_up-address": by_mail().still({"edit": "address"}),
    }
