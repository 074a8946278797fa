"""Writers take turns."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from kiosk.sandbox.turns import Turns


def _wait_for(turns: Turns, count: int) -> None:
    end = time.monotonic() + 10
    while len(turns._waiting) < count:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_in_the_order_in_which_they_came() -> None:
    turns, order = Turns(), []

    def work(number: int) -> None:
        assert turns.take(30)
        order.append(number)
        turns.give()

    assert turns.take(0)
    with ThreadPoolExecutor(20) as pool:
        for number in range(20):
            pool.submit(work, number)
            _wait_for(turns, number + 1)
        turns.give()
    assert order == list(range(20))
    assert turns.take(0)


def test_whoever_has_no_patience_goes_without() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0)


def test_never_two_at_once_and_nobody_left_behind() -> None:
    turns, inside, most, came = Turns(), 0, 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal inside, most, came
        for _ in range(300):
            if not turns.take(0.0005):
                continue
            with lock:
                inside += 1
                most, came = max(most, inside), came + 1
            with lock:
                inside -= 1
            turns.give()

    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(work)
    assert (most, inside) == (1, 0) and came > 0
    assert turns.take(0), "the last one has given it back"
