"""A case from its draft to the decision."""

from .asking import Terminal, ulid, want
from .ground import Ground


def keeps_a_draft(ground: Ground) -> None:
    """Keeps an incomplete draft and says what is missing."""
    company = ground.company()
    answer = ground.kiosk.ask(
        "putDraft", {"slip_code": company.slip, "form": {}}, first=True, case_id=company.case_id
    )  # fmt: skip
    want(answer.status == 201, f"a first draft was answered {answer.status} {answer.code}")
    want(answer.json["issues"], "an empty form has no issues")
    want(answer.headers["etag"] == '"v1"', "the first version is not v1")


def wants_the_version(ground: Ground) -> None:
    """Wants the version that was seen, and refuses an old one."""
    company = ground.company()
    company.keep()
    body = {"slip_code": company.slip, "form": {"items": ["SETUP"]}}
    blind = ground.kiosk.ask("putDraft", body, case_id=company.case_id)
    want(blind.code == "precondition-required", f"without If-Match: {blind.status} {blind.code}")
    old = ground.kiosk.ask("putDraft", body, version=7, case_id=company.case_id)
    want(old.code == "version-mismatch", f"with another version: {old.status} {old.code}")
    want(old.headers.get("etag") == '"v1"', "the refusal does not say which version there is")


def takes_the_same_draft_twice(ground: Ground) -> None:
    """Takes the same draft twice: a lost answer is no conflict."""
    company = ground.company()
    first = company.keep()
    company.version = 0
    again = company.keep()
    want((first.status, again.status) == (201, 200), f"answers: {first.status}, {again.status} {again.code}")
    want(first.json["version"] == again.json["version"], "the repeat made a new version")


def submits_only_what_is_whole(ground: Ground) -> None:
    """Submits only a complete case whose name is held."""
    company = ground.company()
    company.keep()
    want(company.submit().code == "name-not-reserved", "a name that nobody holds was accepted")
    company.reserve_name()
    answer = company.submit()
    want(answer.status == 200 and answer.json["state"] == "SUBMITTED", f"answered {answer.status} {answer.code}")
    want(bool(answer.json["case_no"]), "no case number")
    want(company.submit().code in ("too-late", "version-mismatch"), "it was submitted twice")


def holds_a_name_for_one(ground: Ground) -> None:
    """Holds a name for one case only."""
    one, other = ground.company(), ground.company()
    want(one.reserve_name().status == 201, "a free name was not held")
    body = {
        "id": ulid(), "case_id": other.case_id, "name": f"重庆{one.trade}餐饮有限公司", "trade": one.trade,
        "industry": "餐饮", "division_code": "500103",
    }  # fmt: skip
    want(ground.kiosk.ask("postNameDeclaration", body).code == "name-taken", "the same name was held twice")


def finds_by_slip(ground: Ground) -> None:
    """Finds a case by its slip, and does not know what never was."""
    company = ground.company().submitted()
    found = ground.kiosk.ask("searchCases", {"slip_code": company.slip}).json["items"]
    want(len(found) == 1, "a slip does not find its case")
    unknown = ground.kiosk.ask("getCase", case_id=ulid())
    want(unknown.code == "not-found", f"an unknown case was answered {unknown.status} {unknown.code}")


def decides_at_the_window_only(ground: Ground) -> None:
    """Lets a clerk accept on the version that was seen, and nobody else."""
    window, company = ground.on_duty(), ground.company().submitted()
    assert ground.staff is not None
    body = {"decision": "accept", "decided_at": ground.now(), "by": ground.staff.ref}
    path = f"/v1/cases/{company.case_id}/acceptances"
    nobody = Terminal.like(ground.window)
    nobody.token = ""
    answer = nobody.ask("decideAcceptance", body, version=company.version, case_id=company.case_id)
    want(answer.status in (401, 403), f"{path} without a clerk: {answer.status}")
    nobody.close()
    wrong = window.ask("decideAcceptance", body, version=company.version + 5, case_id=company.case_id)
    want(wrong.code == "version-mismatch", f"on another version: {wrong.status} {wrong.code}")
    done = company.accept(window)
    want(done.status == 201 and done.json["due_at"], f"answered {done.status} {done.code}, or without a due time")
    want(company.accept(window).status in (409, 412), "it was accepted twice")


CHECKS = (
    keeps_a_draft, wants_the_version, takes_the_same_draft_twice, submits_only_what_is_whole, holds_a_name_for_one,
    finds_by_slip, decides_at_the_window_only,
)  # fmt: skip
