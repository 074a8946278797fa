"""The news of the cache: whoever is busy hears of every change, and of none twice."""

import threading

import pytest

from kiosk.domain.ids import CaseId
from offline_cache.news import News


def told(*changes: CaseId | None) -> list[CaseId | None]:
    """What a listener hears of changes that were all made while it was busy."""
    news, heard, busy = News(), list[CaseId | None](), threading.Event()

    def listen(case_id: CaseId | None) -> None:
        busy.wait(10)
        heard.append(case_id)

    news.subscribe(listen)
    for change in changes:
        news.tell(change)
    news.start()
    busy.set()
    news.stop()
    return heard


def test_what_changed_twice_is_told_once_and_in_order() -> None:
    one, two = CaseId("one"), CaseId("two")
    assert told(one, two, one, one, None, two) == [one, two, None]


def test_when_very_many_changed_anything_did() -> None:
    assert told(*(CaseId(str(number)) for number in range(1000))) == [None]


def test_a_listener_that_fails_silences_nobody(caplog: pytest.LogCaptureFixture) -> None:
    news, heard = News(), list[CaseId | None]()

    def fail(_: CaseId | None) -> None:
        raise ValueError("of a person")

    news.subscribe(fail)
    news.subscribe(heard.append)
    news.tell(None)
    news.start()
    news.stop()
    assert heard == [None]
    assert "of a person" not in caplog.text
