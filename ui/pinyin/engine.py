"""Letters into words: full pinyin, initials, and a simple cutting of longer input. Learns nothing, writes nothing."""

import sqlite3
from functools import cache
from pathlib import Path

from kiosk.code_tables.syllables import cut, starts
from ui.engines import Candidate


class DictionaryMissingError(Exception):
    """One line that says how to build it."""


class Pinyin:
    """Reads the dictionary made by ``python -m ui.pinyin.build``; about a tenth of a millisecond per query."""

    def __init__(self, dictionary: Path) -> None:
        try:
            self._db = sqlite3.connect(f"file:{dictionary}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            self._db.execute("SELECT k, f, w FROM d LIMIT 1").fetchone()
        except sqlite3.Error as error:
            raise DictionaryMissingError(
                f"pinyin dictionary {dictionary} cannot be read ({error}); "
                f"build it: python -m ui.pinyin.build --out {dictionary}"
            ) from error
        self._words = cache(self._look_up)

    def close(self) -> None:
        """Let go of the file."""
        self.forget()
        self._db.close()

    def forget(self) -> None:
        """What was looked up is what somebody typed: it goes with the visit."""
        self._words.cache_clear()

    def candidates(self, given: str, limit: int = 24) -> list[Candidate]:
        """Best first: the whole input as a word, as a sentence, as a beginning; then what its first parts may be."""
        letters = given.lower()
        plain = letters.replace("'", "")
        if not plain or not plain.isascii() or not plain.isalpha():
            return []
        found: dict[str, int] = {}

        def take(words: tuple[str, ...], used: int) -> None:
            for word in words:
                found.setdefault(word, used)

        take(self._words(plain), len(letters))
        if len(found) < limit and (sentence := self._sentence(plain)):
            take((sentence,), len(letters))
        take(self._beginning(plain), len(letters))
        for end in reversed(starts(plain)):
            if len(found) >= limit:
                break
            take(self._words(plain[:end]), _used(letters, end))
        return [Candidate(word, used) for word, used in list(found.items())[:limit]]

    def readings(self, word: str) -> list[str]:
        """How a word may be typed: its initials first, then in full. For exercising the keyboard, not for typing."""
        rows = self._db.execute("SELECT k FROM d WHERE w = ? ORDER BY k GLOB '~*' DESC, length(k), f DESC", (word,))
        return [str(row[0]).removeprefix("~") for row in rows]

    def _look_up(self, key: str) -> tuple[str, ...]:
        rows = self._db.execute(
            "SELECT w FROM d WHERE k IN (?, ?) ORDER BY k = ? DESC, length(w) DESC, f DESC LIMIT 120",
            (key, "~" + key, key),
        )
        return tuple(dict.fromkeys(row[0] for row in rows))

    def _beginning(self, key: str) -> tuple[str, ...]:
        """Words whose pinyin begins like this: chongq → 重庆."""
        if len(key) < 3:
            return ()
        rows = self._db.execute("SELECT w FROM d WHERE k > ? AND k < ? ORDER BY f DESC LIMIT 6", (key, key + "{"))
        return tuple(row[0] for row in rows)

    def _sentence(self, key: str) -> str:
        """Cut into syllables, then the fewest and commonest words that cover them all."""
        syllables = cut(key)
        if len(syllables) < 2:
            return ""
        best: list[tuple[int, str] | None] = [(0, "")] + [None] * len(syllables)
        for end in range(1, len(syllables) + 1):
            for begin in range(max(0, end - 6), end):
                before = best[begin]
                words = self._words("".join(syllables[begin:end])) if before is not None else ()
                fits = [w for w in words if len(w) == end - begin]
                if before is None or not fits:
                    continue
                option = (before[0] + 1, before[1] + fits[0])
                if best[end] is None or option[0] < best[end][0]:  # type: ignore[index]
                    best[end] = option
        last = best[-1]
        return last[1] if last else ""


def _used(letters: str, plain_end: int) -> int:
    """Where in the typed letters, apostrophes included, the first ``plain_end`` letters end."""
    seen = 0
    for at, letter in enumerate(letters):
        if letter != "'":
            seen += 1
        if seen == plain_end:
            return at + 1
    return len(letters)
