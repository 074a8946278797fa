"""The bench as one process: build the devices, say when all of them listen, obey hands, end cleanly."""

import asyncio
import json
import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .bench_file import BenchSpec
from .chip_cards import Drawer
from .control_channel import serve_control
from .device import BenchError, DeviceSpec, Journal, Place, VirtualDevice
from .pcscd import CardService, PcscdDevice
from .wire import Door, Line

KINDS = (
    "sdt", "escpos", "ipp", "mjpeg", "rtsp", "desk_camera", "scanner", "smartcard", "pcscd", "skf", "component",
    "wlt",
)  # fmt: skip


class Hall:
    """The devices of a bench and their control channel."""

    def __init__(self, spec: BenchSpec, journal: Journal) -> None:
        spec.folder.mkdir(parents=True, exist_ok=True)
        self._place = Place(spec.folder, journal)
        self._service = CardService(spec.service, spec.folder)
        self._drawer = Drawer()
        self._devices = {each.name: self._build(each) for each in spec.devices}
        self._addresses: dict[str, str] = {}
        self._control = Door(*spec.control, self._serve)

    async def start(self) -> None:
        """Start every device, then the control channel. Raises BenchError; then nothing is left running."""
        try:
            for name, device in self._devices.items():
                self._addresses[name] = await device.start()
            await self._control.open()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the control channel and every device."""
        await self._control.shut()
        for device in self._devices.values():
            await device.stop()
        await self._service.stop()

    def write_ready(self, path: Path) -> None:
        """Say where everything listens; the file appears complete or not at all."""
        ready: dict[str, Any] = {
            "control": f"tcp:{self._control.host}:{self._control.port}",
            "devices": self._addresses,
            "folder": str(self._place.folder),
        }
        if self._service.used:
            ready["environment"] = {"PCSCLITE_CSOCK_NAME": str(self._service.socket)}
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_text(json.dumps(ready, indent=1, ensure_ascii=False) + "\n", "utf-8")
        draft.replace(path)

    def _build(self, spec: DeviceSpec) -> VirtualDevice:
        match spec.kind:
            case "sdt":
                from .sdt import SdtReader

                return SdtReader(spec, self._place)
            case "escpos":
                from .escpos import ReceiptPrinter

                return ReceiptPrinter(spec, self._place)
            case "ipp":
                from .ipp import DocumentPrinter

                return DocumentPrinter(spec, self._place)
            case "mjpeg":
                from .mjpeg import Camera

                return Camera(spec, self._place)
            case "rtsp":
                from .rtsp_camera import RtspCamera

                return RtspCamera(spec, self._place)
            case "desk_camera":
                from .mjpeg import DeskCamera

                return DeskCamera(spec, self._place)
            case "scanner":
                from .hand_scanner import HandScanner

                return HandScanner(spec, self._place)
            case "smartcard":
                from .smartcard import CardSlot

                return CardSlot(spec, self._place, self._service, self._drawer)
            case "skf":
                from .skf_token import SkfToken

                return SkfToken(spec, self._place)
            case "component":
                from .tax_component import TaxComponent

                return TaxComponent(spec, self._place)
            case "wlt":
                from .wlt_decoder import WltDecoder

                return WltDecoder(spec, self._place)
            case "pcscd":
                return PcscdDevice(spec, self._place, self._service)
        raise BenchError(f'device "{spec.name}": no kind "{spec.kind}"; there are: {", ".join(KINDS)}')

    async def _serve(self, line: Line) -> None:
        await serve_control(line, self._do)

    async def _do(self, device: str | None, action: str, args: Mapping[str, Any]) -> Any:
        if device is None:
            if action != "list" or args:
                raise BenchError(f'the bench itself knows "list" only, not "{action}"')
            return {
                name: {
                    "kind": each.kind,
                    "address": self._addresses[name],
                    "state": each.state(),
                    "verbs": each.verbs(),
                }
                for name, each in self._devices.items()
            }
        if device not in self._devices:
            raise BenchError(f'no device "{device}" on this bench')
        return await self._devices[device].do(action, args)


async def run_hall(spec: BenchSpec, ready: Path, journal: Journal) -> None:
    """Run a bench until SIGTERM or SIGINT. Raises BenchError when a device cannot be started."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    hall = Hall(spec, journal)
    await hall.start()
    try:
        hall.write_ready(ready)
        await ended.wait()
    finally:
        await hall.stop()
        ready.unlink(missing_ok=True)
