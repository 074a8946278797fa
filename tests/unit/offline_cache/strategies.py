"""Any form that a terminal can produce, invented by a machine."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from kiosk.domain.article import SealUse
from kiosk.domain.case import (
    CompanyName,
    CompanyType,
    Domicile,
    DomicileGetWay,
    MilitaryUse,
    NameOrder,
    NameVerdict,
    OpeningForm,
    OrgForm,
    PermitDuty,
    Purpose,
    ScopePick,
)
from kiosk.domain.enterprise import (
    AccountingMethod,
    AccountingSystem,
    EffectiveMonth,
    Enterprise,
    ServiceAddress,
    TaxFacts,
    TaxpayerKind,
    TermKind,
)
from kiosk.domain.holding import Contribution, ContributionKind, HolderKind, Holding, Representative, SignsAs
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import BlobId, DivisionCode, PersonRef, ScopeCode, SiteId, VerificationId
from kiosk.domain.individual import Composition, FamilyMember, IndividualBusiness
from kiosk.domain.item import Item
from kiosk.domain.office import Authority, AuthorityItem, GenMode, Office, Position
from kiosk.domain.person import Person, Role
from kiosk.domain.wishes import (
    AmountTier,
    BankWish,
    FundWish,
    Insurance,
    InvoiceKind,
    InvoiceRequest,
    InvoiceWish,
    MailAddress,
    ReceiveWay,
    SealPlan,
    SealWay,
    SocialWish,
)
from offline_cache.clock import SHANGHAI

_HANZI = st.characters(categories=["Lo"], min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("𠮷䶮㼆·①")


def _text(longest: int) -> st.SearchStrategy[str]:
    return st.text(_HANZI | st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=longest)


_days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
_moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(SHANGHAI))
_wan = st.integers(0, 10**14).map(lambda n: Decimal(n) / 10**6)
_ulids = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=26, max_size=26)
_blobs = st.text("0123456789abcdef", min_size=64, max_size=64).map(BlobId)
_maybe = st.none() | st.booleans()
_counts = st.none() | st.integers(0, 99_999_999)
_refs = st.sampled_from([None, PersonRef("p1"), PersonRef("p2")])

holdings = st.builds(
    Holding,
    st.none() | st.sampled_from(HolderKind),
    st.text("0123456789", min_size=3, max_size=3),
    st.lists(st.builds(Contribution, st.sampled_from(ContributionKind), _wan), max_size=3).map(tuple),
    _wan,
    st.none() | _days,
    st.none()
    | st.builds(
        Representative,
        _text(20),
        st.sampled_from(CertType),
        st.text("0123456789X", max_size=18),
        st.sampled_from(SignsAs),
        _text(20),
    ),
)
offices = st.builds(
    Office,
    st.sampled_from(Role),
    st.none() | st.sampled_from(Position),
    st.none() | st.sampled_from(GenMode),
    st.none() | st.integers(0, 99),
)
taxes = st.builds(
    TaxFacts,
    st.none() | st.sampled_from(AccountingMethod),
    st.none() | st.sampled_from(AccountingSystem),
    st.none() | st.sampled_from(TaxpayerKind),
    st.none() | st.sampled_from(EffectiveMonth),
    _maybe,
)
enterprises = st.builds(
    Enterprise,
    _text(60),
    st.builds(ServiceAddress, _text(60), _text(30), _text(20), _text(20)),
    _text(20),
    st.text("0123456789", max_size=8),
    st.none() | st.sampled_from(TermKind),
    _counts,
    _counts,
    _maybe,
    _maybe,
    taxes,
)
invoice_wishes = st.builds(
    InvoiceWish,
    st.lists(
        st.builds(InvoiceRequest, st.sampled_from(InvoiceKind), st.sampled_from(AmountTier), st.integers(0, 9999)),
        max_size=3,
    ).map(tuple),
    _refs,
    _text(20),
    st.none() | st.sampled_from(ReceiveWay),
)
fund_wishes = st.builds(
    FundWish, _refs, st.none() | st.integers(0, 99), st.none() | _days, st.none() | _wan, st.none() | _wan, _counts
)


individuals = st.builds(
    IndividualBusiness,
    st.booleans(),
    st.none() | st.sampled_from(Composition),
    st.lists(
        st.builds(FamilyMember, _text(20), st.sampled_from(CertType), st.text("0123456789X", max_size=18)), max_size=3
    ).map(tuple),
)


@st.composite
def people(draw: st.DrawFn, number: int) -> Person:
    """One person."""
    return Person(
        ref=PersonRef(f"p{number}"),
        name=draw(_text(20)),
        cert_type=draw(st.sampled_from(CertType)),
        cert_no=draw(st.text("0123456789X", max_size=18)),
        birth=draw(st.none() | _days),
        card_valid_until=draw(st.none() | _days),
        card_long_term=draw(st.booleans()),
        address=draw(_text(60)),
        phone=draw(st.text("0123456789", max_size=11)),
        roles=draw(st.frozensets(st.sampled_from(Role))),
        subscribed=draw(_wan),
        verification_id=draw(st.none() | _ulids.map(VerificationId)),
        verified_until=draw(st.none() | _moments),
        signature=draw(st.none() | _blobs),
        signed_at=draw(st.none() | _moments),
        holding=draw(st.none() | holdings),
        offices=draw(st.lists(offices, max_size=3).map(tuple)),
        authority=draw(
            st.none()
            | st.builds(
                Authority, st.frozensets(st.sampled_from(AuthorityItem)), st.none() | _days, st.none() | _days, _maybe
            )
        ),
    )


@st.composite
def forms(draw: st.DrawFn) -> OpeningForm:
    """A form, anywhere between empty and full."""
    site = draw(st.sampled_from([None, SiteId("cq-demo-01")]))
    everybody = tuple(draw(people(number)) for number in range(1, draw(st.integers(0, 4)) + 1))
    return OpeningForm(
        purpose=Purpose(draw(st.none() | st.booleans()), draw(_text(60)), draw(st.none() | st.booleans())),
        company_type=draw(st.none() | st.sampled_from(CompanyType)),
        items=tuple(draw(st.lists(st.sampled_from(Item), unique=True))),
        name=CompanyName(
            draw(_text(16)),
            draw(_text(20)),
            draw(_text(20)),
            draw(st.sampled_from(OrgForm)),
            draw(st.sampled_from(NameOrder)),
        ),
        name_verdict=draw(
            st.none()
            | st.builds(
                NameVerdict,
                st.sampled_from(["AVAILABLE", "SIMILAR", "PROHIBITED"]),
                st.lists(_text(20), max_size=3).map(tuple),
                st.lists(_text(20), max_size=3).map(tuple),
                _text(30),
                st.none() | _moments,
            )
        ),
        scope=tuple(
            draw(
                st.lists(
                    st.builds(
                        ScopePick,
                        st.from_regex(r"\A[A-Z][0-9]{1,8}\Z").map(ScopeCode),
                        _text(30),
                        st.sampled_from(PermitDuty),
                        _text(60),
                        st.text("0123456789", max_size=4),
                    ),
                    max_size=4,
                )
            )
        ),
        domicile=Domicile(
            DivisionCode(draw(st.sampled_from(["", "500103", "500157"]))),
            draw(_text(20)),
            draw(_text(60)),
            draw(st.none() | st.sampled_from(DomicileGetWay)),
            draw(_text(20)),
            draw(_text(20)),
            draw(st.none() | _wan),
            draw(_text(20)),
            draw(_text(16)),
            draw(st.none() | st.sampled_from(MilitaryUse)),
            draw(_text(20)),
        ),
        registered_capital=draw(st.none() | _wan),
        contribution_years=draw(st.integers(0, 99)),
        people=everybody,
        applicant=draw(st.sampled_from([None, *(one.ref for one in everybody)])),
        licence_copies=draw(st.integers(1, 99)),
        pickup_site=site,
        enterprise=draw(enterprises),
        invoice=draw(st.none() | invoice_wishes),
        social=draw(st.none() | st.builds(SocialWish, _refs, st.frozensets(st.sampled_from(Insurance)), _maybe)),
        fund=draw(st.none() | fund_wishes),
        seal_plan=draw(
            st.none()
            | st.builds(
                SealPlan, st.none() | st.sampled_from(SealWay), _text(16), st.frozensets(st.sampled_from(SealUse))
            )
        ),
        bank_appt=draw(st.none() | st.builds(BankWish, st.just("bank-01"), _moments, st.just(PersonRef("p1")))),
        mail=draw(st.none() | st.builds(MailAddress, _text(20), _text(16), _text(60))) if site else None,
        individual=draw(st.builds(IndividualBusiness) | individuals),
    )
