"""A machine that wants to be a terminal: its key, its request, and the people who let it in."""

from typing import Any

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from .hands import Hands

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def request_of(key: Any, name: str = "whoever", digest: Any = None) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, digest or hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()


def key_pem(key: Any) -> str:
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def application(code: str, key: Any = None) -> dict[str, Any]:
    return {
        "code": code, "csr_pem": request_of(key or new_key()), "serial": "CQ-0031",
        "hardware": {"vendor": "示例", "model": "K1"}, "software": {"name": "kiosk", "version": "0.1.0"},
    }  # fmt: skip


def draw(technician: Hands, **more: Any) -> requests.Response:
    body = {"site_id": "cq-demo-01", "kind": "SELF_SERVICE", "note": "大厅东侧", **more}
    return technician.call("POST", "/v1/enrolment-codes", body)


def applied(technician: Hands, stranger: Hands, key: Any = None, **more: Any) -> dict[str, Any]:
    """A code drawn and used: the answer of the application."""
    drawn = draw(technician, **more)
    assert drawn.status_code == 201, drawn.text
    answer = stranger.post("/v1/enrolments", application(drawn.json()["code"], key))
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def approve(approver: Hands, asked: dict[str, Any], version: int = 1, idem: str | None = None) -> requests.Response:
    path = f"/v1/enrolments/{asked['enrolment_id']}/approve"
    return approver.post(path, {"key_sha256": asked["key_sha256"]}, idem, If_Match=f'"v{version}"')


def outcome(stranger: Hands, asked: dict[str, Any], nonce: str | None = None) -> requests.Response:
    path = f"/v1/enrolments/{asked['enrolment_id']}"
    return stranger.call("GET", path, Enrolment_Nonce=asked["nonce"] if nonce is None else nonce)


def terminal(hands: Hands, terminal_id: str) -> dict[str, Any]:
    answer = hands.call("GET", f"/v1/terminals/{terminal_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["ETag"] == f'"v{found["version"]}"'
    return found


def act(
    hands: Hands, terminal_id: str, what: str, body: Any = None, version: int | None = None, **headers: str
) -> requests.Response:
    """One act on a terminal in the version that is there now, or in another."""
    seen = terminal(hands, terminal_id)["version"] if version is None else version
    path = f"/v1/terminals/{terminal_id}/{what}"
    return hands.post(path, body or {"reason": "练习用"}, If_Match=f'"v{seen}"', **headers)
