"""Invented requests against the real server process: nothing undeclared comes in or goes out, nothing makes it fail.

Good requests are aimed at things that exist, so that whole answers are held against the contract, not only refusals.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)  # fmt: skip

from kiosk.contracts import platform_api as api

from .hands import KIOSK, WINDOW, Hands, Story, key, ulid
from .running import NewDatabase, Running

pytestmark = pytest.mark.processes

schema = schemathesis.openapi.from_dict(api.openapi())
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
_CLERKS = {op.id for op in api.OPERATIONS if op.who and not set(op.who) & set("TC")}
_TECHNICIANS = {op.id for op in api.OPERATIONS if op.who in ("N", "NS")}


@dataclass(frozen=True)
class Aim:
    """Where to send what is invented."""

    url: str
    token: str
    technician: str
    known: dict[str, str]


@pytest.fixture(scope="module")
def aim(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aim]:
    """A platform of its own with a clerk signed in and one case being handed over."""
    with Running(Path(tmp_path_factory.mktemp("invented")), database=new_database()) as running:
        window, kiosk = Hands(running.url, WINDOW), Hands(running.url, KIOSK)
        technician = window.sign_in("0500")["token"]
        token = window.sign_in()["token"]
        story = Story(kiosk).submitted().ready(window)
        handover = window.post("/v1/handovers", story.bundle(window)).json()
        draft = Story(kiosk)
        draft.keep()
        link = kiosk.post(f"/v1/cases/{draft.case_id}/signing-links", {"id": ulid(), "ref": "p1"}).json()
        known = {
            "case_id": story.case_id, "handover_id": handover["id"], "verification_id": story.verification_id,
            "item": "INVOICE", "name": "business_scope", "site_id": "cq-demo-01", "slug": "handover-open",
            "window_id": "w-03", "id": ulid(), "terminal_id": "kiosk-02", "unit_id": "licence_paper-50010399",
            "uscc": story.case(window)["uscc"], "no": "1", "branch_id": "bank-a-01",
            "token": link["path"].rpartition("/")[2],
        }  # fmt: skip
        yield Aim(running.url, f"Bearer {token}", f"Bearer {technician}", known)
        kiosk.close()
        window.close()
        assert running.stop() == 0
        assert running.errors() == ""


@schema.parametrize()
@settings(
    max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_invented_requests(case: Case, aim: Aim) -> None:
    op_id = case.operation.definition.raw["operationId"]
    case.headers["Kiosk-Terminal"] = WINDOW if op_id in _CLERKS else KIOSK
    if op_id in _CLERKS:
        case.headers["Authorization"] = aim.technician if op_id in _TECHNICIANS else aim.token
    else:
        case.headers.pop("Authorization", None)
    case.headers.pop("Citizen-Session", None)
    positive = case.meta is None or case.meta.generation.mode.is_positive
    if positive and api.BY_ID[op_id].idem:
        case.headers["Idempotency-Key"] = key()  # fresh, or everything would be a replay
    if positive and op_id not in ("submitCase", "putDraft"):
        case.path_parameters = {name: aim.known.get(name, value) for name, value in case.path_parameters.items()}
    if op_id == "getFeed":
        case.query = {name: value for name, value in case.query.items() if name != "wait"}
    case.call_and_validate(base_url=aim.url, checks=CHECKS)
