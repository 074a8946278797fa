"""One connection to one card: exclusive, without second chances.

After any failed exchange the handle is given back at once: the same handle can later reach a different card, so
whoever wants to go on starts again from identification.
"""

import enum
from types import TracebackType
from typing import Self

from drivers.smart_card import pcsc
from drivers.smart_card.apdu import Answer, Ins, command, parse_answer

MAX_RESPONSE = 64 * 1024  # bytes; a card that promises more and more is not listened to for ever


class Lost(enum.Enum):
    """What the connection was lost to."""

    SERVICE = "service"  # the PC/SC service went away
    CARD = "card"  # pulled, or it stopped answering: the watch tells which
    MUTE = "mute"  # it lies there and never answered
    TAKEN = "taken"  # another program holds it


class LinkLostError(Exception):
    """The connection is gone and the handle given back. Stays inside the card drivers."""

    def __init__(self, lost: Lost) -> None:
        super().__init__(lost.value)
        self.lost = lost


class CardLink:
    """The card in one reader, for ourselves alone, from making to ``close``. Worker thread only."""

    def __init__(self, context: pcsc.Context, reader: str) -> None:
        code, self._card, self._protocol = context.connect(reader)
        if code != pcsc.Code.OK:
            raise LinkLostError(_why_not(code))

    def transmit(self, apdu: bytes) -> Answer:
        """Send a command and return the whole answer: 61 xx is fetched, 6C xx is asked again with the right length.

        Blocks as long as the card thinks; PC/SC knows no time limit here. LinkLostError ends the connection.
        """
        answer = self._once(apdu)
        if (length := answer.right_length) is not None:
            answer = self._once(apdu[:4] + bytes((length,)) if len(apdu) <= 5 else apdu[:-1] + bytes((length,)))
        data = answer.data
        while (more := answer.more) is not None and len(data) < MAX_RESPONSE:
            answer = self._once(command(Ins.GET_RESPONSE, 0, 0, expect=more))
            data += answer.data
        return Answer(data, answer.sw)

    def _once(self, apdu: bytes) -> Answer:
        if self._card is None:
            raise LinkLostError(Lost.CARD)
        code, raw = pcsc.transmit(self._card, self._protocol, apdu)
        answer = parse_answer(raw) if code == pcsc.Code.OK else None
        if answer is None:
            self._give_back(reset=False)
            raise LinkLostError(Lost.SERVICE if code in pcsc.SERVICE_LOST else Lost.CARD)
        return answer

    def close(self) -> None:
        """Give the card back, reset; again and again without harm."""
        self._give_back(reset=True)

    def _give_back(self, *, reset: bool) -> None:
        card, self._card = self._card, None
        if card is not None:
            pcsc.disconnect(card, reset=reset)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _why_not(code: int) -> Lost:
    if code in pcsc.SERVICE_LOST:
        return Lost.SERVICE
    if code == pcsc.Code.SHARING_VIOLATION:
        return Lost.TAKEN
    if code in (pcsc.Code.UNRESPONSIVE_CARD, pcsc.Code.UNPOWERED_CARD):
        return Lost.MUTE
    return Lost.CARD
