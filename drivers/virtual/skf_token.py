"""Virtual tax UKeys: a maker's library of our own, built with the C compiler where the bench stands, and a hand that
plugs tokens in and lets the library misbehave. Address: empty; the driver gets ``skf:/…/libskftoken.so``.
"""

import re

from .c_library import build_library
from .device import BenchError, VirtualDevice, verb

_FUNCTION = re.compile(r"SKF_[A-Za-z]+")
_FAULT = re.compile(r"crash|kill|abort|hang|noise|flood|pull|refuse:[0-9A-Fa-f]{8}")
BUILDS = (286, 288, 294, 296, 326, 328)


class SkfToken(VirtualDevice):
    """One port for UKeys. Options: ``build`` (294; length of the library's DEVINFO), ``wide`` (false; true: its
    ULONG has eight bytes)."""

    options = frozenset({"build", "wide"})

    async def start(self) -> str:
        """Build the library; the port is empty."""
        self._library = self.place.folder / f"{self.place.file_stem(self.name)}-libskftoken.so"
        build = self.spec.whole("build", 294)
        if build not in BUILDS:
            raise BenchError(f'device "{self.name}": build must be one of {", ".join(map(str, BUILDS))}')
        self._state = {"present": "0", "build": str(build), "wide": str(int(self.spec.flag("wide", False)))}
        self._written: dict[str, dict[str, str]] = {}
        self._write()
        self.heal()
        await build_library("skf_token.c", self._library, "-lcrypto")
        return f"skf:{self._library}"

    async def stop(self) -> None:
        """Nothing runs; the files go with the bench's folder."""

    def state(self) -> str:
        """Which token is in."""
        return self._state.get("serial", "") if self._state["present"] != "0" else "empty"

    @verb
    def insert(self, card: str) -> None:
        """Plug a token in: ``tax:`` and its number; one nobody has written is blank."""
        number = card.removeprefix("tax:")
        self._state |= {"present": "1", "serial": number, "container": "", "holder": "", "uscc": ""}
        self._state |= self._written.get(number, {})
        self._write()

    @verb
    def insert_second(self) -> None:
        """Plug another token in beside the first."""
        self._state["present"] = "2"
        self._write()

    @verb
    def remove(self) -> None:
        """Pull everything out."""
        self._state["present"] = "0"
        self._write()

    @verb
    def write_tax_device(self, number: str, uscc: str = "", holder: str = "", status: str = "issued") -> None:
        """What the tax office's own software writes: a certificate, or nothing any more."""
        if "\n" in uscc + holder:
            raise BenchError("a value has one line")
        container = "SIGN" if status == "issued" else ""
        self._written[number] = {"container": container, "uscc": uscc, "holder": holder}
        if self._state.get("serial") == number:
            self._state |= self._written[number]
            self._write()

    @verb
    def set(self, key: str, value: str) -> None:  # the word of the control channel
        """Change one line of the library's state: label, maker, build, application …"""
        self._state[key] = value
        self._write()

    @verb
    def misbehave(self, what: str, function: str, once: bool = False) -> None:
        """Let a function crash, kill, abort, hang, make noise, flood, lose its token, or refuse:XXXXXXXX."""
        if not _FAULT.fullmatch(what) or not _FUNCTION.fullmatch(function):
            raise BenchError("what is crash, kill, abort, hang, noise, flood, pull or refuse:XXXXXXXX")
        self._replace(".fault", f"{what} {function}{' once' if once else ''}\n")

    @verb
    def heal(self) -> None:
        """The library is well again."""
        self._library.with_name(self._library.name + ".fault").unlink(missing_ok=True)

    @verb
    def pins_shown(self) -> int:
        """How often somebody came with a PIN."""
        noted = self._library.with_name(self._library.name + ".pins")
        return len(noted.read_text("utf-8").splitlines()) if noted.exists() else 0

    def _write(self) -> None:
        self._replace(".state", "".join(f"{key}={value}\n" for key, value in self._state.items()))

    def _replace(self, ending: str, text: str) -> None:
        path = self._library.with_name(self._library.name + ending)
        draft = path.with_name(path.name + ".new")
        draft.write_text(text, "utf-8")
        draft.replace(path)
