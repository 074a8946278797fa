"""A virtual decoder of card photos: a library that paints stripes out of the block, openly a simulated picture.
Address: empty; a reader's option ``photo`` gets the path."""

from .c_library import build_library
from .device import BenchError, VirtualDevice, verb

FAULTS = ("crash", "hang", "nothing", "half", "flood")


class WltDecoder(VirtualDevice):
    """The decoder's library and the hand that spoils it."""

    async def start(self) -> str:
        """Build it; its path."""
        self._library = self.place.folder / f"{self.place.file_stem(self.name)}-libwlt.so"
        self._fault = self._library.with_name(self._library.name + ".fault")
        self.heal()
        await build_library("wlt_decoder.c", self._library)
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
