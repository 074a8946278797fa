"""Somebody else's certificate in the platform's place: never a success, never "offline", and nothing is sent."""

import contextlib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from kiosk.faults import FaultCode
from offline_cache.clock import PlatformClock
from offline_cache.exchange import Call, Trouble
from offline_cache.uplink import Address, Cancel, Lane
from tests.contract.machines import key_pem, new_key

HERE = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
ELSEWHERE = x509.SubjectAlternativeName([x509.DNSName("platform.invalid")])
NOW = datetime.now(UTC)
DAY = timedelta(days=1)
CASES: dict[str, dict[str, Any]] = {
    "of another host": {"names": ELSEWHERE},
    "expired": {"begin": NOW - 9 * DAY, "end": NOW - DAY},
    "not valid yet, or our clock is a day behind": {"begin": NOW + DAY, "end": NOW + 9 * DAY},
    "expired ten years ago, or our clock is ten years ahead": {"begin": NOW - 3700 * DAY, "end": NOW - 3650 * DAY},
    "of an unknown authority": {"stranger": True},
}


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def made(issuer: str, signer: Any, key: Any, names: Any = HERE, **life: Any) -> x509.Certificate:
    return (
        x509.CertificateBuilder().subject_name(named("127.0.0.1" if issuer else "authority"))
        .issuer_name(named(issuer or "authority")).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(life.get("begin", NOW - DAY)).not_valid_after(life.get("end", NOW + DAY))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=not issuer, path_length=None), critical=True)
        .sign(signer, hashes.SHA256())
    )  # fmt: skip


@contextlib.contextmanager
def listening(certificate: Path) -> Iterator[tuple[int, list[bytes]]]:
    """A TLS listener, and what it was told behind a handshake that succeeded."""
    context, heard = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), []
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line, contextlib.suppress(OSError), context.wrap_socket(line, server_side=True) as encrypted:
                heard.append(encrypted.recv(65536))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.mark.parametrize("case", CASES)
def test_a_certificate_that_does_not_fit(tmp_path: Path, case: str) -> None:
    what = dict(CASES[case])
    authority, other, key = new_key(), new_key(), new_key()
    known = made("", authority, authority)
    (tmp_path / "ca.pem").write_bytes(known.public_bytes(Encoding.PEM))
    signer = other if what.pop("stranger", False) else authority
    shown = made("authority", signer, key, **what).public_bytes(Encoding.PEM).decode() + key_pem(key)
    (tmp_path / "shown.pem").write_text(shown)
    with listening(tmp_path / "shown.pem") as (port, heard):
        address = Address(f"https://127.0.0.1:{port}", "kiosk-01", "secret", str(tmp_path / "ca.pem"))
        lane = Lane(address, PlatformClock(), lambda _: None)
        try:
            outcome = lane.send(Call("POST", "/v1/staff-challenges", b"{}"), 5.0, Cancel())
        finally:
            lane.close()
    assert isinstance(outcome, Trouble) and not outcome.reached and not outcome.heard
    assert outcome.fault.code is FaultCode.NOT_THE_PLATFORM and outcome.fault.details["slug"] == "certificate-problem"
    assert not any(heard)


def test_the_environment_has_no_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle or a proxy named in the environment would silently win otherwise."""
    key, authority = new_key(), new_key()
    stranger = made("", authority, authority)
    (tmp_path / "bundle.pem").write_bytes(stranger.public_bytes(Encoding.PEM))
    (tmp_path / "ca.pem").write_bytes(made("", key, key).public_bytes(Encoding.PEM))
    leaf = new_key()
    shown = made("authority", authority, leaf).public_bytes(Encoding.PEM).decode() + key_pem(leaf)
    (tmp_path / "shown.pem").write_text(shown)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "bundle.pem"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with listening(tmp_path / "shown.pem") as (port, heard):
        lane = Lane(
            Address(f"https://127.0.0.1:{port}", "", "", str(tmp_path / "ca.pem")), PlatformClock(), lambda _: None
        )
        try:
            outcome = lane.send(Call("GET", "/v1/meta"), 5.0, Cancel())
        finally:
            lane.close()
    assert isinstance(outcome, Trouble) and outcome.fault.details["slug"] == "certificate-problem"
    assert not any(heard)
