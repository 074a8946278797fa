"""Supervision: the plan's numbers against what is there, and figures that say what they were counted from."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sandbox import figures
from kiosk.sandbox.figures import Accepted, Closed, Facts, Invoice, Notice, Rating, Submitted, Visit
from kiosk.sandbox.moments import DAY, HOUR, MINUTE

from .hands import KIOSK, OTHER_WINDOW, WINDOW, Hands, Story, advance, early_in_the_day, handed_over, second, ulid
from .running import Running

pytestmark = pytest.mark.processes


class Hall:
    """One hall with its supervisor."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.kiosk, self.window, self.chief = Hands(url, KIOSK), Hands(url, WINDOW), Hands(url, OTHER_WINDOW)
        self.sign_in()

    def sign_in(self) -> None:
        self.window.sign_in()
        self.chief.sign_in("0001")

    def day(self) -> str:
        return self.kiosk.now()[:10]

    def close(self) -> None:
        for one in (self.kiosk, self.window, self.chief):
            one.close()

    def stats(self, query: str = "") -> dict[str, Any]:
        found: dict[str, Any] = self.chief.call("GET", f"/v1/supervision/stats?{query or self.today()}").json()
        return found

    def today(self) -> str:
        return f"from={self.day()}&to={self.day()}"

    def figures(self, query: str = "") -> dict[str, tuple[int, int, float | None]]:
        return shown(self.stats(query)["groups"][0])

    def correct(self, story: Story, codes: list[str]) -> None:
        needs = [{"code": code, "text": "住所使用证明"} for code in codes]
        body = {"decision": "correction", "decided_at": self.window.now(), "by": "0317", "requirements": needs}
        path = f"/v1/cases/{story.case_id}/acceptances"
        hands = self.window if story.case(self.window)["state"] in ("SUBMITTED", "RECEIVED") else self.chief
        answer = hands.post(path, body, If_Match=f'"v{story.version}"')
        assert answer.status_code == 201, answer.text


def shown(group: dict[str, Any]) -> dict[str, tuple[int, int, float | None]]:
    return {one["name"]: (one["numerator"], one["denominator"], one["value"]) for one in group["figures"]}


@pytest.fixture
def hall(platform: Running) -> Iterator[Hall]:
    requests.post(f"{platform.url}/sandbox/reset", timeout=20)
    made = Hall(platform.url)
    early_in_the_day(made.kiosk)
    made.sign_in()
    yield made
    made.close()


# -- the plan's numbers


def thresholds(hands: Hands, site_id: str = "cq-demo-01") -> dict[str, dict[str, Any]]:
    said = hands.call("GET", f"/v1/halls/{site_id}/thresholds").json()
    return {one["name"]: one for one in said["items"]}


def beat(hall: Hall, terminal: str, state: str = "READY", kind: str = "receipt_printer") -> None:
    hands = Hands(hall.url, f"{terminal} demo-{terminal}")
    body = {
        "at": hands.now(), "seq": 1, "app_version": "0.1.0", "outbox": {"depth": 0, "parked": 0},
        "devices": [{"id": "one", "kind": kind, "state": state}],
    }  # fmt: skip
    assert hands.call("PUT", "/v1/terminals/self/heartbeat", body).status_code == 200
    hands.close()


def test_windows_are_counted_by_who_is_there_and_who_should_be(hall: Hall) -> None:
    two = thresholds(hall.chief)["windows"]
    assert (two["wanted"], two["actual"], two["met"], two["clause"]) == (3, 2, False, "R36")
    body = {"day": hall.day(), "lines": [{"staff_ref": "0403", "duty": "clerk", "window": "w-90"}]}
    assert hall.chief.call("PUT", "/v1/halls/cq-demo-01/roster", body, If_None_Match="*").status_code == 200
    assert thresholds(hall.chief)["windows"]["met"] is True
    hall.window.post("/v1/windows/w-03/pause", {"paused": True, "reason": "午休"})
    assert thresholds(hall.chief)["windows"]["actual"] == 2  # a paused window is not open
    other = Hands(hall.url, "window-21 demo-window-21")
    other.sign_in("0001")
    small = thresholds(other, "cq-demo-02")
    assert {name: one["wanted"] for name, one in small.items()} == {"windows": 2, "sets": 5, "helpers": 3}
    assert small["windows"]["clause"] == "R37"
    other.close()


def test_a_set_is_a_terminal_with_a_printer_heard_of_just_now(hall: Hall) -> None:
    assert thresholds(hall.chief)["sets"]["actual"] == 0
    beat(hall, "kiosk-01")
    beat(hall, "kiosk-02", "FAILED")
    assert thresholds(hall.chief)["sets"]["actual"] == 1
    beat(hall, "kiosk-02", "READY", "id_card_reader")
    assert thresholds(hall.chief)["sets"]["actual"] == 1
    beat(hall, "kiosk-02", "BUSY", "document_printer")
    assert thresholds(hall.chief)["sets"]["actual"] == 2
    advance(hall.kiosk, 91)
    assert thresholds(hall.chief)["sets"]["actual"] == 0


def test_helpers_on_the_roster_or_signed_in(hall: Hall) -> None:
    assert thresholds(hall.chief)["helpers"]["actual"] == 0
    helper = Hands(hall.url, "kiosk-02 demo-kiosk-02")
    helper.sign_in("0600")
    assert thresholds(hall.chief)["helpers"]["actual"] == 1
    body = {"day": hall.day(), "lines": [{"staff_ref": "0600", "duty": "helper"}]}
    hall.chief.call("PUT", "/v1/halls/cq-demo-01/roster", body, If_None_Match="*")
    assert thresholds(hall.chief)["helpers"]["actual"] == 1  # one person is one
    helper.close()


def test_roster_is_written_on_the_version_that_was_seen(hall: Hall) -> None:
    path = "/v1/halls/cq-demo-01/roster"
    empty = hall.chief.call("GET", path)
    assert (empty.json()["version"], empty.json()["lines"]) == (0, [])
    line = {"staff_ref": "0317", "duty": "clerk", "window": "w-03"}
    body: dict[str, Any] = {"day": hall.day(), "lines": [line]}
    first = hall.chief.call("PUT", path, body, If_None_Match="*")
    assert (first.status_code, first.headers["ETag"]) == (200, '"v1"')
    assert hall.chief.call("PUT", path, body, If_None_Match="*").status_code == 412
    assert hall.chief.call("PUT", path, body).status_code == 428
    second = hall.chief.call("PUT", path, {**body, "lines": []}, If_Match='"v1"')
    assert (second.json()["version"], second.json()["lines"]) == (2, [])
    stale = hall.chief.call("PUT", path, body, If_Match='"v1"')
    assert (stale.status_code, stale.headers["ETag"]) == (412, '"v2"')
    assert hall.chief.call("GET", path, If_None_Match='"v2"').status_code == 304
    assert hall.window.call("PUT", path, body, If_Match='"v2"').status_code == 403
    yesterday = (date.fromisoformat(hall.day()) - timedelta(days=1)).isoformat()
    late = hall.chief.call("PUT", path, {**body, "day": yesterday}, If_None_Match="*")
    assert (late.status_code, late.json()["code"]) == (409, "too-late")
    assert hall.chief.call("PUT", "/v1/halls/cq-demo-02/roster", body, If_None_Match="*").status_code == 404


@pytest.mark.parametrize(
    ("lines", "pointer"),
    [
        ([{"staff_ref": "0600", "duty": "clerk", "window": "w-03"}], "/lines/0/duty"),
        ([{"staff_ref": "9999", "duty": "clerk", "window": "w-03"}], "/lines/0/duty"),
        ([{"staff_ref": "0317", "duty": "clerk", "window": "w-21"}], "/lines/0/window"),
        ([{"staff_ref": "0317", "duty": "clerk"}], "/lines/0/window"),
        ([{"staff_ref": "0600", "duty": "helper", "window": "w-03"}], "/lines/0/window"),
        ([{"staff_ref": "0600", "duty": "helper"}] * 2, "/lines/1/staff_ref"),
    ],
)
def test_roster_of_nobody_knows_whom(hall: Hall, lines: list[dict[str, str]], pointer: str) -> None:
    body = {"day": hall.day(), "lines": lines}
    answer = hall.chief.call("PUT", "/v1/halls/cq-demo-01/roster", body, If_None_Match="*")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert hall.chief.call("GET", "/v1/halls/cq-demo-01/roster").json()["version"] == 0


def test_no_day_that_is_none(hall: Hall) -> None:
    body = {"day": "2026-02-30", "lines": []}
    assert hall.chief.call("PUT", "/v1/halls/cq-demo-01/roster", body, If_None_Match="*").status_code == 422
    assert hall.chief.call("GET", "/v1/halls/cq-demo-01/roster?day=2026-13-01").status_code == 422


def test_no_window_for_a_single_item(hall: Hall) -> None:
    path, every = "/v1/halls/cq-demo-01/queue-services", ["SETUP", "SEAL", "INVOICE", "SOCIAL", "FUND", "BANK"]
    good = {"services": [{"code": "opening", "name": "企业开办", "items": every}]}
    assert hall.chief.call("POST", path, good).json() == {"services": ["opening"], "clause": "R35"}
    for services in (
        [{"code": "seal", "name": "刻章", "items": ["SEAL"]}],
        [*good["services"], {"code": "tax", "name": "税务", "items": ["INVOICE"]}],
        [*good["services"], {"code": "opening-2", "name": "企业开办二", "items": every}],
    ):
        answer = hall.chief.call("POST", path, {"services": services})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["rule"].startswith("R35")
    assert hall.window.call("POST", path, good).status_code == 403


# -- figures of a real day


def test_nothing_is_no_nought_per_cent(hall: Hall) -> None:
    every = hall.figures()
    assert {value for _, _, value in every.values()} == {None}
    assert {numbers[:2] for numbers in every.values()} == {(0, 0)}


def test_a_day_with_one_smooth_case_one_corrected_one_on_its_way(hall: Hall) -> None:
    smooth = Story(hall.kiosk).submitted().ready(hall.window)
    handover = hall.window.post("/v1/handovers", smooth.bundle(hall.window)).json()
    fact = handed_over(handover, hall.window.now())
    assert hall.window.post(f"/v1/handovers/{handover['id']}/handed-over", fact).json()["state"] == "HANDED_OVER"
    rated = {"case_id": smooth.case_id, "phase": "collected", "level": 4, "rated_at": hall.kiosk.now()}
    assert hall.kiosk.post("/v1/evaluations", rated).status_code == 201
    hall.correct(Story(hall.kiosk).submitted(), ["lease_missing"])
    Story(hall.kiosk).submitted().accept(hall.window)

    found = hall.figures()
    assert found["accepted"] == (2, 3, 0.6667)
    assert found["corrections"] == (1, 3, 0.3333)
    assert found["one_day_promise_kept"] == (1, 1, 1.0)  # the third is neither kept nor broken yet
    assert found["breaches"] == (0, 1, 0.0)
    assert found["done_same_day"] == (1, 1, 1.0)
    assert found["one_visit"] == (1, 1, 1.0)
    assert found["second_notices"] == (0, 1, 0.0)
    assert found["invoices_within_60_minutes"] == (1, 1, 1.0)
    assert found["discrepancies"] == (0, 1, 0.0)
    assert found["level_4"] == (1, 1, 1.0)
    assert found["good"] == (1, 1, 1.0)
    assert found["unrated"] == (2, 3, 0.6667)  # two acceptances that nobody rated: unrated, and not good
    other = Hands(hall.url, "window-21 demo-window-21")
    other.sign_in("0001")
    said = other.call("GET", f"/v1/supervision/stats?{hall.today()}").json()
    assert {numbers[:2] for numbers in shown(said["groups"][0]).values()} == {(0, 0)}
    other.close()


def test_waiting_time_by_the_hour(hall: Hall) -> None:
    for _ in range(2):
        body = {"id": ulid(), "site_id": "cq-demo-01", "taken_at": hall.kiosk.now()}
        assert hall.kiosk.post("/v1/tickets", body).status_code == 201
    hour = hall.kiosk.now()[11:13]
    advance(hall.kiosk, 240)
    called = hall.window.post("/v1/windows/w-03/call-next", None).json()
    hall.window.post(f"/v1/tickets/{called['id']}/finish", {"finished_at": hall.window.now()})
    found = hall.stats(f"{hall.today()}&group_by=hour")["groups"]
    waits = {group["key"]: shown(group)["waiting_minutes_p90"] for group in found}
    assert waits[hour] == (1, 2, 4.0)  # one of two was called, after four minutes
    assert hall.figures()["visits_per_window_hour"] == (1, 1, 1.0)


def test_how_long_helpers_take_to_come_and_stay(hall: Hall) -> None:
    beside, calls = Hands(hall.url, KIOSK), [ulid(), ulid()]
    for call_id in calls:
        assert hall.kiosk.post("/v1/assistance-requests", {"id": call_id, "screen": "home"}).status_code == 201
    advance(hall.kiosk, 120)
    beside.sign_in("0600")
    path = f"/v1/assistance-requests/{calls[0]}"
    assert beside.post(f"{path}/join", {"by": "0600"}, If_Match='"v1"').status_code == 200
    advance(hall.kiosk, 300)
    found = hall.figures()
    assert found["helped"] == (1, 2, 0.5)
    assert found["help_waiting_minutes_p50"] == (1, 2, 2.0)
    assert found["help_minutes_p50"] == (0, 1, None)  # still there
    assert beside.post(f"{path}/leave", {"by": "0600"}, If_Match='"v2"').status_code == 200
    assert hall.figures()["help_minutes_p90"] == (1, 1, 5.0)
    beside.close()


def test_by_day_every_day_is_there(hall: Hall) -> None:
    today = date.fromisoformat(hall.day())
    first = (today - timedelta(days=2)).isoformat()
    Story(hall.kiosk).submitted()
    groups = hall.stats(f"from={first}&to={today.isoformat()}&group_by=day")["groups"]
    assert [group["key"] for group in groups] == [(today - timedelta(days=n)).isoformat() for n in (2, 1, 0)]
    assert [shown(group)["accepted"][:2] for group in groups] == [(0, 0), (0, 0), (0, 1)]


def test_what_has_to_be_told_about(hall: Hall) -> None:
    late, first = Story(hall.kiosk).submitted(), Story(hall.kiosk).submitted()
    hall.correct(first, ["lease_missing", "signature_missing"])
    again = Story(hall.kiosk)
    assert again.reserve_name().status_code == 201
    body = {"slip_code": again.slip, "form": again.form, "previous_case_id": first.case_id}
    kept = hall.kiosk.call("PUT", f"/v1/cases/{again.case_id}/draft", body, If_None_Match="*")
    again.version = kept.json()["version"]
    assert again.submit().status_code == 200
    needs = [{"code": code, "text": "再次"} for code in ("lease_missing", "seal_agent")]
    notice = {"decision": "correction", "decided_at": hall.window.now(), "by": "0317", "requirements": needs}
    notice["second_reason"] = "漏说的一项"
    path, headers = f"/v1/cases/{again.case_id}/acceptances", second(hall.window, "0001")
    assert hall.window.post(path, notice, If_Match=f'"v{again.version}"', **headers).status_code == 201
    late.accept(hall.window)
    begin = hall.day()
    due = datetime.fromisoformat(late.case(hall.window)["due_at"])
    case_nos = {one: one.case(hall.window)["case_no"] for one in (late, first, again)}
    shift = (due - datetime.fromisoformat(hall.kiosk.now())).total_seconds()
    advance(hall.kiosk, shift + 60)  # in one leap: the offices finish when it is too late
    hall.sign_in()
    span = f"from={begin}&to={hall.day()}"
    answer = hall.chief.call("GET", f"/v1/supervision/exceptions?{span}")
    found = [(one["kind"], one["case_no"], one["detail"]) for one in answer.json()["items"]]
    assert ("overdue", case_nos[late], "") in found
    assert ("second_notice", case_nos[again], "") in found
    assert ("duplicate_demand", case_nos[again], "lease_missing") in found
    assert not [one for one in found if one[1] == case_nos[first]]
    assert "王" not in answer.text
    figure = hall.figures(span)
    assert figure["second_notices"] == (1, 2, 0.5)
    assert figure["duplicate_demands"] == (1, 2, 0.5)
    assert hall.window.call("GET", f"/v1/supervision/exceptions?{span}").status_code == 403


@pytest.mark.parametrize(
    "query", ["", "from=2026-01-01", "from=2026-01-02&to=2026-01-01", "from=2025-01-01&to=2026-12-31",
              "from=2026-02-30&to=2026-03-01", "from=2026-01-01&to=2026-01-01&group_by=clerk",
              "from=9999-12-31&to=9999-12-31"],
)  # fmt: skip
def test_spans_that_are_none(hall: Hall, query: str) -> None:
    for path in ("stats", "exceptions"):
        if "group_by" in query and path == "exceptions":
            continue
        assert hall.chief.call("GET", f"/v1/supervision/{path}?{query}").status_code == 422


def test_burden_is_what_the_terminals_of_the_hall_measured(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        hall, elsewhere = Hall(running.url), Hands(running.url, "kiosk-21 demo-kiosk-21")
        assert hall.stats()["burden"] == []
        now = datetime.fromisoformat(hall.kiosk.now())

        def told(hands: Hands, name: str, value: float, at: datetime = now) -> None:
            event = {"id": ulid(), "at": at.isoformat(), "name": name, "value": value, "step": "scope"}
            answer = hands.call("POST", "/v1/terminals/self/telemetry", {"events": [event]})
            assert answer.json()["results"][0]["status"] == "accepted", answer.text

        for seconds in range(1, 11):
            told(hall.kiosk, "seconds", seconds)
        told(elsewhere, "seconds", 1000)
        told(hall.kiosk, "taps", 1, now - timedelta(days=1))
        assert hall.stats()["burden"] == [{"name": "seconds", "step": "scope", "count": 10, "p50": 5.0, "p90": 9.0}]
        elsewhere.close()
        hall.close()
        assert running.stop() == 0
        assert running.errors() == ""


# -- the rules of counting, pure

NOON = 1_790_000_000_000


def test_a_promise_is_judged_when_it_can_be() -> None:
    due = NOON + DAY
    kept = Accepted(NOON, "a", due, NOON + HOUR)
    late = Accepted(NOON, "b", due, due + 1)
    open_ = Accepted(NOON, "c", due)
    gone = Accepted(NOON, "d", due, None, withdrawn=True)
    facts = Facts(accepted=(kept, late, open_, gone))
    early = {one.name: one for one in figures.figures_of(facts, NOON + HOUR)}
    assert (early["one_day_promise_kept"].numerator, early["one_day_promise_kept"].denominator) == (1, 2)
    after = {one.name: one for one in figures.figures_of(facts, due + HOUR)}
    assert (after["breaches"].numerator, after["breaches"].denominator) == (2, 3)


def test_unrated_is_never_good() -> None:
    facts = Facts(accepted=(Accepted(NOON, "a", NOON + DAY),), closed=(Closed(NOON, 1), Closed(NOON, 2, rated=True)),
                  ratings=(Rating(NOON, 2),))  # fmt: skip
    found = {one.name: one for one in figures.figures_of(facts, NOON)}
    assert (found["good"].numerator, found["good"].denominator, found["good"].value) == (0, 1, 0.0)
    assert (found["unrated"].numerator, found["unrated"].denominator) == (2, 3)
    nobody = {one.name: one for one in figures.figures_of(Facts(closed=(Closed(NOON, 1),)), NOON)}
    assert nobody["good"].value is None


def test_an_invoice_in_time() -> None:
    facts = Facts(invoices=(
        Invoice(NOON, NOON + HOUR, NOON + HOUR), Invoice(NOON, NOON + HOUR, NOON + HOUR + 1),
        Invoice(NOON, NOON + HOUR, None), Invoice(NOON, NOON + 3 * HOUR, None),
    ))  # fmt: skip
    found = {one.name: one for one in figures.figures_of(facts, NOON + 2 * HOUR)}["invoices_within_60_minutes"]
    assert (found.numerator, found.denominator) == (1, 3)


_moments = st.integers(NOON, NOON + 3 * DAY)
_maybe = st.none() | _moments
_yes = st.booleans()


def _some(kind: Any, *parts: Any) -> Any:
    return st.lists(st.builds(kind, *parts), max_size=5)


_facts = st.builds(
    Facts,
    submitted=_some(Submitted, _moments, _yes, _yes),
    accepted=_some(Accepted, _moments, st.just("n"), _moments, _maybe, _yes, _yes),
    closed=_some(Closed, _moments, st.integers(0, 3), _yes),
    notices=_some(Notice, _moments, st.just("n"), _yes, st.sampled_from([(), ("a",)])),
    invoices=_some(Invoice, _moments, _moments, _maybe),
    visits=_some(Visit, _moments, st.none(), _maybe, st.sampled_from(["w1", "w2"])),
    ratings=_some(Rating, _moments, st.integers(1, 5)),
)


@given(_facts, _moments)
def test_every_share_is_a_share(facts: Facts, now: int) -> None:
    found = figures.figures_of(facts, now)
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert (one.value is None) == (one.denominator == 0 or (one.unit == "minutes" and one.numerator == 0))
        if one.unit == "share" and one.value is not None:
            assert 0 <= one.numerator <= one.denominator
            assert one.value == round(one.numerator / one.denominator, 4)
    levels = [one for one in found if one.name.startswith("level_")]
    assert sum(one.numerator for one in levels) == len(facts.ratings)


@given(_facts, _moments)
def test_days_add_up_to_the_whole(facts: Facts, now: int) -> None:
    whole = {one.name: one for one in figures.figures_of(facts, now)}
    by_day = [figures.figures_of(one, now) for one in figures.split(facts, figures.key_of("day")).values()]
    for name in ("accepted", "breaches", "one_visit", "second_notices", "good", "unrated"):
        parts = [one for day in by_day for one in day if one.name == name]
        assert sum(one.numerator for one in parts) == whole[name].numerator
        assert sum(one.denominator for one in parts) == whole[name].denominator


@given(st.lists(st.integers(0, 1000), min_size=1), st.sampled_from([0.5, 0.9]))
def test_percentiles(values: list[int], part: float) -> None:
    found = figures.percentile(values, part)
    assert found in values
    assert sum(one <= found for one in values) >= part * len(values)
    assert sum(one < found for one in values) < part * len(values)


def test_minutes_are_minutes() -> None:
    facts = Facts(visits=(Visit(NOON, NOON + 7 * MINUTE, None, ""), Visit(NOON, None, None, "")))
    found = {one.name: one for one in figures.figures_of(facts, NOON)}["waiting_minutes_p50"]
    assert (found.value, found.numerator, found.denominator) == (7.0, 1, 2)
    assert json.dumps(found.unit) == '"minutes"'
