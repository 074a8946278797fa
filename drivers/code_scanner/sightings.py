"""When a code that was seen counts as read: pure rules over what single pictures gave."""

from collections.abc import Sequence

from drivers.code_scanner.decode import Found
from kiosk.contracts.code_scanner import Symbology

SEEN_TWICE_WITHIN = 1.0  # seconds between the two sightings of a bar code
QUIET = 1.0  # seconds in which the same code is not reported again
DAMAGED_LOOKS = 3  # pictures with a code that cannot be read, after which it is the code's fault


class Sightings:
    """What was seen lately. A QR code carries Reed–Solomon words that check themselves and counts at first sight; the
    one check character of a Code128 lets one misreading in a hundred pass, so it counts when seen twice alike."""

    def __init__(self) -> None:
        self._once: dict[Found, float] = {}
        self._reported: tuple[Found, float] | None = None
        self._damaged = 0

    def begin(self) -> None:
        """A new wait begins; what was reported last stays known."""
        self._once.clear()
        self._damaged = 0

    @property
    def unreadable(self) -> bool:
        """Whether a code lies there that nobody can read."""
        return self._damaged >= DAMAGED_LOOKS

    def see(self, found: Sequence[Found], damaged: bool, now: float) -> Found | None:
        """One picture's codes at ``now`` (monotonic seconds); the code to report, if any."""
        self._damaged += damaged and not found
        for one in sorted(found, key=lambda code: code.symbology is not Symbology.QR):
            if self._reported is not None and one == self._reported[0] and now - self._reported[1] < QUIET:
                continue
            if one.symbology is Symbology.QR or self._seen_before(one, now):
                self._reported = one, now
                return one
        return None

    def _seen_before(self, one: Found, now: float) -> bool:
        before = self._once.get(one)
        self._once[one] = now
        return before is not None and now - before <= SEEN_TWICE_WITHIN
