"""Real TLS: a terminal is its certificate, and nothing else that a request says of itself."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.sandbox.settings import SandboxSettings

from .hands import Hands, advance, key
from .machines import act, applied, approve, key_pem, new_key, outcome, request_of, terminal
from .running import Running

pytestmark = pytest.mark.processes
DAY = 86_400


class Office:
    """One platform with TLS, and the certificates of whoever works there."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.ca = running.folder / "ca.pem"
        self.ca.write_text(running.ca_pem)
        self._hands: list[Hands] = []

    def bare(self) -> Hands:
        """Without any certificate."""
        hands = Hands(self.running.url, "")
        hands.session.verify = str(self.ca)
        self._hands.append(hands)
        return hands

    def with_certificate(self, cert_pem: str, private: Any) -> Hands:
        """Whoever holds this key."""
        path = self.running.folder / f"{hashlib.sha256(cert_pem.encode()).hexdigest()[:16]}.pem"
        path.write_text(cert_pem + key_pem(private))
        hands = self.bare()
        hands.session.cert = str(path)
        return hands

    def first(self, terminal_id: str, staff_ref: str = "") -> Hands:
        """A terminal of the seed, certified by the hands of the exercise."""
        private = new_key()
        asked = {"csr_pem": request_of(private)}
        answer = self.bare().call("POST", f"/sandbox/terminals/{terminal_id}/certificate", asked)
        assert answer.status_code == 200, answer.text
        hands = self.with_certificate(answer.json()["cert_pem"], private)
        if staff_ref:
            assert hands.sign_in(staff_ref)["status"] == 201
        return hands

    def forged(self, signer: Any, issuer: x509.Name, terminal_id: str = "kiosk-01", **more: Any) -> Hands:
        """A certificate that the platform has not issued."""
        private, now = new_key(), datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, terminal_id)]))
            .issuer_name(issuer)
            .public_key(private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(more.get("begin", now - timedelta(hours=1)))
            .not_valid_after(more.get("end", now + timedelta(days=1)))
            .add_extension(x509.ExtendedKeyUsage([more.get("use", ExtendedKeyUsageOID.CLIENT_AUTH)]), critical=False)
            .sign(signer or private, hashes.SHA256())
        )
        return self.with_certificate(made.public_bytes(Encoding.PEM).decode(), private)

    def authority(self) -> tuple[Any, x509.Name]:
        """The authority's own key, out of the database: nobody but a thief has it."""
        engine = sa.create_engine(SandboxSettings(database=self.running.database).url)
        with engine.connect() as c:
            kept = {row.key: row.value for row in c.execute(sa.text("select key, value from meta"))}
        engine.dispose()
        name = x509.load_pem_x509_certificate(kept["ca_cert"].encode()).subject
        return load_pem_private_key(kept["ca_key"].encode(), None), name

    def close(self) -> None:
        for hands in self._hands:
            hands.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Running(Path(tmp_path_factory.mktemp("tls")), tls=True) as running:
        made = Office(running)
        yield made
        made.close()
        assert running.stop() == 0
        assert running.errors() == ""


def code_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_who_is_there_and_enrolment_need_no_certificate(office: Office) -> None:
    hands = office.bare()
    assert office.running.url.startswith("https://127.0.0.1:")
    assert hands.call("GET", "/v1/meta").json()["environment"] == "sandbox"
    assert hands.call("GET", "/v1/time").status_code == 200
    assert hands.call("GET", "/v1/problems/not-found").status_code == 200
    assert code_of(outcome(hands, {"enrolment_id": "0" * 26, "nonce": "A" * 43})) == (404, "not-found")
    assert code_of(hands.call("GET", "/v1/packs")) == (401, "unauthenticated")


def test_the_server_shows_a_certificate_of_the_same_authority(office: Office) -> None:
    hands = Hands(office.running.url, "")
    with pytest.raises(requests.exceptions.SSLError):
        hands.call("GET", "/v1/meta")
    hands.close()


def test_words_in_a_header_are_no_proof(office: Office) -> None:
    hands = office.bare()
    kiosk = office.first("kiosk-02")
    pem = Path(str(kiosk.session.cert)).read_bytes()
    der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    proxy = f":{base64.b64encode(der).decode()}:"
    for headers in ({"Kiosk_Terminal": "kiosk-01 demo-kiosk-01"}, {"Client_Cert": proxy}):
        assert code_of(hands.call("GET", "/v1/packs", **headers)) == (401, "unauthenticated")
    # A certificate is believed, whatever the header says beside it.
    page = kiosk.call("GET", "/v1/terminals/self/directives", Kiosk_Terminal="kiosk-01 demo-kiosk-01")
    assert page.status_code == 200
    beat = {"at": kiosk.now(), "seq": 1, "app_version": "7.7", "outbox": {"depth": 0, "parked": 0}}
    kiosk.call("PUT", "/v1/terminals/self/heartbeat", beat, Kiosk_Terminal="kiosk-01 demo-kiosk-01")
    technician = office.first("store-desk-01", "0500")
    assert terminal(technician, "kiosk-02")["app_version"] == "7.7"
    assert terminal(technician, "kiosk-01")["app_version"] == ""


def test_from_a_bare_machine_to_a_working_window(office: Office) -> None:
    technician, approver = office.first("window-03", "0500"), office.first("window-04", "0001")
    private = new_key()
    asked = applied(technician, office.bare(), private, kind="WINDOW", window_id="w-70")
    early = office.bare()
    assert code_of(early.call("GET", "/v1/packs")) == (401, "unauthenticated")
    assert approve(approver, asked).status_code == 200
    found = outcome(office.bare(), asked).json()
    window = office.with_certificate(found["cert_pem"], private)
    assert window.sign_in("0317")["status"] == 201
    assert window.call("GET", "/v1/cases").status_code == 200
    seen = terminal(technician, found["terminal_id"])
    assert (seen["state"], seen["window_id"], seen["serial"]) == ("ACTIVE", "w-70", "CQ-0031")
    stolen = office.with_certificate(found["cert_pem"], private)
    stolen.session.cert = None  # the certificate is public: without the key it is nothing
    assert code_of(stolen.call("GET", "/v1/packs")) == (401, "unauthenticated")


def test_a_session_is_good_at_its_own_terminal_only(office: Office) -> None:
    window, other = office.first("window-03", "0317"), office.first("window-04")
    other.session.headers["Authorization"] = str(window.session.headers["Authorization"])
    assert code_of(other.call("GET", "/v1/cases")) == (401, "unauthenticated")
    assert code_of(other.call("POST", "/v1/staff-sessions/refresh")) == (401, "unauthenticated")
    assert window.call("GET", "/v1/cases").status_code == 200
    twice = office.first("window-03")  # another certificate of the same terminal
    twice.session.headers["Authorization"] = str(window.session.headers["Authorization"])
    assert twice.call("GET", "/v1/cases").status_code == 200


def test_a_revoked_certificate_is_named_as_such(office: Office) -> None:
    technician, approver = office.first("window-03", "0500"), office.first("window-04", "0501")
    private = new_key()
    asked = applied(technician, office.bare(), private)
    approve(approver, asked)
    found = outcome(office.bare(), asked).json()
    lost = office.with_certificate(found["cert_pem"], private)
    assert lost.call("GET", "/v1/packs").status_code == 200
    assert act(technician, found["terminal_id"], "revoke").status_code == 200
    assert code_of(lost.call("GET", "/v1/packs")) == (401, "certificate-revoked")  # on the connection that was open
    assert terminal(technician, found["terminal_id"])["certificate_expires_at"] is None
    assert office.first("kiosk-01").call("GET", "/v1/packs").status_code == 200


def _foreign(office: Office) -> Hands:
    return office.forged(new_key(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody")]))


def _same_name(office: Office) -> Hands:
    return office.forged(new_key(), office.authority()[1])


def _own(office: Office) -> Hands:
    return office.forged(None, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kiosk-01")]))


def _expired(office: Office) -> Hands:
    now = datetime.now(UTC)
    return office.forged(*office.authority(), begin=now - timedelta(days=2), end=now - timedelta(minutes=1))


def _not_yet(office: Office) -> Hands:
    now = datetime.now(UTC)
    return office.forged(*office.authority(), begin=now + timedelta(hours=1), end=now + timedelta(days=2))


def _a_servers(office: Office) -> Hands:
    return office.forged(*office.authority(), use=ExtendedKeyUsageOID.SERVER_AUTH)


@pytest.mark.parametrize("made", [_foreign, _same_name, _own, _expired, _not_yet, _a_servers])
def test_what_tls_refuses(office: Office, made: Callable[[Office], Hands]) -> None:
    hands = made(office)
    # With TLS 1.3 the refusal comes after the handshake and looks like a broken connection.
    with pytest.raises(requests.exceptions.ConnectionError):
        hands.call("GET", "/v1/meta")
    assert office.bare().call("GET", "/v1/meta").status_code == 200


def test_the_authoritys_word_alone_is_not_enough(office: Office) -> None:
    """Signed with the stolen key, but never issued: the platform does not know it."""
    hands = office.forged(*office.authority())
    assert hands.call("GET", "/v1/meta").status_code == 200
    assert code_of(hands.call("GET", "/v1/packs")) == (401, "unauthenticated")


def renew(hands: Hands, private: Any, idem: str | None = None, csr: str = "") -> requests.Response:
    return hands.post("/v1/terminals/self/cert-renewals", {"csr_pem": csr or request_of(private)}, idem)


def test_renewed_from_two_thirds_on(tmp_path: Path) -> None:
    with Running(tmp_path, tls=True) as running:
        office = Office(running)
        kiosk = office.first("kiosk-01")
        private = new_key()
        early = renew(kiosk, private)
        assert code_of(early) == (409, "too-early")
        assert 59 * DAY < int(early.headers["Retry-After"]) <= 60 * DAY
        advance(kiosk, 60 * DAY - 60)
        assert code_of(renew(kiosk, private)) == (409, "too-early")
        advance(kiosk, 60)
        taken = renew(kiosk, None, csr=request_of(load_pem_private_key(_key_of(office.first("kiosk-02")), None)))
        assert code_of(taken) == (409, "id-taken")
        assert code_of(renew(kiosk, None, csr="x" * 100)) == (422, "validation")
        again, csr = key(), request_of(private)  # the bytes that are kept and sent once more
        first, repeat = renew(kiosk, None, again, csr), renew(kiosk, None, again, csr)
        assert (first.status_code, first.content) == (201, repeat.content)
        assert code_of(renew(kiosk, new_key())) == (409, "too-early")  # the newest counts
        fresh = office.with_certificate(first.json()["cert_pem"], private)
        assert fresh.call("GET", "/v1/packs").status_code == 200
        assert kiosk.call("GET", "/v1/packs").status_code == 200  # the old one goes on to its end
        advance(kiosk, 30 * DAY)
        assert code_of(kiosk.call("GET", "/v1/packs")) == (401, "unauthenticated")
        assert fresh.call("GET", "/v1/packs").status_code == 200
        assert kiosk.call("GET", "/v1/meta").status_code == 200  # so that it can tell the two apart
        office.close()
        assert running.stop() == 0
        assert running.errors() == ""


def test_it_ends_at_once_with_terminals_connected(tmp_path: Path) -> None:
    with Running(tmp_path, tls=True) as running:
        office = Office(running)
        hands = [office.first("kiosk-01"), office.first("kiosk-02")]
        for one in hands:
            assert one.call("GET", "/v1/packs").status_code == 200
        assert running.stop() == 0
        assert running.errors() == ""  # it would say that it has waited in vain
        office.close()


def _key_of(hands: Hands) -> bytes:
    return Path(str(hands.session.cert)).read_bytes().partition(b"-----END CERTIFICATE-----\n")[2]


def test_two_processes_are_one_authority_and_a_reset_keeps_it(tmp_path: Path) -> None:
    shared = str(tmp_path / "shared.db")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with Running(folders[0], tls=True, database=shared) as one, Running(folders[1], tls=True, database=shared) as two:
        assert one.ca_pem == two.ca_pem != ""
        here, there = Office(one), Office(two)
        kiosk = here.first("kiosk-01")
        at_the_other = there.bare()
        at_the_other.session.cert = kiosk.session.cert
        assert at_the_other.call("GET", "/v1/packs").status_code == 200
        assert here.bare().call("POST", "/sandbox/reset", {}).status_code == 200
        assert code_of(kiosk.call("GET", "/v1/packs")) == (401, "unauthenticated")
        assert here.first("kiosk-01").call("GET", "/v1/packs").status_code == 200
        here.close()
        there.close()
        assert (one.stop(), two.stop()) == (0, 0)


def test_behind_a_proxy_that_ends_tls(tmp_path: Path) -> None:
    with Running(tmp_path, trust_proxy_header=True) as running:
        hands = Hands(running.url, "kiosk-01 demo-kiosk-01")
        assert code_of(hands.call("GET", "/v1/packs")) == (401, "unauthenticated")  # no words where there is a proof
        private = new_key()
        asked = {"csr_pem": request_of(private)}
        made = hands.call("POST", "/sandbox/terminals/kiosk-02/certificate", asked).json()["cert_pem"]
        der = x509.load_pem_x509_certificate(made.encode()).public_bytes(Encoding.DER)
        good = f":{base64.b64encode(der).decode()}:"
        assert hands.call("GET", "/v1/packs", Client_Cert=good).status_code == 200
        for bad in ("", ":", "::", good[1:], good[:-1], good.replace("A", "-", 1), f"{good}, {good}"):
            assert code_of(hands.call("GET", "/v1/packs", Client_Cert=bad)) == (401, "unauthenticated")
        hands.close()
        assert running.stop() == 0


def test_without_the_setting_a_proxys_header_is_nothing(platform: Running) -> None:
    hands = Hands(platform.url, "")
    private = new_key()
    asked = {"csr_pem": request_of(private)}
    made = hands.call("POST", "/sandbox/terminals/kiosk-02/certificate", asked).json()["cert_pem"]
    der = x509.load_pem_x509_certificate(made.encode()).public_bytes(Encoding.DER)
    header = f":{base64.b64encode(der).decode()}:"
    assert code_of(hands.call("GET", "/v1/packs", Client_Cert=header)) == (401, "unauthenticated")
    hands.close()
