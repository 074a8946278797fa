"""Any form that a terminal can produce, invented by a machine."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from kiosk.domain.case import (
    CompanyName,
    CompanyType,
    Domicile,
    DomicileGetWay,
    NameVerdict,
    OpeningForm,
    OrgForm,
    PermitDuty,
    Purpose,
    ScopePick,
)
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import BlobId, DivisionCode, PersonRef, ScopeCode, SiteId, VerificationId
from kiosk.domain.item import Item
from kiosk.domain.person import Person, Role
from offline_cache.clock import SHANGHAI

_HANZI = st.characters(categories=["Lo"], min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("𠮷䶮·①")


def _text(longest: int) -> st.SearchStrategy[str]:
    return st.text(_HANZI | st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=longest)


_days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
_moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(SHANGHAI))
_wan = st.integers(0, 10**14).map(lambda n: Decimal(n) / 10**6)
_ulids = st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=26, max_size=26)
_blobs = st.text("0123456789abcdef", min_size=64, max_size=64).map(BlobId)


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
    )


@st.composite
def forms(draw: st.DrawFn) -> OpeningForm:
    """A form, anywhere between empty and full."""
    everybody = tuple(draw(people(number)) for number in range(1, draw(st.integers(0, 4)) + 1))
    return OpeningForm(
        purpose=Purpose(draw(st.none() | st.booleans()), draw(_text(60)), draw(st.none() | st.booleans())),
        company_type=draw(st.none() | st.sampled_from(CompanyType)),
        items=tuple(draw(st.lists(st.sampled_from(Item), unique=True))),
        name=CompanyName(draw(_text(16)), draw(_text(20)), draw(_text(20)), draw(st.sampled_from(OrgForm))),
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
        ),
        registered_capital=draw(st.none() | _wan),
        contribution_years=draw(st.integers(0, 99)),
        people=everybody,
        applicant=draw(st.sampled_from([None, *(one.ref for one in everybody)])),
        licence_copies=draw(st.integers(1, 99)),
        pickup_site=draw(st.sampled_from([None, SiteId("cq-demo-01")])),
    )
