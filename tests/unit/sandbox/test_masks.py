"""A masked case tells nobody who it is, whatever the form has learned to ask."""

import msgspec

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import wishes
from kiosk.sandbox.case_views import _mask

SECRET, NUMBER = "某秘密人", "13812345678"


def test_no_answer_about_a_person_is_left() -> None:
    form = api.Form(
        fields=api.Fields(
            domicile_owner=SECRET, owner_phone=NUMBER, contact_phone=NUMBER, legal_doc_address=f"{SECRET}转",
            e_mail=f"{NUMBER}@example.com", e_fax=NUMBER, e_messenger=NUMBER,
        ),
        people=(
            api.PersonForm(
                "p1", SECRET, "111", "500103198504120022", phone=NUMBER, address=SECRET,
                holding=wishes.Holding(represented_by=wishes.Representative(SECRET, "111", "500103198504120022")),
            ),
        ),
        pickup=api.Pickup("cq-demo-01", "MAIL", SECRET, NUMBER, SECRET),
    )  # fmt: skip
    told = msgspec.json.encode(_mask(form)).decode()
    assert "秘密" not in told and "12345" not in told and "198504120022" not in told
