"""Whatever is typed, scanned or sent is judged and never raises: a million strings for every rule that reads one.

The strings are near misses as much as noise: true numbers with a few characters changed, other scripts, controls,
halves of surrogate pairs. One seed, so that what is found once is found again.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest

from kiosk.code_tables import company_types, divisions, hanzi
from kiosk.code_tables.scope_index import build, plain
from kiosk.code_tables.scope_search import ScopeSearch
from kiosk.domain.case import CompanyName
from kiosk.domain.identity_card import CertType
from kiosk.domain.money import wan
from kiosk.domain.private import (
    mask_address,
    mask_bank_number,
    mask_name,
    mask_number,
    mask_number_public,
    mask_phone,
)
from kiosk.rules import business_scope, certificates, credit_code, registration_number, resident_id
from kiosk.rules.company_types import place_of
from kiosk.rules.enterprise_name import precheck
from kiosk.rules.goods_numbers import device_problem, invoice_problem, seal_problem
from kiosk.rules.name_districts import place_of as place_named
from kiosk.rules.name_likeness import likeness
from kiosk.rules.review.answers import is_mobile, is_phone
from kiosk.rules.slip_code import read_slip, typed_slip
from kiosk.sandbox import packs
from offline_cache import wire

TODAY = date(2026, 11, 26)
TRUE = (
    "500103200303070022", "810000198001070025", "830000198001070029", "911156198001070027", "USA110000123456",
    "91500103MA5U00003N", "N2500103MF0000013W", "500225000001234", "661000000001", "5001030000001", "5000231130",
    "26500000000000000001", "13800001234", "023-63000000-12", "100.000001", "K7P-428", "500103",
    "QB1.01JDA000000000000000000000.K7P-428.1a2b3c4d", '{"schema": 1, "form": {}}', "示例云餐饮", "重庆市渝中区",
    "一般项目：餐饮管理（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）", "我想开huoguo店",
)  # fmt: skip
ALPHABETS = (
    "0123456789", "0123456789X", "0123456789ABCDEFGHJKLMNPQRTUWXY", "abcdefghijklmnopqrstuvwxyz' ",
    "示例重庆渝中国家火锅（）；：，",
    "䶮𠮷㼆\U00030000①￥·", "\x00\t\n\x1f\x7f\u200b\u202e\ufeff", "１２Ⅷ²٣๓", "\ud800\udc00\udfff", "ßİıéñΣ",
)  # fmt: skip
MASKS = mask_address, mask_bank_number, mask_name, mask_number, mask_number_public, mask_phone
SEARCH = ScopeSearch(build(packs.pack("business_scope").rows[:300]))


def strings(count: int, seed: int) -> Iterator[str]:
    """So many strings: noise of one kind, noise of all kinds, and true numbers with up to three changes."""
    chance = random.Random(seed)
    every = "".join(ALPHABETS)
    for turn in range(count):
        if turn % 3:
            letters = ALPHABETS[turn % len(ALPHABETS)] if turn % 2 else every
            yield "".join(chance.choices(letters, k=chance.randrange(28)))
            continue
        text = list(chance.choice(TRUE))
        for _ in range(chance.randrange(4)):
            at = chance.randrange(len(text) + 1)
            text[at : at + chance.randrange(2)] = chance.choices(every, k=chance.randrange(2))
        yield "".join(text)


def _certificate(kind: CertType, text: str) -> object:
    return certificates.problem(kind, text, TODAY)


def _of_organisation(text: str) -> object:
    """The inner code is only looked at inside a credit code: here behind a true beginning."""
    return credit_code.problem(f"91500103{text}"[:18])


def _division(text: str) -> object:
    return divisions.division_name(text), divisions.pick_anew(text), divisions.moved_to("500109", text)


def _named(text: str) -> object:
    half = len(text) // 2
    return precheck(CompanyName(text[:half], text, text[half:]))


RULES: dict[str, Callable[[str], object]] = {
    **{f"certificate-{kind.value}": partial(_certificate, kind) for kind in CertType},
    "certificate-kind": lambda text: certificates.type_of(certificates.normal(text), TODAY),
    "resident-id": lambda text: resident_id.problem(text, TODAY),
    "credit-code": credit_code.problem,
    "organisation-code": _of_organisation,
    "old-registration": registration_number.problem,
    "tax-device": device_problem,
    "seal": seal_problem,
    "invoice": lambda text: invoice_problem(text[:12], text[12:]),
    "digital-invoice": partial(invoice_problem, ""),
    "amount": wan,
    "phone": lambda text: (is_mobile(text), is_phone(text)),
    "slip": lambda text: (read_slip(text), typed_slip(text)),
    "masks": lambda text: [mask(text) for mask in MASKS],
    "company-type": lambda text: (place_of(text), company_types.company_type(text)),
    "division": _division,
    "place-in-a-name": place_named,
    "name": _named,
    "likeness": lambda text: likeness(text, text[::-1]),
    "sounds": lambda text: hanzi.sound_alike(text, text[1:]),
    "scope-sentence": business_scope.read,
    "scope-search": lambda text: SEARCH.find(text, 9),
    "plain": plain,
    "draft": lambda text: wire.opening_case(text.encode("utf-8", "surrogatepass")),
}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("count", [2_000, pytest.param(1_000_000, marks=[pytest.mark.long, pytest.mark.timeout(0)])])
def test_no_string_makes_a_rule_raise(rule: str, count: int) -> None:
    judge = RULES[rule]
    for text in strings(count, len(rule)):
        try:
            judge(text)
        except Exception as error:
            raise AssertionError(f"{rule}: {text!r}") from error


def test_the_strings_are_of_use() -> None:
    """Some are right, most are not, and every rule that can say both says both."""
    some = list(strings(6_000, 1))
    assert len(set(some)) > 5_000
    for rule in ("certificate-111", "credit-code", "old-registration", "tax-device", "seal", "amount"):
        said = {RULES[rule](text) is None for text in [*some, *TRUE]}
        assert said == {True, False}, rule
