"""Faces in a frame (YuNet) and how they lie in the light."""

import math
from typing import Any

import cv2
import numpy as np

from drivers.face_camera.gates import Cover, Face, Light, Point
from drivers.face_camera.models import YUNET, model_bytes
from drivers.face_camera.pixels import Pixels, grey

WORK_SIDE = 640  # pixels of the longer side while looking for faces
MIN_SCORE = 0.7
NMS = 0.3
TOP = 50
ALIGNED = 112  # pixels; the measure of sharpness is defined on this size
EYE_Y, EYE_LEFT, EYE_RIGHT = 0.46, 0.34, 0.66  # where the eyes stand in an aligned face, shares


class FaceDetector:
    """YuNet on frames of any size. One thread."""

    def __init__(self) -> None:
        """Fault: device-configuration (details: model)."""
        model = np.frombuffer(model_bytes(YUNET), np.uint8)
        nothing = np.zeros(0, np.uint8)
        self._net = cv2.FaceDetectorYN.create("onnx", model, nothing, (WORK_SIDE, WORK_SIDE), MIN_SCORE, NMS, TOP)

    def faces(self, pixels: Pixels) -> tuple[Face, ...]:
        """All faces, in pixels of the frame given."""
        height, width = pixels.shape[:2]
        scale = min(1.0, WORK_SIDE / max(height, width))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        small = pixels if scale == 1.0 else cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        self._net.setInputSize(size)
        _, rows = self._net.detect(small)
        if small is not pixels:
            small.fill(0)
        return tuple(_face([float(one) for one in row], width / size[0], height / size[1]) for row in _finite(rows))


def _finite(rows: Any) -> Any:
    return () if rows is None else rows[np.isfinite(rows).all(axis=1)]


def _face(row: list[float], across: float, down: float) -> Face:
    spots = [Point(row[i] * across, row[i + 1] * down) for i in range(4, 14, 2)]
    left_eye, right_eye = sorted(spots[:2], key=_x)
    left_mouth, right_mouth = sorted(spots[3:], key=_x)
    return Face(
        x=row[0] * across,
        y=row[1] * down,
        width=row[2] * across,
        height=row[3] * down,
        left_eye=left_eye,
        right_eye=right_eye,
        nose=spots[2],
        left_mouth=left_mouth,
        right_mouth=right_mouth,
        score=row[14],
    )


def _x(point: Point) -> float:
    return point.x


def light(pixels: Pixels, face: Face) -> Light:
    """Measure the light on a face and its sharpness."""
    plain = grey(pixels)
    height, width = plain.shape
    left, top = max(0, math.floor(face.x)), max(0, math.floor(face.y))
    right, bottom = min(width, math.ceil(face.x + face.width)), min(height, math.ceil(face.y + face.height))
    box = plain[top:bottom, left:right]
    if box.shape[0] < 2 or box.shape[1] < 2:
        return Light(0.0, 0.0, 0.0, 0.0, 0.0)
    half = box.shape[1] // 2
    low, high = np.percentile(box, (5, 95))
    aligned = _aligned(plain, face)
    measured = Light(
        mean=float(box.mean()),
        halves=abs(float(box[:, :half].mean()) - float(box[:, half:].mean())),
        spread=float(high - low),
        burnt=float((box > 250).mean()),
        sharpness=float(cv2.Laplacian(aligned, cv2.CV_64F).var()),
    )
    plain.fill(0)
    aligned.fill(0)
    return measured


def cover(pixels: Pixels, face: Face) -> Cover:
    """Measure what lies over a face, by patches of the aligned face in luma and colour difference."""
    aligned = cv2.cvtColor(_aligned(pixels, face), cv2.COLOR_BGR2YCrCb)
    cheeks = [_patch(aligned, x, 0.58, 0.07, 0.04) for x in (EYE_LEFT, EYE_RIGHT)]
    lower = [_patch(aligned, x, y, 0.06, 0.05) for x in (0.36, 0.64) for y in (0.78, 0.86)]
    eyes = [_patch(aligned, x, EYE_Y, 0.10, 0.06) for x in (EYE_LEFT, EYE_RIGHT)]
    aligned.fill(0)
    skin, below = np.mean(cheeks, axis=0), np.median(lower, axis=0)
    tint = float(math.hypot(skin[1] - below[1], skin[2] - below[2]))
    base = max(1.0, float(skin[0]))
    return Cover(tint, float(below[0]) / base, float(np.mean([one[0] for one in eyes])) / base)


def openness(pixels: Pixels, face: Face) -> float:
    """How open the eyes are, no unit: how far grey levels spread where they stand. Lids are even, an eye is not."""
    aligned = grey(_aligned(pixels, face))
    across, down = round(0.09 * ALIGNED), round(0.05 * ALIGNED)
    spreads = []
    for share in (EYE_LEFT, EYE_RIGHT):
        x, y = round(share * ALIGNED), round(EYE_Y * ALIGNED)
        low, high = np.percentile(aligned[y - down : y + down + 1, x - across : x + across + 1], (10, 90))
        spreads.append(float(high - low))
    aligned.fill(0)
    return sum(spreads) / len(spreads)


def _patch(aligned: Pixels, x: float, y: float, across: float, down: float) -> Any:
    """Mean of a patch around a place; all in shares of the aligned face."""
    left, right = round((x - across) * ALIGNED), round((x + across) * ALIGNED)
    top, bottom = round((y - down) * ALIGNED), round((y + down) * ALIGNED)
    return aligned[top:bottom, left:right].reshape(-1, 3).mean(axis=0)


def _aligned(plain: Pixels, face: Face) -> Pixels:
    """The face turned upright, with the eyes where they belong, 112 × 112; grey or in colour as it was given."""
    between = Point((face.left_eye.x + face.right_eye.x) / 2, (face.left_eye.y + face.right_eye.y) / 2)
    angle = math.degrees(math.atan2(face.right_eye.y - face.left_eye.y, face.right_eye.x - face.left_eye.x))
    scale = ALIGNED * (EYE_RIGHT - EYE_LEFT) / max(face.eyes, 1.0)
    turn = cv2.getRotationMatrix2D((between.x, between.y), angle, scale)
    turn[0, 2] += ALIGNED / 2 - between.x
    turn[1, 2] += ALIGNED * EYE_Y - between.y
    made: Pixels = cv2.warpAffine(plain, turn, (ALIGNED, ALIGNED), flags=cv2.INTER_AREA)
    return made
