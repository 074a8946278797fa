"""Bench files: what is right is understood, what is wrong is named in one line."""

from pathlib import Path

import pytest

from drivers.virtual.bench_file import read_bench
from drivers.virtual.device import BenchError


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bench.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_whole_bench(tmp_path: Path) -> None:
    spec = read_bench(
        write(
            tmp_path,
            '[bench]\nfolder = "made"\n[control]\naddress = "tcp:127.0.0.1:41000"\n[pcscd]\nstart = "never"\n'
            '[devices."w.printer"]\nkind = "escpos"\naddress = "tcp:127.0.0.1:0"\npaper = "58"\n',
        )
    )
    assert spec.folder == tmp_path / "made"
    assert spec.control == ("127.0.0.1", 41000)
    assert spec.service.start == "never"
    (device,) = spec.devices
    assert (device.name, device.kind, device.text("paper", "80")) == ("w.printer", "escpos", "58")


def test_the_least_a_bench_needs(tmp_path: Path) -> None:
    spec = read_bench(write(tmp_path, '[devices.a]\nkind = "sdt"\naddress = "pty"\n'))
    assert spec.folder == tmp_path
    assert spec.control == ("127.0.0.1", 0)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[devices", "TOML"),
        ("", "no devices"),
        ("[devices.a]\nkind = 1\naddress = 'pty'", "kind"),
        ("[devices.a]\nkind = 'sdt'\naddress = ['x']", "address"),
        ("[devices.a]\nkind = 'sdt'\naddress = 'pty'\nbaud = [1]", "baud"),
        ("[control]\naddress = 'somewhere'\n[devices.a]\nkind='sdt'", "tcp:HOST:PORT"),
        ("[control]\nport = 1\n[devices.a]\nkind='sdt'", "port"),
        ("[pcscd]\nstart = 'soon'\n[devices.a]\nkind='sdt'", "start"),
        ("[pcscd]\nports = [0]\n[devices.a]\nkind='sdt'", "ports"),
        ("[weather]\n[devices.a]\nkind='sdt'", "weather"),
        ("devices = 3", "table"),
    ],
)
def test_what_is_wrong_is_named_in_one_line(tmp_path: Path, text: str, hint: str) -> None:
    with pytest.raises(BenchError) as caught:
        read_bench(write(tmp_path, text))
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match=r"none\.toml"):
        read_bench(tmp_path / "none.toml")
