"""A machine becomes a terminal: by a code that one person draws and a comparison that another one makes."""

import base64
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .hands import KIOSK, OTHER_WINDOW, WINDOW, Hands, advance, key, ulid
from .machines import application, applied, approve, draw, new_key, outcome, request_of, terminal
from .running import Running

pytestmark = pytest.mark.processes


def signed_in(platform: Running, place: str, staff_ref: str) -> Hands:
    hands = Hands(platform.url, place)
    assert hands.sign_in(staff_ref)["status"] == 201
    return hands


@pytest.fixture
def technician(platform: Running) -> Iterator[Hands]:
    hands = signed_in(platform, WINDOW, "0500")
    yield hands
    hands.close()


@pytest.fixture
def approver(platform: Running) -> Iterator[Hands]:
    hands = signed_in(platform, OTHER_WINDOW, "0501")
    yield hands
    hands.close()


@pytest.fixture
def stranger(platform: Running) -> Iterator[Hands]:
    hands = Hands(platform.url)
    del hands.session.headers["Kiosk-Terminal"]
    yield hands
    hands.close()


def moment(hands: Hands) -> datetime:
    return datetime.fromisoformat(hands.now())


def code_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_from_a_code_to_a_certificate(technician: Hands, approver: Hands, stranger: Hands) -> None:
    drawn = draw(technician).json()
    assert re.fullmatch("[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", drawn["code"])
    mine = new_key()
    asked = stranger.post("/v1/enrolments", application(drawn["code"], mine)).json()
    waiting = outcome(stranger, asked).json()
    assert (waiting["state"], waiting["cert_pem"], waiting["poll_after_s"]) == ("PENDING", None, 5)
    listed = approver.call("GET", "/v1/enrolments?state=PENDING").json()["items"]
    line = next(one for one in listed if one["id"] == asked["enrolment_id"])
    assert line["key_sha256"] == asked["key_sha256"]
    assert (line["serial"], line["drawn_by"], line["software"]) == ("CQ-0031", "0500", "kiosk 0.1.0")
    assert terminal(approver, line["terminal_id"])["state"] == "PENDING"
    done = approve(approver, asked)
    assert (done.status_code, done.json()["state"], done.json()["decided_by"]) == (200, "APPROVED", "0501")
    assert done.headers["ETag"] == '"v2"'
    found = outcome(stranger, asked).json()
    assert (found["state"], found["terminal_id"], found["kind"]) == ("APPROVED", line["terminal_id"], "SELF_SERVICE")
    assert terminal(approver, line["terminal_id"])["state"] == "ACTIVE"
    check_certificate(found, mine.public_key(), moment(stranger))


def check_certificate(found: dict[str, Any], public_key: Any, now: datetime) -> None:
    made = x509.load_pem_x509_certificate(found["cert_pem"].encode())
    authority = x509.load_pem_x509_certificate(found["ca_pem"].encode())
    made.verify_directly_issued_by(authority)
    assert made.public_key() == public_key
    names = {one.oid: one.value for one in made.subject}
    assert names[NameOID.COMMON_NAME] == found["terminal_id"]  # and not "whoever", as the request said
    assert names[NameOID.ORGANIZATION_NAME] == "cq-demo-01"
    use = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(use) == [ExtendedKeyUsageOID.CLIENT_AUTH]
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    days = (made.not_valid_after_utc - now).total_seconds() / 86400
    assert 89.9 < days <= 90
    assert made.not_valid_before_utc < now
    keys = {one["use"]: one for one in found["config_keys"]}
    assert set(keys) == {"config", "directive", "permit"}
    assert len({one["key_id"] for one in found["config_keys"]}) == 4  # two of them for what takes two signatures
    assert all(len(base64.b64decode(one["public_key"])) == 32 for one in found["config_keys"])


def test_who_drew_the_code_decides_nothing(technician: Hands, approver: Hands, stranger: Hands) -> None:
    asked = applied(technician, stranger)
    assert code_of(approve(technician, asked)) == (403, "second-person-required")
    rejecting = f"/v1/enrolments/{asked['enrolment_id']}/reject"
    turned = technician.post(rejecting, {"reason": "不认识"}, If_Match='"v1"')
    assert code_of(turned) == (403, "second-person-required")
    assert outcome(stranger, asked).json()["state"] == "PENDING"
    assert approve(approver, asked).status_code == 200


def test_supervisors_approve_and_clerks_do_not(
    technician: Hands, stranger: Hands, window: Hands, platform: Running
) -> None:
    asked = applied(technician, stranger)
    assert code_of(approve(window, asked)) == (403, "forbidden")
    assert code_of(draw(window)) == (403, "forbidden")
    assert code_of(window.call("GET", "/v1/enrolments")) == (403, "forbidden")
    supervisor = signed_in(platform, OTHER_WINDOW, "0001")
    assert code_of(draw(supervisor)) == (403, "forbidden")
    assert approve(supervisor, asked).status_code == 200
    supervisor.close()


def test_another_hall_sees_and_decides_nothing(technician: Hands, stranger: Hands, platform: Running) -> None:
    asked = applied(technician, stranger)
    elsewhere = signed_in(platform, "window-21 demo-window-21", "0501")
    assert code_of(approve(elsewhere, asked)) == (404, "not-found")
    listed = elsewhere.call("GET", "/v1/enrolments").json()["items"]
    assert asked["enrolment_id"] not in {one["id"] for one in listed}
    assert code_of(draw(elsewhere)) == (404, "not-found")  # a code for a hall where he is not
    assert draw(elsewhere, site_id="cq-demo-02").status_code == 201
    elsewhere.close()


def test_nobody_guesses_a_code(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        stranger, technician = Hands(running.url), signed_in(running, WINDOW, "0500")
        del stranger.session.headers["Kiosk-Terminal"]
        asked = application(draw(technician).json()["code"], new_key())
        for turn in range(20):
            wrong = stranger.post("/v1/enrolments", {**asked, "code": f"2345-67{2 + turn % 8}{2 + turn // 8}"})
            assert code_of(wrong) == (404, "not-found")
        locked = stranger.post("/v1/enrolments", asked)
        assert code_of(locked) == (429, "rate-limited")
        assert 0 < int(locked.headers["Retry-After"]) <= 15 * 60 + 1
        advance(technician, 15 * 60 + 1)
        assert stranger.post("/v1/enrolments", asked).status_code == 202
        stranger.close()
        technician.close()
        assert running.stop() == 0


def test_wrong_key_digest_and_wrong_version(technician: Hands, approver: Hands, stranger: Hands) -> None:
    asked = applied(technician, stranger)
    wrong = approve(approver, {**asked, "key_sha256": "0" * 64})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/key_sha256")
    stale = approve(approver, asked, version=2)
    assert (*code_of(stale), stale.headers["ETag"]) == (412, "version-mismatch", '"v1"')
    assert outcome(stranger, asked).json()["state"] == "PENDING"


def test_decided_once(technician: Hands, approver: Hands, stranger: Hands) -> None:
    asked, again = applied(technician, stranger), key()
    first, repeat = approve(approver, asked, idem=again), approve(approver, asked, idem=again)
    assert (first.content, repeat.headers["Idempotent-Replayed"]) == (repeat.content, "true")
    assert code_of(approve(approver, asked, version=2)) == (409, "too-late")
    rejecting = f"/v1/enrolments/{asked['enrolment_id']}/reject"
    assert code_of(approver.post(rejecting, {"reason": "晚了"}, If_Match='"v2"')) == (409, "too-late")


def test_rejected_machine_stays_out_and_its_window_is_free(
    technician: Hands, approver: Hands, stranger: Hands
) -> None:
    mine = new_key()
    asked = applied(technician, stranger, mine, kind="WINDOW", window_id="w-50")
    assert code_of(draw(technician, kind="WINDOW", window_id="w-50")) == (409, "id-taken")
    path = f"/v1/enrolments/{asked['enrolment_id']}/reject"
    answer = approver.post(path, {"reason": "不是这台"}, If_Match='"v1"')
    assert (answer.status_code, answer.json()["state"]) == (200, "REJECTED")
    assert outcome(stranger, asked).json()["state"] == "REJECTED"
    assert terminal(approver, answer.json()["terminal_id"])["state"] == "REVOKED"
    once_more = applied(technician, stranger, mine, kind="WINDOW", window_id="w-50")  # the same machine, a new code
    assert once_more["enrolment_id"] != asked["enrolment_id"]


def test_a_code_is_good_once_and_for_a_day(technician: Hands, stranger: Hands) -> None:
    code, again = draw(technician).json()["code"], key()
    body = application(code)
    first = stranger.post("/v1/enrolments", body, again)
    repeat = stranger.post("/v1/enrolments", body, again)  # the answer was lost: the same one, not "used"
    assert (first.status_code, first.content) == (202, repeat.content)
    assert repeat.headers["Idempotent-Replayed"] == "true"
    assert code_of(stranger.post("/v1/enrolments", application(code), again)) == (422, "idempotency-key-reused")
    assert code_of(stranger.post("/v1/enrolments", application(code))) == (409, "code-used")
    other = draw(technician).json()["code"]
    assert (
        stranger.post("/v1/enrolments", application(other), again).status_code == 202
    )  # another's key is another key
    late = draw(technician).json()["code"]
    advance(stranger, 86_401)
    assert code_of(stranger.post("/v1/enrolments", application(late))) == (410, "code-expired")
    assert code_of(stranger.post("/v1/enrolments", application("2345-6789"))) == (404, "not-found")


def test_a_refused_application_does_not_use_the_code_up(technician: Hands, stranger: Hands) -> None:
    technician.sign_in("0500")
    code, taken = draw(technician).json()["code"], new_key()
    applied(technician, stranger, taken)
    assert code_of(stranger.post("/v1/enrolments", application(code, taken))) == (409, "id-taken")
    broken = application(code) | {"csr_pem": "-----BEGIN CERTIFICATE REQUEST-----\n" + "A" * 80}
    assert code_of(stranger.post("/v1/enrolments", broken)) == (422, "validation")
    assert stranger.post("/v1/enrolments", application(code)).status_code == 202


def test_of_many_who_know_a_code_one_gets_in(technician: Hands, platform: Running) -> None:
    code, once = draw(technician).json()["code"], key()
    bodies = [application(code) for _ in range(8)]

    def send(body: dict[str, Any]) -> int:
        hands = Hands(platform.url, "")
        status = hands.post("/v1/enrolments", body).status_code
        hands.close()
        return status

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(send, bodies))
    assert found == [202] + [409] * 7
    mine = application(draw(technician).json()["code"])

    def repeat(_: int) -> bytes:
        hands = Hands(platform.url, "")
        answer = hands.post("/v1/enrolments", mine, once)
        hands.close()
        return answer.content if answer.status_code == 202 else answer.text.encode()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(repeat, range(8)))) == 1


def forged() -> str:
    """A request for one key, signed with another: whoever sends it has not shown that the key is his."""
    honest = x509.load_pem_x509_csr(request_of(new_key()).encode())
    other = x509.load_pem_x509_csr(request_of(new_key()).encode())
    der = honest.public_bytes(Encoding.DER)
    body = der.replace(honest.tbs_certrequest_bytes, other.tbs_certrequest_bytes)
    lines = base64.encodebytes(body).decode()
    return f"-----BEGIN CERTIFICATE REQUEST-----\n{lines}-----END CERTIFICATE REQUEST-----\n"


def with_ed25519() -> str:
    made = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return made.sign(Ed25519PrivateKey.generate(), None).public_bytes(Encoding.PEM).decode()


@pytest.mark.parametrize(
    "csr",
    [
        lambda: "x" * 100, forged,
        lambda: request_of(ec.generate_private_key(ec.SECP384R1())),
        lambda: request_of(rsa.generate_private_key(65537, 1024)),
        with_ed25519,
        lambda: request_of(new_key(), digest=hashes.SHA224()),
        lambda: request_of(new_key()).replace("A", "B"),
    ],
    ids=["nonsense", "forged", "P-384", "RSA-1024", "Ed25519", "SHA-224", "damaged"],
)  # fmt: skip
def test_requests_that_are_not_signed(csr: Any, technician: Hands, stranger: Hands) -> None:
    code = draw(technician).json()["code"]
    answer = stranger.post("/v1/enrolments", application(code) | {"csr_pem": csr()})
    assert code_of(answer) == (422, "validation")
    assert answer.json()["errors"][0]["pointer"] == "/csr_pem"


def test_rsa_of_2048_bits_is_good(technician: Hands, approver: Hands, stranger: Hands) -> None:
    mine = rsa.generate_private_key(65537, 2048)
    asked = applied(technician, stranger, mine)
    approve(approver, asked)
    check_certificate(outcome(stranger, asked).json(), mine.public_key(), moment(stranger))


def test_only_the_nonce_opens_an_application(technician: Hands, stranger: Hands) -> None:
    asked = applied(technician, stranger)
    assert code_of(outcome(stranger, asked, "A" * 43)) == (404, "not-found")
    assert code_of(outcome(stranger, asked | {"enrolment_id": ulid()})) == (404, "not-found")
    missing = stranger.call("GET", f"/v1/enrolments/{asked['enrolment_id']}")
    assert (missing.status_code, missing.json()["errors"][0]["pointer"]) == (422, "/Enrolment-Nonce")
    assert outcome(stranger, asked, "short").status_code == 422


def test_kind_and_window_belong_together(technician: Hands) -> None:
    assert draw(technician, kind="WINDOW").json()["errors"][0]["pointer"] == "/window_id"
    assert draw(technician, window_id="w-51").json()["errors"][0]["pointer"] == "/window_id"
    assert code_of(draw(technician, kind="WINDOW", window_id="w-03")) == (409, "id-taken")
    assert draw(technician, kind="WINDOW", window_id="w-51").status_code == 201


def test_a_terminal_that_never_had_a_certificate_renews_none(platform: Running) -> None:
    hands = Hands(platform.url, KIOSK)
    answer = hands.post("/v1/terminals/self/cert-renewals", {"csr_pem": request_of(new_key())})
    assert code_of(answer) == (403, "forbidden")
    hands.close()


def test_applications_are_paged(technician: Hands, approver: Hands, stranger: Hands) -> None:
    mine = {applied(technician, stranger)["enrolment_id"] for _ in range(3)}
    seen: list[str] = []
    cursor = ""
    while True:
        page = approver.call("GET", "/v1/enrolments?limit=2" + (f"&cursor={cursor}" if cursor else "")).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert len(seen) == len(set(seen))
    assert mine <= set(seen)
    assert seen == sorted(seen, reverse=True)


def test_no_code_lies_in_the_database(technician: Hands, stranger: Hands, platform: Running) -> None:
    drawn = draw(technician).json()["code"]
    stranger.post("/v1/enrolments", application(drawn))
    lying = b"".join(path.read_bytes() for path in platform.folder.glob("platform.db*"))
    assert drawn.encode() not in lying
