"""Plays one persona in a hall of its own, and reads what it cost from the terminal's own burden meter."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.demo.acts import Album
from kiosk.demo.stage import Stage
from tests.journeys import visiting as v

from .scene import Act, Scene
from .scorecard import Card, read

_ENDS = {"SUBMITTED": "submitted once", "DRAFT": "kept, goes on at the window"}
Before = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Persona:
    """``key`` names the script, ``who`` the person in a sentence; ``does`` is the visit, act by act. ``before``: what
    has happened before the person comes in. ``ends``: the states of the case on the platform, oldest first."""

    key: str
    who: str
    does: tuple[Act, ...]
    ends: tuple[str, ...] = ("DRAFT", "SUBMITTED")
    before: Before | None = None
    clock: str = "real"


def play(persona: Persona, folder: Path, pictures: Path | None = None) -> Card:
    """The whole visit, from the first touch to the next person's home screen, and its scorecard."""
    folder.mkdir(parents=True, exist_ok=True)
    with v.stage_in(folder, clock=persona.clock) as stage:
        second_terminal(stage)
        v.fair(stage)
        if persona.before:
            persona.before(stage)
        scene = Scene(stage, folder, stage.open("kiosk"))
        album = Album(pictures) if pictures else v.NoAlbum(folder)
        scene.page("home")
        for act in persona.does:
            try:
                act(scene)
            finally:
                album.take(scene.kiosk, scene.on())
        stage.office.weather()
        scene.page("home")
        for name in scene.terminals:
            assert stage.settled(name, v.PATIENT), f"{name} still owes something"
        ended = v.states(stage, scene.code)
        assert ended == list(persona.ends), ended  # one row in the platform's books, and once
        card = read(persona.key, persona.who, scene, _ENDS[persona.ends[-1]])
        stage.close(scene.kiosk)
    shutil.rmtree(folder, ignore_errors=True)
    return card


def second_terminal(stage: Stage) -> None:
    """Another self-service terminal of the hall, at the same devices: one of them is open at a time."""
    first = stage.configs["kiosk"].read_text("utf-8")
    stage.configs["other"] = stage.configs["kiosk"].with_name("kiosk-02.toml")
    stage.configs["other"].write_text(first.replace("kiosk-01", "kiosk-02"), "utf-8")
