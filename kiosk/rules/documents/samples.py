"""One of each document with invented people, an invented company and an invented hall, as docs/documents.md shows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from kiosk.domain.article import Article, ArticleKind, ArticleState, SealUse
from kiosk.domain.case import (
    CaseState,
    CompanyName,
    CompanyType,
    OpeningCase,
    OpeningForm,
    OrgForm,
    PermitDuty,
    ScopePick,
)
from kiosk.domain.discrepancy import Discrepancy
from kiosk.domain.document import Document, Language, Reader, Text, word
from kiosk.domain.feedback import FeedbackKind
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import (
    ArticleId,
    BatchId,
    CaseId,
    CaseNo,
    PersonRef,
    ScopeCode,
    SiteId,
    SlipCode,
    StaffRef,
    TerminalId,
    UnitId,
    WindowId,
)
from kiosk.domain.individual import Composition, FamilyMember, IndividualBusiness
from kiosk.domain.item import Item
from kiosk.domain.licence_printing import LicencePrinting
from kiosk.domain.offer import AppointmentState
from kiosk.domain.person import Person, Role
from kiosk.domain.private import Private
from kiosk.domain.shift import KeptShift, OpenKind, OpenLine, Shift
from kiosk.domain.stock import (
    Movement,
    PlaceCounted,
    StockBatch,
    StockBook,
    StockKind,
    StockLevel,
    StockUnit,
    UnitState,
)
from kiosk.domain.wishes import (
    BankWish,
    Insurance,
    InvoiceKind,
    InvoiceRequest,
    InvoiceWish,
    SealPlan,
    SealWay,
    SocialWish,
)
from kiosk.rules.working_time import SHANGHAI

from .acceptance_notice import Acceptance, Collection, acceptance_notice
from .bank_appointment import Appointment, bank_appointment
from .business_licence import Licence, business_licence
from .called import relation
from .correction_notice import correction_notice
from .decisions import Decision
from .feedback_slip import Feedback, feedback_slip
from .hand_over_sheet import hand_over_sheet
from .invoice_device import IssuedDevice, Volume, invoice_device
from .material_receipt import material_receipt
from .materials import MaterialForm, Missing, Received, Remedies
from .non_acceptance import non_acceptance
from .one_time_notice import Notice, one_time_notice
from .parts import Hall, Issuing
from .permit_duties import permit_duties
from .queue_ticket import QueueTicket, queue_ticket
from .refusal import refusal
from .registration_notice import registration_notice
from .seal_delivery import DeliveredSeal, seal_delivery, seal_size
from .shift_sheet import shift_sheet
from .signing_link import signing_link
from .slip import slip
from .stock import movements_of_day, reconciliation, stock_list

NOW = datetime(2026, 11, 23, 10, 24, tzinfo=SHANGHAI)
HALL = Hall("测试区政务服务中心", "重庆市渝中区示例路 88 号一楼", "023-60000000", "12345")
_USCC = "91500103MA00000T0X"  # invented, no company's
_LICENSING_LAW = "《中华人民共和国行政许可法》第三十二条"
_REFUSED_LAW = "《中华人民共和国市场主体登记管理条例》第二十条"
_ARTICLES_LAW = "《中华人民共和国市场主体登记管理条例》第十六条"


@dataclass(frozen=True, slots=True, repr=False)
class Story(Private):
    """All that the documents tell: replace a part to tell another story."""

    case: OpeningCase
    getter: Person
    received: tuple[Received, ...]
    missing: tuple[Missing, ...]
    notice: Notice
    acceptance: Acceptance
    decision: Decision
    refusal: Decision
    licence: Licence
    seals: tuple[DeliveredSeal, ...]
    volumes: tuple[Volume, ...]
    device: IssuedDevice | None
    ticket: QueueTicket
    wish: Appointment
    feedback: Feedback
    sent: bool = True
    relation: Text = word("handover.legal_rep")
    place: Text = word("handover.in_person")
    remark: str = ""
    movements: tuple[Movement, ...] = ()
    differences: tuple[Discrepancy, ...] = ()


def _people() -> tuple[Person, ...]:
    wang = Person(
        PersonRef("p1"), "王测试", CertType.RESIDENT_ID, "500103198504120022", address="重庆市渝中区示例路 1 号 2-3",
        phone="13800001234", roles=frozenset({Role.LEGAL_REP, Role.SHAREHOLDER, Role.DIRECTOR}),
        subscribed=Decimal(60),
    )  # fmt: skip
    li = Person(
        PersonRef("p2"), "李示例", CertType.RESIDENT_ID, "500103199011030017", address="重庆市万州区样本街 9 号",
        phone="13900005678", roles=frozenset({Role.SHAREHOLDER, Role.SUPERVISOR}), subscribed=Decimal(40),
    )  # fmt: skip
    return wang, li


def _articles() -> tuple[Article, ...]:
    def one(name: str, kind: ArticleKind, item: Item, serial: str, use: SealUse | None = None) -> Article:
        return Article(ArticleId(name), kind, item, ArticleState.PREPARED, serial, use)

    return (
        one("a1", ArticleKind.LICENCE_ORIGINAL, Item.SETUP, "S0000001"),
        one("a2", ArticleKind.LICENCE_COPY, Item.SETUP, "S0000002"),
        one("a3", ArticleKind.SEAL, Item.SEAL, "5001030000001", SealUse.COMPANY),
        one("a4", ArticleKind.SEAL, Item.SEAL, "5001030000002", SealUse.INVOICE),
        Article(
            ArticleId("a5"),
            ArticleKind.INVOICE_VOLUME,
            Item.INVOICE,
            ArticleState.PREPARED,
            first_no=12345601,
            count=25,
        ),
        one("a6", ArticleKind.TAX_DEVICE, Item.INVOICE, "499000000017"),
    )


def story() -> Story:
    """A small restaurant in the invented hall."""
    people = _people()
    scope = (
        ScopePick(ScopeCode("SAMPLE-0001"), "餐饮服务", PermitDuty.AFTER, "食品经营许可证", "6210"),
        ScopePick(ScopeCode("SAMPLE-0002"), "烟花爆竹零售", PermitDuty.BEFORE, "烟花爆竹经营（零售）许可证"),
        ScopePick(ScopeCode("SAMPLE-0003"), "仅销售预包装食品", PermitDuty.NOTICE, "仅销售预包装食品备案"),
        ScopePick(ScopeCode("SAMPLE-0004"), "餐饮管理"),
    )
    form = OpeningForm(
        company_type=CompanyType.LLC_NATURAL, items=(Item.SETUP, Item.SEAL, Item.INVOICE, Item.SOCIAL, Item.BANK),
        name=CompanyName("重庆", "测试样本", "餐饮管理"), scope=scope, registered_capital=Decimal(100),
        people=people, applicant=people[0].ref, pickup_site=SiteId("sample-hall"),
        invoice=InvoiceWish((InvoiceRequest(InvoiceKind.PAPER_ORDINARY),), people[0].ref),
        seal_plan=SealPlan(SealWay.FREE_SET, uses=frozenset(SealUse) - {SealUse.CONTRACT}),
        social=SocialWish(people[0].ref, frozenset(Insurance), enrol_staff=False, insured=(people[0].ref,)),
        bank_appt=BankWish("bank-a-01", NOW + timedelta(days=2, minutes=6), people[0].ref),
    )  # fmt: skip
    case = OpeningCase(
        CaseId("01JDA000000000000000000000"), SlipCode("K7P-428"), form, CaseState.ACCEPTED,
        case_no=CaseNo("5000000124XKCK20261123000000000428"), uscc=_USCC, articles=_articles(),
        accepted_at=NOW, due_at=NOW.replace(day=24, hour=18, minute=0),
    )  # fmt: skip
    received = (
        Received("登记（备案）申请书", MaterialForm.ELECTRONIC),
        Received("公司章程", MaterialForm.ORIGINAL, 2),
        Received("身份证明", MaterialForm.COPY, 2),
    )
    missing = (
        Missing(
            "住所（经营场所）使用证明",
            "租赁协议缺出租人签名",
            "请出租人签名后，用终端或手机重新拍照上传",
            _ARTICLES_LAW,
        ),
        Missing("公司章程", "第七条与申请书的出资期限不同", "改成一致，由全体股东重新签名", _ARTICLES_LAW),
    )
    remedies = Remedies("测试区人民政府", "测试区人民法院")
    return Story(
        case, people[0], received, missing,
        Notice("测告〔2026〕17 号", missing, received),
        Acceptance(
            Collection("测试区政务服务中心综合窗口"), received, limits={Item.SETUP: 1, Item.SOCIAL: 0},
            company_type="有限责任公司(自然人投资或控股)",
        ),
        Decision(
            "测决〔2026〕3 号", ("申请的住所不在本登记机关辖区内。",), _LICENSING_LAW, remedies
        ),
        Decision(
            "测决〔2026〕4 号", ("住所使用证明与产权登记不符。", "补正后仍有一名股东未签名。"), _REFUSED_LAW, remedies
        ),
        Licence(
            form.name.full, _USCC, "有限责任公司(自然人投资或控股)", people[0].name, Decimal(100), date(2026, 11, 23),
            "重庆市渝中区示例路 1 号 2-3",
            "一般项目：餐饮管理（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
            "许可项目：餐饮服务（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）",
            "测试区市场监督管理局", date(2026, 11, 23), "http://www.gsxt.gov.cn", "https://example.invalid/e/000428",
        ),
        (
            DeliveredSeal(
                SealUse.COMPANY, "5001030000001", seal_size(SealUse.COMPANY), "橡胶", "测试刻章店", "F-000001"
            ),
            DeliveredSeal(
                SealUse.INVOICE, "5001030000002", seal_size(SealUse.INVOICE), "橡胶", "测试刻章店", "F-000002"
            ),
            DeliveredSeal(SealUse.LEGAL_REP, "5001030000003", seal_size(SealUse.LEGAL_REP), "牛角", "测试刻章店"),
        ),
        (Volume("增值税普通发票", "050001900104", 12345601, 25),),
        IssuedDevice("税务UKey", "499000000017", _USCC, form.name.full, password_changed=True),
        QueueTicket("A017", 4, "一楼 B 区", taken_at=NOW, closes_at=NOW.replace(hour=18, minute=0)),
        Appointment(
            "测试银行", "示例路支行", "重庆市渝中区示例路 5 号", "023-60000001", NOW + timedelta(days=2, minutes=6),
            AppointmentState.CONFIRMED,
        ),
        Feedback("F202611-0000042A", FeedbackKind.ASKED_TWICE, NOW, answer_asked=True),
        movements=MOVEMENTS, differences=DIFFERENCES,
    )  # fmt: skip


def individual_story() -> Story:
    """A noodle shop without a name, run by a family (个体工商户)."""
    told = story()
    operator = replace(told.getter, roles=frozenset({Role.LEGAL_REP, Role.LIAISON}), subscribed=Decimal(0))
    sister = FamilyMember("李示例", CertType.RESIDENT_ID, "500103199011030017")
    form = replace(
        told.case.form, company_type=CompanyType.INDIVIDUAL, name=CompanyName(form=OrgForm.STORE), people=(operator,),
        registered_capital=None, individual=IndividualBusiness(True, Composition.FAMILY, (sister,)),
    )  # fmt: skip
    licence = replace(told.licence, name="", company_type="个体工商户", capital=None, composition=Composition.FAMILY)
    return replace(
        told, case=replace(told.case, form=form), getter=operator, licence=licence, relation=relation(
            replace(told.case, form=form)
        ),
        acceptance=replace(told.acceptance, company_type="个体工商户"),
        device=None if told.device is None else replace(told.device, holder=form.holder),
    )  # fmt: skip


def issuing(reader: Reader = Reader.CITIZEN, language: Language = Language.ZH) -> Issuing:
    """At window 3 of the invented hall."""
    return Issuing(HALL, NOW, "3 号窗口", StaffRef("0317"), reader, language)


def _licence(told: Story, kind: ArticleKind, how: Issuing) -> Document:
    printing = LicencePrinting(ArticleId("a1"), kind, TerminalId("T-01"))
    return business_licence(told.case, told.licence, printing, how)


def _sheet(told: Story, how: Issuing) -> Document:
    how = replace(how, evidence="7f3a40c25b1e09c1")
    return hand_over_sheet(told.case, told.getter, told.relation, how, told.place, told.remark)


def _thing(kind: StockKind, serial: int, place: str, state: UnitState = UnitState.IN_STOCK) -> StockUnit:
    return StockUnit(UnitId(f"{kind.value}-{serial}"), kind, str(serial), place, state, 1)


BOOK = StockBook(
    NOW,
    units=(
        *(_thing(StockKind.LICENCE_PAPER, 50010020 + n, "store-01") for n in range(60)),
        *(_thing(StockKind.LICENCE_PAPER, 50010001 + n, "w-03") for n in range(5)),
        _thing(StockKind.LICENCE_PAPER, 50010009, "w-03", UnitState.QUARANTINED),
        *(_thing(StockKind.TAX_DEVICE, 661000000011 + n, "store-01") for n in range(8)),
        _thing(StockKind.TAX_DEVICE, 661000000002, "store-01", UnitState.BOUND),
        _thing(StockKind.SEAL, 5001030000101, "store-01", UnitState.RESERVED),
        _thing(StockKind.LICENCE_PAPER, 50010011, "store-01", UnitState.RETURNED),
    ),
    batches=(
        StockBatch(
            BatchId("B-0500019"), "050001900104", "007", "store-01", UnitState.IN_STOCK, 41000126, 41005125,
            41000201, 25,
        ),
    ),
    levels=(
        StockLevel(StockKind.LICENCE_PAPER, 65, 40, False),
        StockLevel(StockKind.TAX_DEVICE, 8, 12, True),
        StockLevel(StockKind.INVOICE_VOLUME, 197, 20, False),
    ),
    places=(
        PlaceCounted("store-01", 71, NOW - timedelta(hours=16), True),
        PlaceCounted("w-03", 6, NOW - timedelta(minutes=40), False),
        PlaceCounted("w-04", 0, None, False),
    ),
)  # fmt: skip


def _line(seq: int, kind: str, what: str, *, first: int | None = None, count: int = 1, two: bool = False) -> Movement:
    return Movement(seq, NOW, kind, "store-01", what, first, count, "0402", "0403" if two else "", "", "")


MOVEMENTS = (
    _line(521, "RECEIVE", "tax_device-661000000018", two=True),
    _line(522, "TRANSFER", "licence_paper-50010001"),
    Movement(523, NOW, "RESERVE", "store-01", "B-0500019", 41000176, 25, "", "", "", ""),
    _line(524, "ISSUE", "tax_device-661000000002"),
    _line(525, "HAND_OVER", "B-0500019", first=41000151, count=25),
    _line(526, "RETURN", "licence_paper-50010003"),
    _line(527, "SPOIL", "licence_paper-50010009"),
    _line(528, "COUNT", "licence_paper-50010008"),
)
DIFFERENCES = tuple(
    Discrepancy(f"d{n}", f"{subject}-differs", subject, f"s{n}", True, 1, owner, NOW, ("licence_paper-50010008",))
    for n, (subject, owner) in enumerate((
        ("count", "keeper"), ("transfer", "keeper"), ("unit", "keeper"), ("handover", "supervisor"),
        ("device_issue", "supervisor"),
    ))
)  # fmt: skip


SHIFT = Shift(
    "01JDSHIFT0", WindowId("w-03"), StaffRef("0317"), NOW - timedelta(minutes=2), 6, ("licence_paper-50010004",), (),
    (), (
        OpenLine(OpenKind.TICKET, 1, ("A027",)), OpenLine(OpenKind.HANDOVER, 1, ("K7M-204",)),
        OpenLine(OpenKind.TASK, 2), OpenLine(OpenKind.MESSAGE, 1, ("P8R-332",)),
    ), StaffRef("0403"), NOW,
)  # fmt: skip
_SEEN = tuple(one.id for one in BOOK.units if one.place == "w-03" and one.id not in SHIFT.missing)

KEPT_SHIFT = KeptShift(SHIFT, _SEEN, (), tuple(one for one in BOOK.units if one.id in _SEEN))

ONE_OF_EACH: tuple[Callable[[Story, Issuing], Document], ...] = (
    lambda told, how: queue_ticket(told.ticket, how),
    lambda told, how: slip(told.case, told.sent, how),
    lambda told, how: material_receipt(told.case, told.received, NOW + timedelta(hours=2), how),
    lambda told, how: acceptance_notice(told.case, told.acceptance, how),
    lambda told, how: one_time_notice(told.case, told.notice, how),
    lambda told, how: correction_notice(told.case, NOW, told.missing, date(2026, 12, 23), how),
    lambda told, how: non_acceptance(told.case, told.decision, how),
    lambda told, how: registration_notice(told.case, date(2026, 11, 23), told.licence.registry, how),
    lambda told, how: refusal(told.case, told.refusal, how),
    lambda told, how: _licence(told, ArticleKind.LICENCE_ORIGINAL, how),
    lambda told, how: _licence(told, ArticleKind.LICENCE_COPY, how),
    _sheet,
    lambda told, how: seal_delivery(told.case, told.seals, told.getter, told.relation, how),
    lambda told, how: invoice_device(told.case, told.volumes, told.device, told.getter, how),
    lambda told, how: bank_appointment(told.case, told.wish, how),
    lambda told, how: feedback_slip(told.feedback, how),
    lambda told, how: permit_duties(told.case, how),
    lambda _, how: stock_list(BOOK, how),
    lambda told, how: movements_of_day(told.movements, NOW.date(), how),
    lambda told, how: reconciliation(BOOK, told.movements, told.differences, NOW.date(), how),
    lambda _, how: shift_sheet(KEPT_SHIFT, how),
    lambda told, how: signing_link(
        told.case.form,
        told.case.slip_code,
        "李*例",
        "https://platform.example/s/SAMPLE",
        NOW + timedelta(days=2),
        how,
    ),
)


def documents(told: Story, how: Issuing) -> tuple[Document, ...]:
    """One of each, in the order in which a visit meets them."""
    return tuple(make(told, how) for make in ONE_OF_EACH)
