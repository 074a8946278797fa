"""Messages to one person's phone that carry a secret: a link or a code. The simulated telephone network keeps them.

They name nobody. The secret stands nowhere else in clear, and the phone number leaves only masked.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import sqlalchemy as sa

from kiosk.domain.private import mask_phone

from . import tables as t
from .moments import at
from .transaction import Tx


@cache
def texts() -> dict[str, Any]:
    """The data file: where links lead, and the text of every template in Chinese and English."""
    found: dict[str, Any] = tomllib.loads(
        files("kiosk.sandbox").joinpath("data/personal_messages.toml").read_text("utf-8")
    )
    return found


def send(tx: Tx, case_id: str, template: str, person: str, phone: str, value: str) -> None:
    """``value`` is the code, or the path of the link."""
    tx.c.execute(
        t.personal_message.insert().values(
            at=tx.now, case_id=case_id, template=template, person=person, phone=mask_phone(phone), value=value
        )
    )


def outbox(tx: Tx) -> list[dict[str, str]]:
    """What the telephones of this platform's people would show."""
    rows = tx.c.execute(sa.select(t.personal_message).order_by(t.personal_message.c.id)).all()
    return [
        {
            "at": at(row.at).isoformat(), "case_id": row.case_id, "template": row.template, "to": row.phone,
            "text": said(row.template, "zh", row.value), "text_en": said(row.template, "en", row.value),
        }
        for row in rows
    ]  # fmt: skip


def said(template: str, language: str, value: str) -> str:
    """The words of a message."""
    words: str = texts()["templates"][template][language]
    return words.replace("{link}", texts()["base"] + value).replace("{code}", value)
