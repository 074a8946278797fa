"""The syllables of Mandarin in pinyin letters (ü written v), and how a row of letters is cut into them."""

from functools import lru_cache

# Finals that follow each initial, from the syllabary of 汉语拼音方案.
_TABLE = {
    "": "a ai an ang ao e ei en eng er o ou yi ya yo ye yao you yan yin yang ying wu wa wo wai wei wan wen wang weng "
    "yu yue yuan yun yong",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
}
SYLLABLES = frozenset(initial + final for initial, finals in _TABLE.items() for final in finals.split())


@lru_cache(maxsize=256)
def cut(letters: str) -> tuple[str, ...]:
    """The cutting with the fewest syllables that uses every letter; empty when there is none."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for begin in range(max(0, end - 6), end):
            before = best[begin]
            if before is None or letters[begin:end] not in SYLLABLES:
                continue
            option = (*before, letters[begin:end])
            present = best[end]
            if present is None or len(option) < len(present):
                best[end] = option
    return best[-1] or ()


def starts(letters: str) -> list[int]:
    """Ends of every beginning that can be cut into syllables, and of the first letter alone (an initial)."""
    ends = {end for end in range(1, len(letters)) if cut(letters[:end])}
    return sorted(ends | ({1} if len(letters) > 1 else set()))
