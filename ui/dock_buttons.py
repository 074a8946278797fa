"""What a hand can do in training: buttons per kind of virtual device, weathers and clocks. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """One press: the word's key under ``dock.``, the verb, its arguments. ``pin``: of the staff card that it lays,
    for whoever plays the staff."""

    word: str
    verb: str
    args: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    pin: str = ""


def _card(word: str, card: str) -> Button:
    return Button(word, "lay_card", {"card": card})


def _scene(word: str, scene: str, **more: Any) -> Button:
    return Button(word, "show", {"scene": scene, **more})


def _insert(word: str, card: str, pin: str = "") -> Button:
    return Button(word, "insert", {"card": card}, pin)


DEVICES: Mapping[str, tuple[Button, ...]] = MappingProxyType({
    "sdt": (
        _card("lay_wang", "wang"), _card("lay_li", "li"), _card("lay_zhao", "zhao"), _card("lay_expired", "expired"),
        _card("lay_damaged", "damaged"), Button("lift", "lift_card"),
        Button("unplug", "unplug"), Button("plug", "plug"),
    ),
    "escpos": (
        Button("paper_low", "paper_low"), Button("paper_out", "paper_out"), Button("paper_in", "paper_in"),
        Button("open_cover", "open_cover"), Button("close_cover", "close_cover"),
        Button("power_off", "power_off"), Button("power_on", "power_on"),
    ),
    "ipp": (
        Button("paper_out", "paper_out"), Button("paper_in", "paper_in"), Button("jam", "jam"),
        Button("clear_jam", "clear_jam"),
    ),
    "mjpeg": (
        _scene("face_wang", "face", person="wang"), _scene("face_li", "face", person="li"),
        _scene("face_far", "far"), _scene("face_two", "two_faces"), _scene("face_nobody", "nobody"),
        Button("freeze", "freeze"), Button("thaw", "thaw"), Button("unplug", "unplug"), Button("plug", "plug"),
    ),
    "smartcard": (
        _insert("staff_clerk", "staff:0317", "135790"), _insert("staff_supervisor", "staff:0001", "246800"),
        _insert("staff_helper", "staff:0600", "112233"),
        _insert("tax_written", "tax:written"), _insert("tax_device", "tax:440211007721"), Button("pull", "remove"),
    ),
})  # fmt: skip

_OF_SLOT = {"staff_card_reader": "staff:", "tax_device": "tax:"}


def buttons_of(kind: str, what: str) -> tuple[Button, ...]:
    """The buttons of one device; into a slot goes only what it is for."""
    begins = _OF_SLOT.get(what, "") if kind == "smartcard" else ""
    return tuple(one for one in DEVICES.get(kind, ()) if one.args.get("card", begins).startswith(begins))


WEATHERS: Mapping[str, Mapping[str, Any]] = MappingProxyType({
    "weather_fine": {},
    "weather_slow": {"latency_ms": 3000},
    "weather_offline": {"offline": True},
    "weather_lossy": {"drop_after_commit": 0.5},
    "weather_portal": {"captive_portal": True},
    "weather_errors": {"error_rate": 0.5},
})  # fmt: skip

# word → method, path under /sandbox, body
CLOCKS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = MappingProxyType({
    "clock_real": ("PUT", "/clock", {"mode": "real"}),
    "clock_fast": ("PUT", "/clock", {"mode": "scaled", "factor": 60}),
    "clock_hour": ("POST", "/clock/advance", {"seconds": 3600}),
    "clock_day": ("POST", "/clock/advance", {"seconds": 86400}),
})  # fmt: skip
