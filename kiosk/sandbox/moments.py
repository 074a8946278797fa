"""Times are kept as milliseconds since 1970 and leave as RFC 3339 in the time of Chongqing."""

from datetime import UTC, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8))
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = -62_135_510_400_000, 253_402_128_000_000  # the calendar's ends, two days inside


def at(ms: int) -> datetime:
    """The moment on the wire. A terminal may have sent one that no calendar has in this place of the world."""
    return (_EPOCH + timedelta(milliseconds=min(max(ms, _FIRST), _LAST))).astimezone(SHANGHAI)


def maybe(ms: int | None) -> datetime | None:
    """The moment, if there is one."""
    return None if ms is None else at(ms)


def told_ms(moment: datetime, now: int) -> int:
    """A moment as a terminal tells it, which was not after now and not before the clock began."""
    return max(0, min(ms_of(moment), now))


def ms_of(moment: datetime) -> int:
    """Milliseconds of a moment with an offset."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)
