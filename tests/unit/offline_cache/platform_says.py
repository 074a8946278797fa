"""Answers as the platform would write them, by hand: neither side's translation is used to make them."""

import json
from typing import Any

from kiosk.domain.case import OpeningForm
from kiosk.domain.ids import CaseId
from offline_cache.wire import sent


def case_json(
    case_id: CaseId,
    *,
    state: str = "DRAFT",
    version: int = 1,
    form: OpeningForm | None = None,
    articles: list[str] | None = None,
    open_handover: str | None = None,
    masked: bool = False,
    papers: tuple[str, ...] = (),
) -> bytes:
    """A case of getCase."""
    told: dict[str, Any] = {} if form is None else json.loads(sent.draft("K2B-001", form))["form"]  # type: ignore[arg-type]
    said = {
        "case_id": case_id,
        "slip_code": "K2B-001",
        "site_id": "cq-demo-01",
        "state": state,
        "version": version,
        "form": told,
        "articles": [
            {"id": one, "kind": "licence_original", "item": "SETUP", "state": "PREPARED", "serial": "50010001"}
            for one in articles or ()
        ],
        "materials": [
            {
                "id": one,
                "type": "lease_contract",
                "state": "HELD",
                "source": "scanned",
                "pages": 1,
                "version": 1,
                "captured_at": "2026-11-23T02:24:00Z",
            }
            for one in papers
        ],
        "open_handover": open_handover,
        "masked": masked,
        "a field of next year": {"x": 1},
    }
    return json.dumps(said, ensure_ascii=False).encode()
