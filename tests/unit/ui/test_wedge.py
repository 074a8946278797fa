"""A scanner's burst is a code; a person's keys are a person's. Nothing is lost, nothing doubled."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.bridge.wedge import ETX, LEAST, LONGEST, STALL, STX, TICK, Stroke, Verdict, WedgeDetector

CODE = "QB1.01HZX3M2V5B4N6P7Q8R9S0T1U2.K7P-428.1a2b3c4d"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


CONTROL = "^"  # in these tests: a key that commands, such as Ctrl+W or F9


def stroke(text: str) -> Stroke:
    return Stroke("" if text == CONTROL else text, ord(text))


@dataclass
class Hand:
    """A window with a detector: keys come, the loop goes round or is busy."""

    clock: Clock = field(default_factory=Clock)
    typed: str = ""
    codes: list[str] = field(default_factory=list)
    spoilt: int = 0

    def __post_init__(self) -> None:
        self.detector = WedgeDetector(self.clock)

    def key(self, text: str, stamp: float = 0.0) -> None:
        self.take(self.detector.key(stroke(text), stamp))

    def keys(self, text: str, gap: float) -> None:
        for one in text:
            self.key(one)
            self.rest(gap)

    def rest(self, seconds: float) -> None:
        """The loop goes round every ``TICK``, as it does when the window has nothing else to do."""
        while seconds > TICK and self.detector.waiting:
            self.clock.now += TICK
            seconds -= TICK
            self.take(self.detector.tick())
        self.clock.now += seconds

    def stall(self, seconds: float) -> None:
        """The window is busy: no look, and keys wait in the queue."""
        self.clock.now += seconds

    def take(self, verdict: Verdict) -> None:
        self.typed += "".join(chr(one.key) for one in verdict.release)
        self.codes += [verdict.code] if verdict.code is not None else []
        self.spoilt += verdict.spoilt


def play(strokes: list[tuple[str, float]]) -> tuple[str, list[str]]:
    """What reaches the field, and what was scanned, when each key comes so many seconds after the one before."""
    hand = Hand()
    for text, gap in strokes:
        hand.rest(gap)
        hand.key(text)
    hand.rest(5)
    assert not hand.detector.waiting
    return hand.typed, hand.codes


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


@pytest.mark.parametrize("busy", [0.07, 0.5, 30.0])
@pytest.mark.parametrize("after", [1, 2, 20])
def test_a_busy_window_costs_a_code_no_character(busy: float, after: int) -> None:
    """The window is busy after the first key (a page is built, a picture painted): the others wait in the queue."""
    hand = Hand()
    hand.keys(CODE[:after], 0.002)
    hand.stall(busy)
    hand.take(hand.detector.tick())  # the timer may come before the keys that wait
    hand.keys(CODE[after:] + "\r", 0.0)
    assert (hand.typed, hand.codes) == ("", [CODE])


def test_a_person_during_a_stall_is_no_scanner_where_keys_carry_stamps() -> None:
    hand = Hand()
    hand.stall(3.0)
    for place, one in enumerate("12345678\r"):
        hand.key(one, stamp=100 + 0.2 * place)
    hand.rest(1)
    assert (hand.typed, hand.codes) == ("12345678\r", [])


def test_stamps_know_a_scanner_whatever_the_window_did_meanwhile() -> None:
    hand = Hand()
    for place, one in enumerate(CODE + "\r"):
        hand.key(one, stamp=100 + 0.001 * place)
        hand.stall(0.2)
        hand.take(hand.detector.tick()) if place % 7 == 3 else None
    assert (hand.typed, hand.codes) == ("", [CODE])


@pytest.mark.parametrize("place", [0, 1, 5, len(CODE)])
def test_a_code_with_a_command_in_it_does_nothing(place: int) -> None:
    hand = Hand()
    hand.keys(CODE[:place] + CONTROL + CODE[place:] + "\r", 0.002)
    hand.rest(1)
    assert (hand.typed, hand.codes) == ("", [])
    assert hand.spoilt
    hand.keys(CODE + "\r", 0.002)
    assert hand.codes == [CODE]


@pytest.mark.parametrize("text", [f"a{CONTROL}", f"{CONTROL}\r", f"{CONTROL * 3}", f"abcdefgh{CONTROL}"])
def test_a_few_keys_of_a_machine_with_a_command_do_nothing(text: str) -> None:
    assert play([(c, 0.001) for c in text]) == ("", [])


def test_a_command_inside_prefix_and_suffix_does_nothing() -> None:
    assert play([(c, 0.2) for c in f"{STX}12{CONTROL}34{ETX}"]) == ("", [])
    assert play([(c, 0.2) for c in f"{STX}12{CONTROL}34{ETX}{STX}56{ETX}"]) == ("", ["56"])


def test_a_persons_commands_come_through_in_order() -> None:
    text = f"12{CONTROL}3{CONTROL}{CONTROL}\r"
    assert play([(c, 0.075) for c in text]) == (text, [])


def test_a_command_waits_no_longer_than_a_person_notices() -> None:
    hand = Hand()
    hand.key(CONTROL)
    hand.rest(0.071)
    assert hand.typed == CONTROL


def test_what_no_code_can_be_is_none() -> None:
    assert play([(c, 0.001) for c in STX + "1" * (LONGEST + 1) + ETX]) == ("", [])


@given(st.lists(st.tuples(st.sampled_from("abc12" + CONTROL + "\r" + STX + ETX), st.floats(0.0, 0.015)), min_size=2))
def test_no_machine_ever_types_a_command(strokes: list[tuple[str, float]]) -> None:
    """At a scanner's speed, whatever is printed: no key that commands reaches the window."""
    assert CONTROL not in play(strokes)[0]


def test_one_stall_counts_less_than_a_pause() -> None:
    assert STALL < 0.06
