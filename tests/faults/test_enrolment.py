"""A bare machine becomes a terminal by the command line, works, renews its certificate, hears when it is refused."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kiosk.config import SiteConfig, load
from kiosk.contracts.central_platform import GetChallenge
from kiosk.domain.ids import StaffRef
from kiosk.domain.orders import Mode, Standing, Why
from kiosk.faults import Fault, FaultCode
from offline_cache import identity
from offline_cache.cache import OfflineCache, export_audit
from offline_cache.clock import PlatformClock
from offline_cache.enrolment import Renewal
from offline_cache.exchange import Call, Reply, Trouble
from offline_cache.uplink.lane import Address, Cancel, Lane
from tests.contract.hands import Hands, advance
from tests.contract.machines import act, draw, key_pem, new_key, request_of
from tests.contract.running import Running
from tests.contract.test_tls import Office

from .hall import ask, running, wait_for

pytestmark = pytest.mark.processes
DAY = 86_400
_CONFIG = """
[site]
id = "cq-demo-01"
name = "示例区政务服务中心"
division = "500103"
[terminal]
role = "{role}"
{window}
[platform]
url = "{url}"
authority = "{ca}"
identity = "{folder}/identity"
timeout = 3.0
[store]
path = "{folder}/store.db"
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with Running(Path(tmp_path_factory.mktemp("tls")), tls=True) as process:
        made = Office(process)
        yield made
        made.close()


@pytest.fixture(scope="module")
def people(office: Office) -> tuple[Hands, Hands]:
    """Who draws codes, and who approves."""
    return office.first("window-03", "0500"), office.first("window-04", "0501")


def written(folder: Path, office: Office, role: str = "citizen", window: str = "") -> Path:
    path = folder / "terminal.toml"
    at = f'window = "{window}"' if window else ""
    text = _CONFIG.format(role=role, window=at, url=office.running.url, ca=office.ca, folder=folder)
    path.write_text(text, "utf-8")
    return path


class Machine:
    """`kiosk enrol` in a process of its own."""

    def __init__(self, config: Path, code: str) -> None:
        program = [sys.executable, "-m", "kiosk", "enrol", "--config", str(config), "--code", code, "--serial", "S-1"]
        self._process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def digest(self) -> str:
        """What it shows for the approver; spoken in groups."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return re.sub(r"[^0-9a-f]", "", line.rpartition(":")[2])

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate(timeout=60)

    def end(self) -> tuple[int, str]:
        out, errors = self._process.communicate(timeout=60)
        return self._process.returncode, out + errors


def decide(approver: Hands, digest: str, what: str = "approve") -> None:
    """By the digest that the machine shows, as a person does."""
    (line,) = [one for one in approver.call("GET", "/v1/enrolments?state=PENDING").json()["items"]
               if one["key_sha256"] == digest]  # fmt: skip
    body = {"key_sha256": digest} if what == "approve" else {"reason": "不认识这台机器"}
    answer = approver.post(f"/v1/enrolments/{line['id']}/{what}", body, If_Match=f'"v{line["version"]}"')
    assert answer.status_code == 200, answer.text


def enrolled(folder: Path, office: Office, people: tuple[Hands, Hands]) -> SiteConfig:
    config, (technician, approver) = written(folder, office), people
    machine = Machine(config, draw(technician).json()["code"])
    decide(approver, machine.digest())
    status, said = machine.end()
    assert status == 0, said
    found = identity.identified(load(config))
    assert not isinstance(found, Fault)
    return found


def cache_of(config: SiteConfig) -> OfflineCache:
    return OfflineCache(config.store, config.platform, config.terminal.id, config.site.id, config.terminal.window)


def test_from_a_bare_machine_to_a_working_terminal(
    tmp_path: Path, office: Office, people: tuple[Hands, Hands]
) -> None:
    """The process is killed while it waits; started again with the same code it goes on with the same key."""
    config, (technician, approver) = written(tmp_path, office), people
    assert identity.identified(load(config)) == Fault(FaultCode.NOT_ENROLLED)
    code = draw(technician).json()["code"]
    first = Machine(config, code)
    digest = first.digest()
    first.kill()
    second = Machine(config, code)
    assert second.digest() == digest and len(digest) == 64
    decide(approver, digest)
    status, said = second.end()
    assert status == 0 and "ok: kiosk-" in said, said
    folder = tmp_path / "identity"
    assert sorted(p.name for p in folder.iterdir()) == ["authority.pem", "identity.json", "terminal.pem"]
    assert {oct(p.stat().st_mode & 0o777) for p in folder.iterdir()} == {"0o600"}
    found = identity.identified(load(config))
    assert not isinstance(found, Fault) and found.terminal.id.startswith("kiosk-")
    assert len(found.platform.permit_key) == 64 and len(found.platform.directive_keys.split()) == 2
    with running(cache_of(found)) as cache:
        assert isinstance(ask(cache, GetChallenge(StaffRef("0317"))), bytes)
        wait_for(lambda: cache.orders.version > 0)  # its configuration is signed by a key that it was given
        assert cache.orders.ignored == 0
        cache._renewed(datetime(2026, 6, 1, tzinfo=UTC))
    lines = export_audit(found.store)
    assert not isinstance(lines, Fault)
    assert any(b'"kind": "certificate_renewed"' in line and b"2026-06-01" in line for line in lines)


def test_turned_away_used_unknown_and_misplaced(tmp_path: Path, office: Office, people: tuple[Hands, Hands]) -> None:
    config, (technician, approver) = written(tmp_path, office), people
    code = draw(technician).json()["code"]
    machine = Machine(config, code)
    decide(approver, machine.digest(), "reject")
    status, said = machine.end()
    assert status == 1 and "enrolment-refused" in said and "rejected" in said, said
    status, said = Machine(config, code).end()  # a code is good once
    assert status == 1 and "code-used" in said, said
    status, said = Machine(config, "2222-2222").end()
    assert status == 1 and "enrolment-refused" in said, said
    window = written(tmp_path, office, "window", "w-71")  # drawn for a self-service terminal
    machine = Machine(window, draw(technician).json()["code"])
    decide(approver, machine.digest())
    status, said = machine.end()
    assert status == 1 and "other-role" in said, said
    assert not (tmp_path / "identity" / "terminal.pem").exists()


def test_a_revoked_terminal_hears_so(tmp_path: Path, office: Office, people: tuple[Hands, Hands]) -> None:
    config = enrolled(tmp_path, office, people)
    with running(cache_of(config)) as cache:
        assert isinstance(ask(cache, GetChallenge(StaffRef("0317"))), bytes)
        assert act(people[0], config.terminal.id, "revoke").status_code == 200
        refused = ask(cache, GetChallenge(StaffRef("0317")))
        # The one who asks hears it, or the terminal has noticed by itself before.
        assert isinstance(refused, Fault)
        assert refused.code in (FaultCode.CERTIFICATE_REFUSED, FaultCode.TERMINAL_LOCKED)
    with running(cache_of(config)) as cache:
        wait_for(lambda: cache.orders.standing() == Standing(Mode.LOCKED, Why.REFUSED))
        assert {fault.code for fault in cache.orders.barred().values()} >= {FaultCode.TERMINAL_LOCKED}


def forged(folder: Path, office: Office, **life: Any) -> Path:
    """A certificate with its key that the platform's TLS will not have."""
    private, now = new_key(), datetime.now(UTC)
    signer, issuer = life.pop("signed_by", (private, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])))
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "kiosk-01")]))
        .issuer_name(issuer).public_key(private.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(life.get("begin", now - timedelta(hours=1)))
        .not_valid_after(life.get("end", now + timedelta(days=1)))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .sign(signer, hashes.SHA256())
    )  # fmt: skip
    path = folder / "own.pem"
    path.write_text(made.public_bytes(Encoding.PEM).decode() + key_pem(private))
    return path


def outcome(office: Office, certificate: Path, clock: PlatformClock | None = None, url: str = "") -> Reply | Trouble:
    address = Address(url or office.running.url, "kiosk-01", "", str(office.ca), str(certificate))
    lane = Lane(address, clock or PlatformClock(), lambda _: None)
    try:
        return lane.send(Call("GET", "/v1/packs"), 5.0, Cancel())
    finally:
        lane.close()


def code_of(answer: Reply | Trouble) -> FaultCode:
    assert isinstance(answer, Trouble)
    return answer.fault.code


def test_a_certificate_that_is_not_taken_is_no_cut_line(tmp_path: Path, office: Office) -> None:
    now = datetime.now(UTC)
    assert code_of(outcome(office, forged(tmp_path, office))) is FaultCode.CERTIFICATE_REFUSED
    old = {"begin": now - timedelta(days=2), "end": now - timedelta(minutes=1)}
    ended = forged(tmp_path, office, signed_by=office.authority(), **old)
    assert code_of(outcome(office, ended)) is FaultCode.CERTIFICATE_EXPIRED
    early = {"begin": now + timedelta(hours=1), "end": now + timedelta(days=2)}
    assert code_of(outcome(office, forged(tmp_path, office, **early))) is FaultCode.CERTIFICATE_EXPIRED
    good = forged(tmp_path, office)
    assert code_of(outcome(office, good, url="https://127.0.0.1:9")) is FaultCode.PLATFORM_OFFLINE


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory, office: Office) -> Path:
    """Certificate and key of a terminal of the seed."""
    kiosk = office.first("kiosk-01")
    path = tmp_path_factory.mktemp("terminal") / "terminal.pem"
    path.write_bytes(Path(str(kiosk.session.cert)).read_bytes())
    return path


@pytest.mark.parametrize("days", [-3650, -1, 1, 3650])
def test_a_clock_that_is_wrong(office: Office, terminal: Path, days: int) -> None:
    """The line works by the system's true time; our clock learns how wrong it is, and no permit is used by it."""
    off = timedelta(days=days).total_seconds()
    clock = PlatformClock(lambda: datetime.now(UTC).timestamp() + off)
    assert isinstance(outcome(office, terminal, clock), Reply)
    measured = clock.offset()
    assert measured is not None and abs(measured + off) < 3600 and not clock.sure()
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 3600  # what is shown and sent is corrected


def test_renewed_while_it_runs(tmp_path: Path) -> None:
    """From two thirds on, with a fresh key; a lost answer is met with the same request; lanes show the new one."""
    with Running(tmp_path, tls=True) as process:
        office = Office(process)
        config = enrolled(tmp_path, office, (office.first("window-03", "0500"), office.first("window-04", "0501")))
        path = Path(config.platform.certificate)
        before, hands = path.read_bytes(), office.bare()
        with running(cache_of(config)) as cache:
            wait_for(lambda: cache.orders.version > 0)
        assert path.read_bytes() == before
        advance(hands, 61 * DAY)
        later = PlatformClock(lambda: datetime.now(UTC).timestamp() + 61 * DAY)
        told: list[datetime] = []
        renewal = Renewal(config.platform, later, told.append)
        lane = Lane(Address(process.url, config.terminal.id, "", str(office.ca), str(path)), later, lambda _: None)
        assert renewal.turn(lane, 5.0, Cancel()) is None and path.read_bytes() == before  # the clock is not sure yet
        assert isinstance(lane.send(Call("GET", "/v1/packs"), 5.0, Cancel()), Reply)
        gone = Lane(Address("https://127.0.0.1:9", "", "", str(office.ca), str(path)), later, lambda _: None)
        assert isinstance(renewal.turn(gone, 1.0, Cancel()), Trouble)
        kept = (path.parent / "renewal.json").read_bytes()
        assert isinstance(renewal.turn(gone, 1.0, Cancel()), Trouble)
        assert (path.parent / "renewal.json").read_bytes() == kept
        assert renewal.turn(lane, 5.0, Cancel()) is None
        assert path.read_bytes() != before and not (path.parent / "renewal.json").exists()
        assert len(told) == 1 and told[0] > later.now() + timedelta(days=80)
        advance(hands, 30 * DAY)  # the old one has ended
        assert isinstance(lane.send(Call("GET", "/v1/packs"), 5.0, Cancel()), Reply)
        lane.close()
        gone.close()
        office.close()


def test_request_and_key_are_one() -> None:
    """What the approver compares is the digest of the very key in the request."""
    key = identity.new_key()
    made = x509.load_pem_x509_csr(identity.request(key).encode())
    assert made.is_signature_valid
    other = x509.load_pem_x509_csr(request_of(new_key()).encode())
    assert made.public_key() == key.public_key() != other.public_key()
