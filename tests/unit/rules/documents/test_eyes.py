"""Nobody reads of a person what is not theirs to know: in no document, in no words that somebody wrote freely, and
never in a code."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kiosk.domain.document import DocumentKind, Language, Reader
from kiosk.domain.holding import Holding, Representative, SignsAs
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import PersonRef
from kiosk.domain.person import Person
from kiosk.rules.documents import samples
from kiosk.rules.documents.eyes import Eyes, eyes_of
from kiosk.rules.documents.parts import document as made
from kiosk.rules.documents.plain import plain
from kiosk.rules.documents.samples import Story
from kiosk.rules.slip_code import read_slip

from .reading import one, texts

RARE = "䶮𠮷㼆翀婳甯郤昝嵇逄"  # characters that stand in no words of ours
WIDE = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")
LICENCES = {DocumentKind.LICENCE_ORIGINAL, DocumentKind.LICENCE_COPY}

names = st.text(RARE, min_size=2, max_size=4)
certificates = st.from_regex(r"[1-9][0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}", fullmatch=True)
phones = st.from_regex(r"1[3-9][0-9]{9}|023-[0-9]{8}", fullmatch=True)
addresses = st.builds(
    "重庆市渝中区{}路 {} 号 {}-1".format,
    st.text("翠竹松柏", min_size=1, max_size=3),
    st.integers(1, 999),
    st.integers(2, 40),
)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Person, ...]:
    named = draw(st.lists(names, min_size=2, max_size=4, unique=True))
    named = [name for name in named if not any(name != other and name in other for other in named)]
    named = named if len(named) > 1 else ["䶮翀", "婳甯"]
    return tuple(
        Person(
            PersonRef(f"p{at}"), name, CertType.RESIDENT_ID, draw(certificates), phone=draw(phones),
            address=draw(addresses),
        )
        for at, name in enumerate(named, 1)
    )  # fmt: skip


def grouped(number: str) -> str:
    """As people write numbers."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def gossip(people: tuple[Person, ...]) -> str:
    """Words that say everything about everybody."""
    return "；".join(
        f"请{p.name}（{p.cert_no}，{p.cert_no.lower()}，{grouped(p.cert_no)}）打{p.phone}，或{grouped(p.phone)}，"
        f"或{p.phone.translate(WIDE)}，{p.cert_no.translate(WIDE)}，"
        f"住{p.address}"
        for p in people
    )


def talkative(people: tuple[Person, ...]) -> Story:
    """The story with these people, and gossip wherever somebody may write freely."""
    told, said = samples.story(), gossip(people)
    missing = tuple(replace(one, material=said, problem=said, mend=said, basis=said) for one in told.missing)
    received = tuple(replace(one, name=said) for one in told.received)
    form = replace(told.case.form, people=people, applicant=people[0].ref)
    return replace(
        told, case=replace(told.case, form=form), getter=people[1], received=received, missing=missing,
        notice=replace(
            told.notice, missing=missing, received=received, no=2, special=(said,), fees=said, second_reason=said
        ),
        acceptance=replace(
            told.acceptance, received=received, missing=missing,
            collection=replace(told.acceptance.collection, place=said, mail_address=people[1].address),
        ),
        decision=replace(told.decision, reasons=(said,), basis=said),
        refusal=replace(told.refusal, reasons=(said, said), basis=said),
        licence=replace(told.licence, legal_rep=people[1].name, entity_qr=f"https://e.invalid/{people[1].cert_no}"),
        wish=replace(told.wish, bring=(said,)),
        relation=said, place=said, remark=said,
    )  # fmt: skip


@dataclass(frozen=True)
class Leak:
    what: str
    where: DocumentKind


def flat(text: str) -> str:
    """As an eye reads it: blanks, dashes, case and width make no difference."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).casefold()


def leaks(told: Story, reader: Reader, language: Language) -> Iterator[Leak]:
    people = told.case.form.people
    for document in samples.documents(told, samples.issuing(reader, language)):
        seen = [flat(text) for text in (*texts(document), plain(document))]
        for person in people:
            secrets = [person.cert_no, person.phone, person.address]
            may = reader is Reader.FILE or (reader is Reader.CITIZEN and person.ref == told.case.form.applicant)
            printed_by_law = document.kind in LICENCES and person.name == told.licence.legal_rep
            if not may and not (printed_by_law and reader is not Reader.PUBLIC):
                secrets.append(person.name)
            for secret in secrets:
                if any(flat(secret) in text for text in seen):
                    yield Leak(secret, document.kind)
            for fact in (person.name, person.cert_no, person.phone, person.address):
                if fact in document.qr:
                    yield Leak(fact, document.kind)


# a leak says what and where: making the example smaller would only cost minutes
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(crowds(), st.sampled_from(Reader), st.sampled_from(Language))
def test_no_document_says_of_a_person_what_its_reader_may_not_know(
    people: tuple[Person, ...], reader: Reader, language: Language
) -> None:
    assert not list(leaks(talkative(people), reader, language))


def test_the_search_for_leaks_finds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    told = talkative(samples.story().case.form.people)
    monkeypatch.setattr(Eyes, "free", lambda _, text: text)
    found = {leak.where for leak in leaks(told, Reader.PUBLIC, Language.ZH)}
    assert {DocumentKind.ONE_TIME_NOTICE, DocumentKind.REFUSAL, DocumentKind.BANK_APPOINTMENT} <= found


@pytest.mark.parametrize("mask", ["name", "number", "phone", "address"])
def test_every_mask_is_needed(monkeypatch: pytest.MonkeyPatch, mask: str) -> None:
    told = talkative(samples.story().case.form.people)
    lazy: Callable[[Eyes, object], object] = lambda _, said: said.name if isinstance(said, Person) else said  # noqa: E731
    monkeypatch.setattr(Eyes, mask, lazy)
    assert list(leaks(told, Reader.PUBLIC, Language.ZH))


def test_a_registry_code_that_names_a_person_is_left_out() -> None:
    told = samples.story()
    for payload in ("https://e.invalid/13800001234", "https://e.invalid/%E7%8E%8B%E6%B5%8B%E8%AF%95"):
        spoken = replace(told, licence=replace(told.licence, entity_qr=payload))
        assert one(DocumentKind.LICENCE_COPY, spoken).qr == ""
    assert one(DocumentKind.LICENCE_COPY).qr == told.licence.entity_qr


def test_the_code_of_a_notice_leads_to_its_case() -> None:
    found = read_slip(one(DocumentKind.ACCEPTANCE_NOTICE).qr)
    assert found is not None and found.slip_code == samples.story().case.slip_code


def test_strangers_in_free_words_are_masked_too() -> None:
    eyes = Eyes(Reader.PUBLIC)
    assert eyes.free("找 500103 19850412 002X 或 138-0000-1234") == "找 5***************2X 或 138****1234"
    assert eyes.free("卡号 6222020000000001234。") == "卡号 ***************1234。"


def test_numbers_that_are_no_persons_stay_as_they_are() -> None:
    said = "第 12345601 至 12345625 号，2026 年 11 月 23 日，办件 5000000124XKCK20261123000000000428，电话 12345"
    assert Eyes(Reader.PUBLIC).free(said) == said


def test_a_companys_code_is_no_persons_number() -> None:
    assert Eyes(Reader.PUBLIC).free("信用代码 915001031234567890") == "信用代码 915001031234567890"


@given(st.text("①，。（）张王 号码电话", max_size=8), phones.filter(lambda p: p[0] == "1"))
def test_a_mobile_number_in_any_words_is_masked(around: str, phone: str) -> None:
    said = Eyes(Reader.FILE).free(f"{around}{phone}{around}")
    assert phone not in said and phone[-4:] in said


def test_a_short_number_shows_nothing() -> None:
    for reader in Reader:
        assert Eyes(reader).number("E123456") == "*******"
        assert Eyes(reader).phone("6300123") == "*******"
    assert Eyes(Reader.FILE).number("E12345678901") == "E*********01"


def test_the_licence_says_what_the_law_prints_but_not_on_a_public_screen() -> None:
    said = {reader: "".join(texts(one(DocumentKind.LICENCE_COPY, reader=reader))) for reader in Reader}
    assert "王测试" in said[Reader.CITIZEN] and "示例路 1 号 2-3" in said[Reader.FILE]
    assert "王*试" in said[Reader.PUBLIC] and "1 号 2-3" not in said[Reader.PUBLIC]


def test_a_number_inside_a_longer_one_does_not_break_its_mask() -> None:
    person = Person(PersonRef("p1"), "王测试", CertType.RESIDENT_ID, "500103138000012340", phone="13800001234")
    assert Eyes(Reader.PUBLIC, (person,)).free("证件500103138000012340") == "证件5***************40"


def test_a_code_that_names_a_person_is_never_printed() -> None:
    told = samples.story()
    plain_one = made(DocumentKind.SLIP, samples.issuing(), (), case=told.case)
    assert read_slip(plain_one.qr) is not None
    for spoilt in ("QB1.13800001234", "QB1.王五"):
        assert made(DocumentKind.SLIP, samples.issuing(), (), case=told.case, qr=spoilt).qr == ""


@pytest.mark.parametrize("reader", [Reader.CITIZEN, Reader.PUBLIC])
def test_a_company_is_public_and_who_signs_for_it_is_not(reader: Reader) -> None:
    acts = Representative("翠示例", CertType.RESIDENT_ID, "500103199011030031", SignsAs.AUTHORISED, "松示例")
    firm = Person(
        PersonRef("p1"), "重庆示例投资控股有限公司", CertType.USCC, "91500103MA5U00003N",
        holding=Holding(represented_by=acts),
    )  # fmt: skip
    eyes = Eyes(reader, (firm,))
    told = eyes.free(f"{firm.name} {firm.cert_no}：{acts.name} {acts.cert_no}，由{acts.authorised_by}授权")
    assert told.startswith(f"{firm.name} {firm.cert_no}：翠*例 ") and told.endswith("由松*例授权")
    assert acts.cert_no not in told
    assert eyes.betrays("x-" + acts.cert_no) and eyes.betrays("松示例") and not eyes.betrays(firm.cert_no)
    assert acts.name in Eyes(Reader.FILE, (firm,)).free(acts.name)


def test_the_family_of_an_individual_business_is_hidden_in_free_words_and_codes_too() -> None:
    told = samples.individual_story()
    (sister,) = told.case.form.individual.family
    eyes = eyes_of(Reader.CITIZEN, told.case)
    assert eyes.free(f"{sister.name} {sister.cert_no}") == f"李*例 {eyes.number(sister.cert_no)}"
    assert eyes.betrays(f"x.{sister.cert_no}") and not eyes.betrays("QB1.x")
    assert eyes_of(Reader.FILE, told.case).free(sister.name) == sister.name
