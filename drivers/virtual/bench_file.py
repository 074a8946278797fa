"""The bench file: which devices stand on the bench, where they listen, and where the control channel is.

[bench]
folder = "/tmp/hall"            # pictures of receipts and the like; default: beside the bench file
[control]
address = "tcp:127.0.0.1:0"     # 0 takes a free port
[pcscd]                         # only looked at when a smart card stands on the bench
start = "auto"                  # auto | private | never
ports = [35963, 35964]          # where the reader slots of the service listen
[devices."kiosk.id_card_reader"]
kind = "sdt"
address = "pty"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .device import BenchError, DeviceSpec
from .wire import tcp_address

DEFAULT_PORTS = (35963, 35964)  # the two slots of the reader that the distribution's package sets up


@dataclass(frozen=True, slots=True)
class ServiceSpec:
    """Whether and how the bench may start the smart-card service."""

    start: str = "auto"
    ports: tuple[int, ...] = DEFAULT_PORTS


@dataclass(frozen=True, slots=True)
class BenchSpec:
    """A bench file, read and checked."""

    folder: Path
    control: tuple[str, int]
    service: ServiceSpec
    devices: tuple[DeviceSpec, ...]


def read_bench(path: Path) -> BenchSpec:
    """Read a bench file; anything wrong with it is a BenchError of one line."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BenchError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BenchError(f"{path}: not TOML: {error}".replace("\n", " ")) from None
    _only(tables, {"bench", "control", "pcscd", "devices"}, "the bench file")
    folder = path.resolve().parent / str(_table(tables, "bench", {"folder"}).get("folder", ""))
    control = _table(tables, "control", {"address"}).get("address", "tcp:127.0.0.1:0")
    devices = _table(tables, "devices", None)
    if not devices:
        raise BenchError(f"{path}: no devices")
    return BenchSpec(
        folder=folder,
        control=tcp_address(str(control), "[control]"),
        service=_service(_table(tables, "pcscd", {"start", "ports"})),
        devices=tuple(_device(name, table) for name, table in devices.items()),
    )


def _service(table: Mapping[str, Any]) -> ServiceSpec:
    start = table.get("start", "auto")
    if start not in ("auto", "private", "never"):
        raise BenchError('[pcscd]: start must be "auto", "private" or "never"')
    ports = table.get("ports", list(DEFAULT_PORTS))
    if not isinstance(ports, list) or not ports or not all(type(port) is int and 0 < port < 65536 for port in ports):
        raise BenchError("[pcscd]: ports must be a list of port numbers")
    return ServiceSpec(start, tuple(ports))


def _device(name: str, table: object) -> DeviceSpec:
    if not isinstance(table, dict):
        raise BenchError(f'[devices]: "{name}" must be a table')
    options = dict(table)
    kind, address = options.pop("kind", None), options.pop("address", "")
    if not isinstance(kind, str) or not isinstance(address, str):
        raise BenchError(f'device "{name}": kind and address must be strings')
    for key, value in options.items():
        if not isinstance(value, str | int | float | bool):
            raise BenchError(f'device "{name}": {key} must be a plain value')
    return DeviceSpec(name, kind, address, options)


def _table(tables: Mapping[str, Any], name: str, keys: set[str] | None) -> dict[str, Any]:
    table = tables.get(name, {})
    if not isinstance(table, dict):
        raise BenchError(f"[{name}] must be a table")
    if keys is not None:
        _only(table, keys, f"[{name}]")
    return table


def _only(table: Mapping[str, Any], keys: set[str], where: str) -> None:
    unknown = sorted(set(table) - keys)
    if unknown:
        raise BenchError(f'{where} knows no "{unknown[0]}"; it knows: {", ".join(sorted(keys))}')
