"""The platform's own reading of a form: what the terminal's rules let through it still looks at itself."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from kiosk.contracts import platform_api as api
from kiosk.sandbox.completeness import holder, issues_of, name_full
from tests.contract import hands

TODAY = date(2028, 2, 29)
WHOLE = hands.form("01JDA000000000000000000000", "测试")
COMPANY: dict[str, Any] = {
    "ref": "p2", "name": "测试控股", "cert_type": "uscc", "cert_no": "91500103MA5U00003N", "roles": ["shareholder"],
    "subscribed": "0.5",
    "holding": {"kind": "enterprise",
                "represented_by": {"name": "赵示例", "cert_type": "111", "cert_no": hands.LI}},
}  # fmt: skip


def pointers(change: Callable[[Any], None]) -> list[str]:
    told = copy.deepcopy(WHOLE)
    change(told)
    return [one.pointer for one in issues_of(msgspec.convert(told, api.Form), TODAY)]


def kind(code: str, *more: dict[str, Any], alone: str = "10.5") -> Callable[[Any], None]:
    def change(told: Any) -> None:
        told["fields"]["company_type"] = code
        told["people"][0]["subscribed"] = alone
        told["people"] += more

    return change


def due(day: str) -> Callable[[Any], None]:
    return lambda told: told["people"][0].update(holding={"due": day})


def company(**changes: Any) -> Callable[[Any], None]:
    """A company among two shareholders, with something about it changed."""
    return kind("1190", {**COMPANY, **changes}, alone="10")


def acts(**changes: Any) -> Callable[[Any], None]:
    """The same, with something changed about who acts for it."""
    holding: Any = COMPANY["holding"]
    return company(holding={**holding, "represented_by": {**holding["represented_by"], **changes}})


def operator(told: Any) -> None:
    """An individual business: one operator, no capital, no board, run alone."""
    told["fields"].update(company_type="9999", name_org_form="店")
    del told["fields"]["registered_capital"]
    told["people"][0].update(roles=["legal_rep", "liaison"], subscribed="0")
    told["individual"] = {"composition": "personal"}


def own(**changes: Any) -> Callable[[Any], None]:
    """An individual business with something about it changed."""

    def change(told: Any) -> None:
        operator(told)
        told["individual"].update(changes)

    return change


def nameless(told: Any) -> None:
    operator(told)
    told["individual"]["without_name"] = True
    for name in ("name_trade", "name_industry", "name_org_form"):
        del told["fields"][name]


def with_board(told: Any) -> None:
    operator(told)
    told["fields"]["registered_capital"] = "1"
    told["people"][0]["roles"].append("director")


def as_company(told: Any) -> None:
    operator(told)
    told["fields"]["name_org_form"] = "有限公司"


SISTER = {"name": "李示例", "cert_type": "111", "cert_no": "500103199011030031"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda told: None, []),
        (operator, []),
        (nameless, []),
        (own(composition="family", family=[SISTER]), []),
        (own(composition=None), ["/individual/composition"]),
        (own(composition="family"), ["/individual/family"]),
        (own(family=[SISTER]), ["/individual/family"]),
        (own(composition="family", family=[SISTER, SISTER]), ["/individual/family"]),
        (own(composition="family", family=[{**SISTER, "name": " "}]), ["/individual/family/0"]),
        (own(without_name=True), ["/fields/name_trade"]),
        (with_board, ["/fields/registered_capital", "/people"]),
        (as_company, ["/fields/name_org_form"]),
        (lambda told: told["fields"].update(name_org_form="店"), ["/fields/name_org_form"]),
        (kind("1190", COMPANY, alone="10"), []),
        (kind("1190", {**COMPANY, "cert_type": "111"}, alone="10"), ["/people"]),
        (company(cert_no="91500103MA5U00003M"), ["/people/1/cert_no"]),
        (company(cert_no="91500103MA5U0000"), ["/people/1/cert_no"]),
        (company(roles=["shareholder", "supervisor"]), ["/people/1/roles"]),
        (company(holding=None), ["/people/1/holding/represented_by"]),
        (company(holding={**COMPANY["holding"], "kind": "natural"}), ["/people/1/holding/kind"]),
        (company(holding={**COMPANY["holding"], "country": "702"}), ["/people/1/holding/country"]),
        (acts(name=" "), ["/people/1/holding/represented_by"]),
        (acts(cert_type="uscc"), ["/people/1/holding/represented_by"]),
        (acts(signs_as="authorised"), ["/people/1/holding/represented_by/authorised_by"]),
        (acts(signs_as="authorised", authorised_by="钱示例"), []),
        (kind("1152"), ["/people"]),
        (kind("1222"), ["/fields/company_type"]),
        (due("2033-02-28"), []),
        (due("2033-03-01"), ["/people/0/holding/due"]),
        (due("2028-02-29"), ["/people/0/holding/due"]),
        (due("2030-02-31"), ["/people/0/holding/due"]),
    ],
)
def test_types_and_due_dates(change: Callable[[Any], None], found: list[str]) -> None:
    assert pointers(change) == found


def test_things_are_issued_to_the_business_or_to_the_operator_of_one_without_a_name() -> None:
    told = copy.deepcopy(WHOLE)
    nameless(told)
    form = msgspec.convert(told, api.Form)
    assert name_full(form) == "" and holder(form) == told["people"][0]["name"]
    assert holder(msgspec.convert(WHOLE, api.Form)) == name_full(msgspec.convert(WHOLE, api.Form))


def test_the_division_stands_where_the_order_of_the_name_says() -> None:
    told = msgspec.convert(WHOLE, api.Form)
    orders = [msgspec.structs.replace(told, fields=msgspec.structs.replace(told.fields, name_order=n)) for n in "123"]
    assert [name_full(one) for one in orders] == [
        "重庆测试餐饮有限公司", "测试（重庆）餐饮有限公司", "测试餐饮（重庆）有限公司",
    ]  # fmt: skip
