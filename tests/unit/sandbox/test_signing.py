"""What is signed is these very bytes; a configuration's number only grows, and each is chained to the one before."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from kiosk.contracts.platform_api import terminals as wire
from kiosk.sandbox import manifest, telemetry, tls
from kiosk.sandbox.database import Store
from kiosk.sandbox.server import serve
from kiosk.sandbox.settings import SandboxSettings
from kiosk.sandbox.signing import Signer, packed, signatures

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
SIGNER, SECOND = Signer("config", KEY), Signer("config", Ed25519PrivateKey.from_private_bytes(b"l" * 32))
NOW = 1_772_294_400_000  # 2026-03-01 in Chongqing
_texts = st.dictionaries(st.text(max_size=8), st.one_of(st.none(), st.integers(), st.text(max_size=20)), max_size=5)


@given(_texts)
def test_packed_is_one_text_for_one_content(content: dict[str, Any]) -> None:
    payload = packed(content)
    assert json.loads(payload) == content
    assert packed(dict(reversed(content.items()))) == payload


@given(_texts, st.data())
def test_any_other_byte_breaks_the_signature(content: dict[str, Any], data: st.DataObject) -> None:
    payload = packed(content)
    made = SIGNER.sign(payload)
    public = Ed25519PublicKey.from_public_bytes(SIGNER.known().public_key)
    public.verify(made.sig, payload)
    place = data.draw(st.integers(0, len(payload) - 1))
    other = bytearray(payload)
    other[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(InvalidSignature):
        public.verify(made.sig, bytes(other))


def test_the_same_key_signs_the_same_way_and_each_key_has_its_name() -> None:
    assert signatures(b"text", (SIGNER,)) == signatures(b"text", (SIGNER,))
    one, two = signatures(b"text", (SIGNER, SECOND))
    assert (one.key_id, two.key_id) == (SIGNER.known().key_id, SECOND.known().key_id)
    assert one.key_id != two.key_id
    assert SIGNER.key_id == Signer("config", KEY).key_id


def test_configurations_are_a_chain(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'p.db'}")
    store.create()
    with store.write() as c:
        rows = [manifest.write(c, manifest.FIRST, "hall-1", NOW + day * 86_400_000, "0500") for day in range(4)]
        other = manifest.write(c, manifest.FIRST, "hall-2", NOW, "0500")
    store.close()
    contents = [json.loads(row.payload) for row in rows]
    assert [row.version for row in rows] == [content["version"] for content in contents] == [1, 2, 3, 4]
    before = "0" * 64
    for row, content in zip(rows, contents, strict=True):
        assert content["prev_sha256"] == before
        before = hashlib.sha256(row.payload).hexdigest()
        assert before == row.sha256
    assert (other.version, json.loads(other.payload)["prev_sha256"]) == (1, "0" * 64)  # a hall's chain is its own


def test_a_first_configuration_says_what_the_terminals_need() -> None:
    content = manifest.content(manifest.FIRST, "hall-1", 1, NOW, "0" * 64)
    assert content["issued_at"] == "2026-03-01T00:00:00+08:00"
    assert content["expires_at"] == "2026-06-01T00:00:00+08:00"
    assert content["config"]["sla"] == {"invoice": {"minutes": 60, "clock": "office"}}
    assert content["config"]["offline"] == {"read_only_after_h": 4, "max_messages": 500, "max_blob_mb": 2048}
    assert set(map(len, content["packs"].values())) == {64}
    row = type("Row", (), {"version": 1, "payload": packed(content)})
    assert manifest.signed(row, (SIGNER,)).signatures == signatures(packed(content), (SIGNER,))


@given(st.sampled_from(wire.BurdenName.__args__), st.floats(0, 1_000_000))  # type: ignore[attr-defined]
def test_counts_are_whole_and_shares_are_shares(name: str, value: float) -> None:
    good = telemetry.sensible(name, value)
    if name == "prefilled_share":
        assert good == (value <= 1)
    elif name == "seconds":
        assert good == (value <= 86_400)
    else:
        assert good == value.is_integer()


# -- the door


def _request(host: str | None, certificate: str = "", **headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    client = None if host is None else (host, 4711)
    return Request({"type": "http", "client": client, "headers": pairs, tls.SCOPE_KEY: certificate})


def _settings(**more: bool) -> SandboxSettings:
    return SandboxSettings(database=":memory:", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "believed"),
    [("127.0.0.1", True), ("::1", True), ("192.0.2.7", False), ("nobody", False), (None, False)],
)
def test_words_are_believed_on_this_machine_only(host: str | None, believed: bool) -> None:
    shown = tls.shown_by(_settings(), _request(host, kiosk_terminal="kiosk-01 word"))
    assert (shown.stand_in == "kiosk-01 word") is believed
    assert shown.certificate == ""


def test_each_way_of_listening_has_one_proof() -> None:
    header = f":{base64.b64encode(b'der').decode()}:"
    said = _request("127.0.0.1", "ab" * 32, kiosk_terminal="kiosk-01 word", client_cert=header)
    plain, secure = tls.shown_by(_settings(), said), tls.shown_by(_settings(tls=True), said)
    behind = tls.shown_by(_settings(trust_proxy_header=True), said)
    assert (plain.stand_in, plain.certificate) == ("kiosk-01 word", "")
    assert (secure.stand_in, secure.certificate) == ("", "ab" * 32)
    assert (behind.stand_in, behind.certificate) == ("", hashlib.sha256(b"der").hexdigest())


def test_two_proxy_headers_are_one_too_many() -> None:
    header = f":{base64.b64encode(b'der').decode()}:".encode()
    twice = {"type": "http", "client": ("127.0.0.1", 1), "headers": [(b"client-cert", header)] * 2}
    assert tls.shown_by(_settings(trust_proxy_header=True), Request(twice)).certificate == ""


def test_tls_here_and_at_a_proxy_do_not_go_together(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not both"):
        serve(SandboxSettings(database=str(tmp_path / "p.db"), tls=True, trust_proxy_header=True))
    assert not (tmp_path / "p.db").exists()
