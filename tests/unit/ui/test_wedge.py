"""A scanner's burst is a code; a person's keys are a person's. Nothing is lost, nothing doubled."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from ui.bridge.wedge import ETX, LEAST, STX, WedgeDetector

CODE = "QB1.01HZX3M2V5B4N6P7Q8R9S0T1U2.K7P-428.1a2b3c4d"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def play(strokes: list[tuple[str, float]]) -> tuple[str, list[str]]:
    """What reaches the field, and what was scanned, when each key comes so many seconds after the one before."""
    clock = Clock()
    detector = WedgeDetector(clock)
    typed, codes = "", []
    for text, gap in strokes:
        while gap > 0.02 and detector.waiting:  # the filter looks every 20 ms
            clock.now += 0.02
            gap -= 0.02  # noqa: PLW2901
            typed += "".join(detector.idle().release)
        clock.now += gap
        verdict = detector.key(text)
        typed += "".join(verdict.release)
        if verdict.code is not None:
            codes.append(verdict.code)
    clock.now += 5
    typed += "".join(detector.idle().release)
    assert not detector.waiting
    return typed, codes


def test_a_burst_with_enter_is_a_code() -> None:
    assert play([(c, 0.001) for c in CODE + "\r"]) == ("", [CODE])


def test_a_slow_scanner_still_is_one() -> None:
    assert play([(c, 0.025) for c in CODE + "\t"]) == ("", [CODE])


def test_a_burst_without_an_end_is_typing() -> None:
    assert play([(c, 0.001) for c in CODE]) == (CODE, [])


def test_too_few_characters_are_typing() -> None:
    few = "1" * (LEAST - 1) + "\r"
    assert play([(c, 0.001) for c in few]) == (few, [])


def test_prefix_and_suffix_make_a_code_of_any_speed() -> None:
    assert play([(c, 0.3) for c in STX + "12" + ETX]) == ("", ["12"])
    assert play([("a", 0.2), *((c, 0.01) for c in STX + "12\r"), ("b", 0.2)]) == ("ab", ["12"])


def test_a_code_that_never_ends_is_forgotten_not_typed() -> None:
    assert play([(c, 0.01) for c in STX + "123"]) == ("", [])


def test_typing_before_and_after_a_scan() -> None:
    strokes = [("h", 0.1), ("i", 0.1), (CODE[0], 0.2), *((c, 0.002) for c in CODE[1:] + "\r"), ("o", 0.2)]
    assert play(strokes) == ("hio", [CODE])


@given(st.lists(st.tuples(st.sampled_from("abc123\r\t"), st.floats(0.061, 1.0)), max_size=30))
def test_a_person_loses_no_key(strokes: list[tuple[str, float]]) -> None:
    assert play(strokes) == ("".join(text for text, _ in strokes), [])


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc123\r\t" + STX + ETX), st.sampled_from([0.0, 0.01, 0.029, 0.05, 0.06, 0.1, 1.1])
        ),
        max_size=40,
    )
)
def test_nothing_is_doubled(strokes: list[tuple[str, float]]) -> None:
    typed, codes = play(strokes)
    given_keys = [text for text, _ in strokes if text not in (STX, ETX)]
    came = typed.replace(ETX, "") + "".join(codes)
    for letter in "abc123":
        assert came.count(letter) <= given_keys.count(letter)
