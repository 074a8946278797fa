"""The own phone of somebody who is not here: nothing but an HTTP client with the link from a screen."""

import base64
from datetime import UTC, datetime
from urllib.parse import urlsplit

import requests

from .personas.drawn import written


def sign_on_a_phone(link: str, who: str, number: str, kind: str = "111") -> None:
    """Whoever opened the page says who that is, agrees and signs. ``kind``: of the certificate, by its code."""
    parts = urlsplit(link)
    signing = {
        "person": {"name": who, "cert_type": kind, "cert_no": number},
        "consent": {"agreed": True, "at": datetime.now(UTC).isoformat(), "text_version": 1},
        "signature_png": base64.b64encode(written()).decode(),
    }
    address = f"{parts.scheme}://{parts.netloc}/v1/signing/{parts.path.rpartition('/')[2]}"
    key = {"Idempotency-Key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}
    done = requests.post(address, json=signing, headers=key, timeout=20)
    assert done.status_code == 201, done.text
