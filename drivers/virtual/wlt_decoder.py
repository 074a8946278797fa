"""A virtual decoder of card photos: a library that paints stripes out of the block, openly a simulated picture.
With ``faces``, such as "wang li", it has the drawn faces of these invented people for their cards.
Address: empty; a reader's option ``photo`` gets the path."""

import asyncio
from pathlib import Path

from .c_library import build_library
from .cards import photo_block
from .device import BenchError, DeviceSpec, Place, VirtualDevice, verb
from .portrait import PEOPLE, card_picture

FAULTS = ("crash", "hang", "nothing", "half", "flood")


class WltDecoder(VirtualDevice):
    """The decoder's library and the hand that spoils it."""

    options = frozenset({"faces"})

    def __init__(self, spec: DeviceSpec, place: Place) -> None:
        super().__init__(spec, place)
        self._faces = spec.text("faces", "").split()
        if unknown := set(self._faces) - PEOPLE.keys():
            raise BenchError(f'no face "{min(unknown)}"; there are: {", ".join(PEOPLE)}')

    async def start(self) -> str:
        """Build it; its path."""
        self._library = self.place.folder / f"{self.place.file_stem(self.name)}-libwlt.so"
        self._fault = self._library.with_name(self._library.name + ".fault")
        self.heal()
        await build_library("wlt_decoder.c", self._library)
        if self._faces:
            await asyncio.get_running_loop().run_in_executor(None, draw_faces, self._library, self._faces)
        return str(self._library)

    async def stop(self) -> None:
        """Nothing runs."""

    def state(self) -> str:
        """Well or not."""
        return self._fault.read_text("utf-8") if self._fault.exists() else "well"

    @verb
    def misbehave(self, what: str) -> None:
        """Let the decoder crash, hang, write nothing, half a picture, or far too much."""
        if what not in FAULTS:
            raise BenchError(f"what is one of: {', '.join(FAULTS)}")
        self._fault.write_text(what, "utf-8")

    @verb
    def heal(self) -> None:
        """It is well again."""
        self._fault.unlink(missing_ok=True)


def draw_faces(library: Path, people: list[str]) -> None:
    """Write the pixels of their faces where the library looks for them: 102 by 126, from the top, blue first."""
    for person in people:
        total = 0x811C9DC5  # FNV-1a, as the library sums a block
        for byte in photo_block(person):
            total = (total ^ byte) * 0x01000193 & 0xFFFFFFFF
        red, green, blue = card_picture(person).split()
        pixels = b"".join(bytes(three) for three in zip(blue.tobytes(), green.tobytes(), red.tobytes(), strict=True))
        library.with_name(f"{library.name}.{total:08x}").write_bytes(pixels)
