"""Scenes before the virtual camera, each a short loop of finished JPEG frames, so that showing one costs nothing."""

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from .device import BenchError
from .hall_view import SIZE, hall_view, sensor_noise
from .held_code import code_paper, held, printed_paper
from .portrait import PEOPLE
from .portrait_moves import Bearing, held_so

FRAMES = 30  # two seconds
_QUALITY = 88
_HEAD_MIDDLE = (400, 430)  # of the portrait


Layers = list[tuple[Image.Image, tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody stands: how large, how far from the middle, in which light."""

    scale: float
    aside: int = 0
    low: int = 0
    light: float = 1.0


STANDS = {
    "face": Stand(1.15),
    "far": Stand(0.36, 0, -10),
    "near": Stand(2.3, 0, 60),
    "dark": Stand(1.15, light=0.16),
    "left": Stand(0.95, -400),
    "two_faces": Stand(0.86, -270),
    "moving": Stand(1.15),
    "mask": Stand(1.15),
    "dark_glasses": Stand(1.15),
}
_STRAIGHT = Bearing()
WORN = {"mask": Bearing(worn="mask"), "dark_glasses": Bearing(worn="dark_glasses")}
SCENES = ("nobody", *STANDS, "code", "black")


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen."""

    name: str = "nobody"
    person: str = "wang"
    text: str = ""
    symbology: str = "qr"
    picture: str = ""
    degrees: float = 4.0


@lru_cache(maxsize=8)
def frames(scene: Scene) -> tuple[bytes, ...]:
    """The loop of a scene as JPEG pictures. Takes up to a few seconds the first time; call it off the event loop."""
    if scene.name not in SCENES:
        raise BenchError(f'no scene "{scene.name}"; there are: {", ".join(SCENES)}')
    if scene.person not in PEOPLE:
        raise BenchError(f'no face "{scene.person}"; there are: {", ".join(PEOPLE)}')
    layers, light = _layers(scene)
    base = Image.new("RGB", SIZE, (3, 3, 4)) if scene.name == "black" else hall_view()
    if scene.name == "moving":
        return tuple(_frame(base, _moving(scene.person, number), 1.0, number) for number in range(FRAMES))
    return tuple(_frame(base, layers, light, number) for number in range(FRAMES))


def seen(person: str, bearing: Bearing, light: float = 1.0) -> bytes:
    """One frame of somebody who stands right and holds the head like that, in that light (JPEG)."""
    return _frame(hall_view(), [_standing(person, STANDS["face"], 0, bearing)], light, 0)


def _moving(person: str, number: int) -> Layers:
    """Somebody who blinks, turns the head and nods, every two seconds: what is asked for comes by and by."""
    bearing = _STRAIGHT
    if number in (2, 3, 4):
        bearing = Bearing(shut=True)
    elif 8 <= number < 17:
        bearing = Bearing(yaw=40 * np.sin(np.pi * (number - 8) / 8))
    elif 19 <= number < 28:
        bearing = Bearing(pitch=24 * np.sin(np.pi * (number - 19) / 8))
    return [_standing(person, STANDS["moving"], 0, bearing)]


def _layers(scene: Scene) -> tuple[Layers, float]:
    """What moves before the hall, with its place; and how much light there is."""
    if scene.name == "code":
        if not scene.text and not scene.picture:
            raise BenchError("a code needs a text or a picture")
        paper = printed_paper(Path(scene.picture)) if scene.picture else code_paper(scene.text, scene.symbology)
        return [(held(paper, scene.degrees), (0, 0))], 1.0
    stand = STANDS.get(scene.name)
    if not stand:
        return [], 1.0
    layers = [_standing(scene.person, stand, stand.aside, WORN.get(scene.name, _STRAIGHT))]
    if scene.name == "two_faces":
        other = next(each for each in PEOPLE if each != scene.person)
        layers.append(_standing(other, stand, -stand.aside))
    return layers, stand.light


@lru_cache(maxsize=4)
def _standing(
    person: str, stand: Stand, aside: int, bearing: Bearing = _STRAIGHT
) -> tuple[Image.Image, tuple[int, int]]:
    whole = held_so(person, bearing)
    size = (round(whole.width * stand.scale), round(whole.height * stand.scale))
    left = SIZE[0] / 2 + aside - _HEAD_MIDDLE[0] * stand.scale
    top = SIZE[1] * 0.47 + stand.low - _HEAD_MIDDLE[1] * stand.scale
    figure = whole.resize(size, Image.Resampling.LANCZOS)
    if top + size[1] < SIZE[1]:  # further down there is a coat too
        longer = Image.new("RGBA", (size[0], SIZE[1] - round(top)), (0, 0, 0, 0))
        longer.paste(figure.crop((0, size[1] - 2, size[0], size[1] - 1)).resize((size[0], longer.height)), (0, 0))
        longer.paste((0, 0, 0, 0), (0, 0, size[0], size[1]))
        longer.paste(figure, (0, 0))
        figure = longer
    return figure, (round(left), round(top))


def _frame(base: Image.Image, layers: Layers, light: float, number: int) -> bytes:
    turn = 2 * np.pi * number / FRAMES
    picture = base.copy()
    for place, (layer, (left, top)) in enumerate(layers):
        sway = (left + round(6 * np.sin(turn + place)), top + round(3 * np.sin(2 * turn + place)))
        picture.paste(layer, sway, layer)
    grain = np.roll(sensor_noise(), (137 * number, 211 * number), axis=(0, 1))[..., None]
    seen = np.asarray(picture, dtype=np.float32) * light + grain * (0.6 + 0.4 * light)
    written = io.BytesIO()
    Image.fromarray(seen.clip(0, 255).astype(np.uint8), "RGB").save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()
