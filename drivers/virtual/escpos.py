"""Virtual receipt printer: what hands, scissors and an empty roll can do to it."""

from .device import verb
from .escpos_machine import PrinterMachine
from .escpos_status import pushed


class ReceiptPrinter(PrinterMachine):
    """A thermal printer with Chinese characters.

    Options: ``paper`` ("80" or "58" mm), ``cutter`` (true on 80 mm), ``rom`` ("gb18030" or "gbk"),
    ``baud`` (0; bytes are taken as slowly as that rate says). Address: ``tcp:HOST:PORT`` or ``pty``.
    A printer without a cutter waits for somebody to tear the slip off: ``tear``, or the beginning of the next job.
    """

    options = frozenset({"paper", "cutter", "rom", "baud"})

    @verb
    async def paper_out(self, after: int = 0) -> None:
        """Let the paper end, now or after so many further bytes of print data."""
        if after:
            self._paper_left = after
        else:
            await self._change(paper="out")

    @verb
    async def paper_low(self) -> None:
        """Let the near-end sensor see little paper."""
        await self._change(paper="low")

    @verb
    async def paper_in(self, forgetting: bool = False) -> None:
        """Put in a new roll; what waited is printed now, or is lost, as it is in some cheap printers."""
        self._paper_left = None
        if forgetting:
            self._stream.clear()
        await self._change(paper="full")

    @verb
    async def open_cover(self) -> None:
        """Open the cover."""
        await self._change(cover_open=True)

    @verb
    async def close_cover(self) -> None:
        """Close the cover."""
        await self._change(cover_open=False)

    @verb
    async def jam_cutter(self, at_next_cut: bool = False) -> None:
        """Jam the knife, now or when it falls next."""
        self._jam_at_cut = at_next_cut
        if not at_next_cut:
            await self._change(cutter_jammed=True)

    @verb
    async def clear_cutter(self) -> None:
        """Free the knife."""
        self._jam_at_cut = False
        await self._change(cutter_jammed=False)

    @verb
    async def overheat(self) -> None:
        """Let the head become too hot."""
        await self._change(overheated=True)

    @verb
    async def cool_down(self) -> None:
        """Let the head cool down."""
        await self._change(overheated=False)

    @verb
    async def break_down(self) -> None:
        """An error that nobody at the counter can clear."""
        await self._change(broken=True)

    @verb
    async def repair(self) -> None:
        """The workshop has been there."""
        await self._change(broken=False)

    @verb
    async def power_off(self) -> None:
        """Cut the power: connections are reset and refused, what waited is lost."""
        await self._power_off()

    @verb
    async def power_on(self) -> None:
        """Switch on again; the paper is where it was."""
        self._life = None
        self._flowing.set()
        await self._door.open()

    @verb
    def die_after(self, bytes: int) -> None:  # noqa: A002  (the word of the control channel)
        """Cut the power after so many further bytes."""
        self._life = bytes

    @verb
    def mute(self) -> None:
        """Print, but answer nothing."""
        self._mute = True

    @verb
    def unmute(self) -> None:
        """Answer again."""
        self._mute = False

    @verb
    def stall(self) -> None:
        """Accept connections and take no byte from them."""
        self._flowing.clear()

    @verb
    def go_on(self) -> None:
        """Take bytes again."""
        self._flowing.set()

    @verb
    async def push_status(self) -> None:
        """Send the four bytes of automatic status although nobody asked."""
        for line in self._door.lines:
            await line.send(pushed(self._health))

    @verb
    def tear(self) -> None:
        """Tear off what hangs out."""
        self._tear()

    @verb
    def last_receipt(self) -> dict[str, str | int | None]:
        """Path of the last receipt's picture, and how many there have been."""
        if not self._cutter:
            self._tear()
        return {"path": str(self._receipts[-1]) if self._receipts else None, "count": len(self._receipts)}

    @verb
    def unknown_commands(self) -> list[str]:
        """The beginnings of what no manual explains, in hexadecimal, since the printer was built."""
        return list(self._unknowns)
