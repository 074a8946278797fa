"""The terminal's own door to the network with a client certificate, against the real platform with TLS."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.faults import FaultCode
from offline_cache.clock import PlatformClock
from offline_cache.exchange import Call, Reply, Trouble
from offline_cache.uplink.lane import Address, Cancel, Lane
from tests.contract.hands import Hands
from tests.contract.machines import key_pem, new_key, request_of
from tests.contract.running import Running

pytestmark = pytest.mark.processes
PACKS, META = Call("GET", "/v1/packs"), Call("GET", "/v1/meta")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A platform with TLS, and a folder with the authority, a certificate and its key."""
    folder = Path(tmp_path_factory.mktemp("door"))
    with Running(folder, tls=True) as running:
        (folder / "ca.pem").write_text(running.ca_pem)
        private, hands = new_key(), Hands(running.url, "")
        hands.session.verify = str(folder / "ca.pem")
        asked = {"csr_pem": request_of(private)}
        made = hands.call("POST", "/sandbox/terminals/kiosk-01/certificate", asked).json()["cert_pem"]
        hands.close()
        (folder / "own.pem").write_text(made)
        (folder / "key.pem").write_text(key_pem(private))
        (folder / "both.pem").write_text(made + key_pem(private))
        yield running.url, folder
        assert running.stop() == 0


def ask(url: str, call: Call, **files: str) -> Reply | Trouble:
    lane = Lane(Address(url, "kiosk-01", **files), PlatformClock(), lambda _answered: None)
    try:
        return lane.send(call, 5.0, Cancel())
    finally:
        lane.close()


def slug(outcome: Reply | Trouble) -> str:
    assert isinstance(outcome, Trouble)
    return outcome.fault.details["slug"]


def test_the_certificate_is_the_terminal(machine: tuple[str, Path]) -> None:
    url, folder = machine
    ca, own, private = (str(folder / name) for name in ("ca.pem", "own.pem", "key.pem"))
    for files in ({"certificate": own, "private_key": private}, {"certificate": str(folder / "both.pem")}):
        answer = ask(url, PACKS, authority=ca, **files)
        assert isinstance(answer, Reply)
        assert answer.status == 200


def test_without_a_certificate_the_platform_says_so(machine: tuple[str, Path]) -> None:
    url, folder = machine
    ca = str(folder / "ca.pem")
    assert isinstance(ask(url, META, authority=ca), Reply)
    assert slug(ask(url, PACKS, authority=ca)) == "unauthenticated"
    assert slug(ask(url, PACKS, authority=ca, credential="demo-kiosk-01")) == "unauthenticated"


def test_a_platform_of_another_authority_is_not_the_platform(machine: tuple[str, Path]) -> None:
    outcome = ask(machine[0], META)
    assert slug(outcome) == "certificate-problem"
    assert isinstance(outcome, Trouble)
    assert outcome.fault.code is FaultCode.NOT_THE_PLATFORM
    assert not outcome.reached


def test_a_certificate_that_is_not_there_is_no_cut_line(machine: tuple[str, Path]) -> None:
    url, folder = machine
    outcome = ask(url, META, authority=str(folder / "ca.pem"), certificate=str(folder / "gone.pem"))
    assert slug(outcome) == "certificate-problem"
    assert slug(ask(url, META, authority=str(folder / "gone.pem"))) == "certificate-problem"
