"""Codes as cameras see them badly: 1280 × 720, every kind of trouble in several strengths, the same set every time.

Pictures are made with segno and numpy alone. Each has one QR code of a slip (version 4 or so) somewhere on a desk.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import segno

Grey = np.ndarray[Any, np.dtype[np.uint8]]
Picture = np.ndarray[Any, np.dtype[np.float32]]

WIDTH, HEIGHT = 1280, 720
PAPER, INK, DESK = 235.0, 30.0, 120.0
BORDER = 4  # modules of quiet paper


@dataclass(frozen=True, slots=True)
class Trouble:
    """How badly a code is seen. ``side``: pixels of the symbol; ``glare``: a lamp, share of the paper's light."""

    name: str
    side: int = 240
    turn: float = 0.0
    tilt: float = 0.0
    blur: float = 0.0
    motion: int = 0
    noise: float = 3.0
    contrast: float = 1.0
    glare: float = 0.0
    shade: float = 0.0


TROUBLES = (
    Trouble("plain"),
    Trouble("turned", turn=33),
    Trouble("tilted", tilt=0.35, turn=10),
    Trouble("tilted far", tilt=0.55, turn=-20),
    Trouble("small", side=110),
    Trouble("small and tilted", side=100, tilt=0.5, turn=25),
    Trouble("tiny", side=70),
    Trouble("blurred", blur=2.0),
    Trouble("blurred much", blur=3.5),
    Trouble("blurred very much", blur=4.5),
    Trouble("small and blurred", side=100, blur=1.6),
    Trouble("moved", motion=9),
    Trouble("moved much", motion=14, turn=25),
    Trouble("noisy", noise=40),
    Trouble("noisy much", noise=90),
    Trouble("small and noisy", side=120, noise=45),
    Trouble("faint", contrast=0.12, noise=4),
    Trouble("very faint", contrast=0.05),
    Trouble("faint and noisy", contrast=0.2, noise=25),
    Trouble("lamp", glare=0.9),
    Trouble("strong lamp", glare=1.4),
    Trouble("shaded", shade=0.85),
    Trouble("shaded much", shade=0.95, noise=5),
    Trouble("all at once", side=150, turn=15, tilt=0.35, blur=1.3, noise=14, contrast=0.35, shade=0.6),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture with what it says."""

    trouble: str
    payload: bytes
    picture: Grey


def samples(each: int, seed: int = 720) -> Iterator[Sample]:
    """``each`` pictures of every trouble."""
    chance = random.Random(seed)
    for trouble in TROUBLES:
        for _ in range(each):
            payload = _payload(chance)
            yield Sample(trouble.name, payload, seen(payload, trouble, chance))


def _payload(chance: random.Random) -> bytes:
    code = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=26))
    return f"QB1.{code}.K{chance.randrange(10)}P-{chance.randrange(1000):03d}.{chance.randrange(2**32):08x}".encode()


def seen(payload: bytes, trouble: Trouble, chance: random.Random) -> Grey:
    """A code on paper on a desk, in this trouble."""
    modules = np.array([list(row) for row in segno.make_qr(payload, error="m", boost_error=False).matrix], np.uint8)
    paper = np.pad(modules, BORDER).astype(np.float32)
    count = paper.shape[0]
    sheet = np.kron(1 - paper, np.ones((16, 16), np.float32))  # 1 is paper
    scale = trouble.side / ((count - 2 * BORDER) * 16)
    picture, inside = _laid(sheet, scale, trouble, chance)
    level = DESK + (INK + (PAPER - INK) * picture - DESK) * inside
    level = _lit(level, trouble, chance)
    if trouble.blur:
        level = cv2.GaussianBlur(level, (0, 0), trouble.blur)
    if trouble.motion:
        level = cv2.filter2D(level, -1, _way(trouble.motion, chance.uniform(0, 180)))
    grain = np.random.default_rng(chance.randrange(2**32)).normal(0, trouble.noise, level.shape)
    return np.asarray(np.clip(level + grain, 0, 255), np.uint8)


def _laid(sheet: Picture, scale: float, trouble: Trouble, chance: random.Random) -> tuple[Picture, Picture]:
    """The sheet where it lies, and where it is."""
    side = sheet.shape[0]
    half = side * scale / 2
    corners = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    corners[2:] *= 1 - trouble.tilt / 2  # the far edge is shorter, and nearer
    corners[:2, 1] *= 1 - trouble.tilt / 3
    angle = np.radians(trouble.turn + chance.uniform(-5, 5))
    corners = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners += (chance.uniform(380, WIDTH - 380), chance.uniform(280, HEIGHT - 280))
    flat = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    lay = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    soft = cv2.GaussianBlur(sheet, (0, 0), max(0.4, 0.4 / scale))  # what one pixel sees
    picture = cv2.warpPerspective(soft, lay, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    inside = cv2.warpPerspective(np.ones_like(sheet), lay, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    return np.asarray(picture, np.float32), np.asarray(inside, np.float32)


def _lit(level: Picture, trouble: Trouble, chance: random.Random) -> Picture:
    middle = (PAPER + INK) / 2
    level = middle + (level - middle) * trouble.contrast
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    if trouble.glare:
        x, y = chance.uniform(500, WIDTH - 500), chance.uniform(280, HEIGHT - 280)
        level = level + 255 * trouble.glare * np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * 70.0**2))
    if trouble.shade:
        edge = 1 / (1 + np.exp(-(across - chance.uniform(400, WIDTH - 400)) / 25))
        level = level * (1 - trouble.shade * edge)
    return np.asarray(level, np.float32)


def _way(length: int, degrees: float) -> Picture:
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1
    turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), degrees, 1)
    turned = cv2.warpAffine(kernel, turn, (length, length))
    return np.asarray(turned / turned.sum(), np.float32)
