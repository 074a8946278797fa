"""Eight clients, each a process of its own, want the same at the same moment, on both databases; servers and
databases die in the middle. Nothing is handed over twice, nothing that was answered is gone, nobody sees a lock.

What must hold is looked up in the database itself after every run. That the tests can fail is shown by running them
against a platform with a guard taken out.
"""

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk.sandbox import tables as t

from .hands import KIOSK, WINDOW, Hands, Story, key, ulid
from .postgres import Postgres
from .postgres import engine as engine_of
from .racer import Crowd
from .running import NewDatabase, Running
from .shelves import ReadyCase, broken, copies, issues, more_windows, pattern

pytestmark = pytest.mark.processes

SITE = "cq-demo-01"


@dataclass(frozen=True)
class Size:
    rounds: int
    runs: int
    articles: int  # per client and run
    kills: int


SMALL = Size(rounds=4, runs=1, articles=40, kills=1)
FULL = Size(rounds=60, runs=20, articles=1000, kills=3)
both_sizes = pytest.mark.parametrize(
    "size",
    [
        pytest.param(SMALL, id="small"),
        pytest.param(FULL, id="full", marks=[pytest.mark.long, pytest.mark.timeout(3600)]),
    ],
)


@pytest.fixture(scope="session")
def crowd() -> Iterator[Crowd]:
    made = Crowd()
    yield made
    made.close()


@dataclass
class Field:
    """A platform with eight windows and one case as the pattern for many; on PostgreSQL of two server processes."""

    running: Running
    engine: sa.Engine
    windows: list[tuple[str, str]]
    tokens: list[str]
    pattern: ReadyCase
    now: str
    others: list[Running] = field(default_factory=list)

    def order(self, n: int, what: str, *, patient: bool = False, **more: Any) -> dict[str, Any]:
        """An order for the n-th racer, who works at the n-th window."""
        servers = [self.running, *self.others]
        return {
            "what": what, "patient": patient, "ready": str(servers[n % len(servers)].ready_file.absolute()),
            "now": self.now,
            "headers": {"Kiosk-Terminal": self.windows[n][0], "Authorization": f"Bearer {self.tokens[n]}"}, **more,
        }  # fmt: skip

    def post(self, n: int, requests: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
        return self.order(n, "post", requests=requests, **more)

    def feed_head(self) -> str:
        hands = Hands(self.running.url, KIOSK)
        cursor: str = hands.call("GET", f"/v1/snapshots/{SITE}").json()["cursor"]
        hands.close()
        return cursor


def lay_out(running: Running, url: str, windows: int = 8) -> Field:
    engine = engine_of(url)
    kiosk, window = Hands(running.url, KIOSK), Hands(running.url, WINDOW)
    window.sign_in()
    found = more_windows(engine, windows)
    tokens = []
    for header, _ in found:
        hands = Hands(running.url, header)
        tokens.append(hands.sign_in()["token"])
        hands.close()
    made = Field(running, engine, found, tokens, pattern(kiosk, window), window.now())
    kiosk.close()
    window.close()
    return made


@pytest.fixture(scope="module")
def ground(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    url = new_database()
    servers = [Running(Path(tmp_path_factory.mktemp("races")), database=url) for _ in range(2 if "://" in url else 1)]
    try:
        made = lay_out(servers[0].start(), url)
        made.others += [other.start() for other in servers[1:]]
        yield made
        for running in servers:
            assert running.stop() == 0
            assert running.errors() == "", "a lock, a deadlock or a failure"
    finally:
        for running in servers:
            running.__exit__()


@pytest.fixture
def own_ground(new_database: NewDatabase, tmp_path: Path) -> Iterator[Field]:
    """One whose server dies."""
    url = new_database()
    with Running(tmp_path, database=url) as running:
        yield lay_out(running, url)
        assert running.stop() == 0


def codes(answers: list[dict[str, Any]]) -> Counter[int]:
    return Counter(one["status"] for one in answers)


def one_round(field_: Field, crowd: Crowd, cases: list[ReadyCase]) -> list[dict[str, Any]]:
    """Each client prepares its case at its own window, all at once."""
    orders = [
        field_.post(n, [{"path": "/v1/handovers", "body": case.bundle(field_.windows[n][1]), "key": key()}])
        for n, case in enumerate(cases)
    ]
    return [answers[0] for answers in crowd.run(orders)]


def give_back(field_: Field, answer: dict[str, Any]) -> None:
    """The winner aborts, so that its window is free for the next round."""
    handover = json.loads(answer["body"])
    n = next(n for n, (_, window) in enumerate(field_.windows) if window == handover["window"])
    hands = Hands(field_.running.url, field_.windows[n][0])
    hands.session.headers["Authorization"] = f"Bearer {field_.tokens[n]}"
    body = {"reason": "race", "physically_checked": True, "aborted_at": field_.now}
    gone = hands.post(f"/v1/handovers/{handover['id']}/abort", body)
    assert gone.json()["state"] == "ABORTED", gone.text
    hands.close()


@both_sizes
def test_the_same_application(ground: Field, crowd: Crowd, size: Size) -> None:
    for case in copies(ground.engine, ground.pattern, size.rounds):
        answers = one_round(ground, crowd, [case] * 8)
        assert codes(answers) == {201: 1, 409: 7}
        lost = {json.loads(one["body"])["code"] for one in answers if one["status"] == 409}
        assert lost <= {"handover-open", "version-mismatch"}
        give_back(ground, next(one for one in answers if one["status"] == 201))
    assert broken(ground.engine) == []


@both_sizes
def test_the_same_goods(ground: Field, crowd: Crowd, size: Size) -> None:
    """Eight cases whose papers name the same things: only the case to which they belong gets them."""
    for _ in range(size.rounds):
        cases = copies(ground.engine, ground.pattern, 8)
        wanted = {line["article_id"]: line for line in cases[0].lines}
        twins = [cases[0], *(_naming_the_same(ground.engine, case, list(wanted.values())) for case in cases[1:])]
        answers = one_round(ground, crowd, twins)
        assert codes(answers) == {201: 1, 409: 7}
        winner = next(one for one in answers if one["status"] == 201)
        assert json.loads(winner["body"])["case_id"] == cases[0].case_id
        reserved = sa.select(sa.func.count()).select_from(t.unit).where(t.unit.c.state == "RESERVED")
        with ground.engine.connect() as c:
            in_hand = c.execute(reserved).scalar_one()
        give_back(ground, winner)
        bound = sum(str(line.get("unit_id")).startswith("tax_device") for line in wanted.values())
        assert in_hand == sum("unit_id" in line for line in wanted.values()) - bound  # nothing of the losers'
    assert broken(ground.engine) == []


def _naming_the_same(engine: sa.Engine, case: ReadyCase, wanted: list[dict[str, Any]]) -> ReadyCase:
    """The case's articles as if somebody had written another case's goods into them."""
    lines = []
    with engine.begin() as c:
        for mine, theirs in zip(case.lines, wanted, strict=True):
            goods = {name: value for name, value in theirs.items() if name in ("unit_id", "batch_id", "first_no")}
            c.execute(sa.update(t.article).where(t.article.c.id == mine["article_id"]).values(**goods))
            lines.append({**mine, **goods})
    return ReadyCase(case.case_id, case.version, case.verification_id, tuple(lines))


@both_sizes
def test_the_same_key(ground: Field, crowd: Crowd, size: Size) -> None:
    """One act, eight answers with the same bytes; the same key with another body is nobody's."""
    me = ground.post(0, [])["headers"]

    def eight(bodies: list[Any]) -> list[dict[str, Any]]:
        idem = key()
        requests = [{"path": "/v1/assistance-requests", "body": body, "key": idem} for body in bodies]
        orders = [{**ground.post(n, [one]), "headers": me} for n, one in enumerate(requests)]
        return [one[0] for one in crowd.run(orders)]

    for _ in range(size.rounds):
        answers = eight([{"id": ulid(), "screen": "home"}] * 8)
        assert codes(answers) == {201: 8}
        assert len({one["body"] for one in answers}) == 1
        assert sum(one["replayed"] for one in answers) == 7
        answers = eight([{"id": ulid(), "screen": "home"} for _ in range(8)])
        assert codes(answers) == {201: 1, 422: 7}
        assert {json.loads(one["body"])["code"] for one in answers if one["status"] == 422} == {
            "idempotency-key-reused"
        }
    assert broken(ground.engine) == []


def work_for(field_: Field, crowd: Crowd, articles: int, *, patient: bool) -> list[dict[str, Any]]:
    """Cases of about so many articles for each client, and the orders to hand them all over."""
    per_client = -(-articles // len(field_.pattern.lines))
    made = copies(field_.engine, field_.pattern, per_client * len(crowd))
    return [
        field_.order(
            n, "issue", patient=patient,
            bundles=issues(made[n * per_client : (n + 1) * per_client], field_.windows[n][1]),
        )
        for n in range(len(crowd))
    ]  # fmt: skip


def all_issued_once(field_: Field, results: list[list[dict[str, Any]]], before: int) -> None:
    done = [one for mine in results for one in mine]
    for act in ("handed", "prepared"):
        refused = Counter(
            (one[act] or {}).get("body") for one in done if (one[act] or {}).get("status") not in (200, 201)
        )
        assert not refused, act
    facts = [json.loads(one["handed"]["body"]) for one in done]
    assert {(fact["state"], fact["discrepancy_id"], fact["case"]["state"]) for fact in facts} == {
        ("HANDED_OVER", None, "CLOSED")
    }
    with field_.engine.connect() as c:
        live = sa.select(sa.func.count()).select_from(t.handover_line).where(t.handover_line.c.live.is_(True))
        assert c.execute(live).scalar_one() - before == len(done) * len(field_.pattern.lines)
        assert c.execute(sa.select(t.handover.c.id).where(t.handover.c.state == "PREPARED")).first() is None, "stuck"
    assert broken(field_.engine) == []


def live_lines(engine: sa.Engine) -> int:
    with engine.connect() as c:
        count = sa.select(sa.func.count()).select_from(t.handover_line).where(t.handover_line.c.live.is_(True))
        found: int = c.execute(count).scalar_one()
        return found


@both_sizes
def test_eight_windows_issue_side_by_side(ground: Field, crowd: Crowd, size: Size) -> None:
    for _ in range(size.runs):
        before = live_lines(ground.engine)
        orders = work_for(ground, crowd, size.articles, patient=False)
        results = crowd.run(orders)
        all_issued_once(ground, results, before)
        for n, order in enumerate(orders):  # long behind it, the same again: the same bytes
            order["bundles"] = order["bundles"][:3]
            orders[n] = ground.order((n + 1) % 8, "issue", bundles=order["bundles"], patient=False)
            orders[n]["headers"] = order["headers"]  # another server process, where there is one
        again = crowd.run(orders)
        for said, said_again in zip(results, again, strict=True):
            for one, other in zip(said[:3], said_again, strict=True):
                for name in ("prepared", "handed"):
                    assert (other[name]["replayed"], other[name]["body"]) == (True, one[name]["body"])


def interrupt(field_: Field, crowd: Crowd, size: Size, strike: Any) -> list[list[dict[str, Any]]]:
    """Work under the strokes; everybody repeats until answered."""
    before = live_lines(field_.engine)
    orders = work_for(field_, crowd, size.articles * 2, patient=True)
    total = sum(len(order["bundles"]) for order in orders) * len(field_.pattern.lines)
    crowd.go(orders)
    for n in range(size.kills):
        while live_lines(field_.engine) - before < total * (n + 1) / (size.kills + 2):
            time.sleep(0.01)
        strike()  # in the middle of it
    results: list[list[dict[str, Any]]] = crowd.results(len(orders))
    all_issued_once(field_, results, before)
    statuses = {status for mine in results for one in mine for status in one["prepared"]["came"]}
    assert statuses <= {503, 409}, "a failure was shown as one of the server's own"
    assert any(one["handed"]["tries"] + one["prepared"]["tries"] > 2 for mine in results for one in mine), "no stroke"
    # A repeat is a replay: the same bytes as were kept, whoever got them first.
    first = results[0][0]
    hands = Hands(field_.running.url, field_.windows[0][0])
    hands.session.headers["Authorization"] = f"Bearer {field_.tokens[0]}"
    again = hands.post("/v1/handovers", orders[0]["bundles"][0]["bundle"], first["prepared"]["key"])
    assert (again.text, again.headers["Idempotent-Replayed"]) == (first["prepared"]["body"], "true")
    other = hands.post("/v1/handovers", orders[0]["bundles"][1]["bundle"], first["prepared"]["key"])
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    hands.close()
    return results


@both_sizes
def test_the_server_is_killed(own_ground: Field, crowd: Crowd, size: Size) -> None:
    def strike() -> None:
        own_ground.running.kill()
        own_ground.running.start()

    interrupt(own_ground, crowd, size, strike)
    assert own_ground.running.errors() == ""


@both_sizes
def test_postgresql_crashes(own_postgres: Postgres, tmp_path: Path, crowd: Crowd, size: Size) -> None:
    """Immediate shutdown and recovery under load: 503 and come again, never a failure, and the pool is fresh."""
    url = own_postgres.new_database()
    with Running(tmp_path, database=url) as running:
        made = lay_out(running, url)

        def strike() -> None:
            own_postgres.crash()
            time.sleep(0.2)
            own_postgres.start()

        interrupt(made, crowd, size, strike)
        hands = Hands(running.url, KIOSK)
        assert hands.call("GET", f"/v1/snapshots/{SITE}").status_code == 200
        hands.close()
        assert running.stop() == 0
        said = running.errors().splitlines()
        assert said, "nobody told the operator"
        drivers = "error ignored terminating <psycopg.Pipeline"  # its own word, cut off between two statements
        assert all(line.startswith(("the database does not answer: ", drivers)) for line in said), said
        assert any(line.startswith("the database does not answer: ") for line in said), said


@both_sizes
def test_readers_miss_nothing(ground: Field, crowd: Crowd, size: Size) -> None:
    """Six write as fast as they can, two follow the feed, one of them in small bites."""
    since, writers = ground.feed_head(), 6
    per_writer = max(20, size.articles // 2)
    made = [[ulid() for _ in range(per_writer)] for _ in range(writers)]
    orders = [
        ground.post(
            n,
            [
                {"path": "/v1/assistance-requests", "body": {"id": one, "screen": "home"}, "key": key()}
                for one in made[n]
            ],
        )
        for n in range(writers)
    ]
    total = writers * per_writer
    for n, limit in ((6, 3), (7, 100)):
        orders.append(ground.order(n, "feed", since=since, count=total, limit=limit, site=SITE))
    *_, slow, quick = crowd.run(orders)
    for seen in (slow, quick):
        numbers = [item["seq"] for item in seen]
        assert numbers == list(range(numbers[0], numbers[0] + total))
        assert {item["id"] for item in seen} == {one for mine in made for one in mine}
    assert broken(ground.engine) == []


def test_a_look_is_no_lock(postgres: Postgres, tmp_path: Path, crowd: Crowd) -> None:
    """The control: look, then write. The same race hands things over twice, and the same check sees it."""
    url = postgres.new_database()
    with Running(tmp_path, database=url, spoilt="look_then_write") as running:
        made = lay_out(running, url)
        winners = Counter[int]()
        for case in copies(made.engine, made.pattern, 3):
            answers = one_round(made, crowd, [case] * 8)
            winners[codes(answers)[201]] += 1
            for one in answers:
                if one["status"] == 201:
                    give_back(made, one)
        orders = [
            made.order(n, "issue", bundles=issues(cases, made.windows[n][1]), patient=False)
            for cases in [copies(made.engine, made.pattern, 2)]
            for n in range(8)
        ]
        crowd.run(orders)
        assert max(winners) > 1, "eight at once and only one won: the race is no race"
        assert any("live lines" in one for one in broken(made.engine))


def test_locks_taken_crosswise_are_seen(postgres: Postgres, tmp_path: Path, crowd: Crowd) -> None:
    """The control of the lock order, and of what a client sees of a deadlock: come again, and then it is done."""
    url = postgres.new_database()
    with Running(tmp_path, database=url, spoilt="crosswise_locks") as running:
        made = lay_out(running, url)
        for case in copies(made.engine, made.pattern, 5):
            orders = [
                made.post(
                    n,
                    [{"path": "/v1/handovers", "body": case.bundle(made.windows[n][1]), "key": key()}],
                    patient=True,
                )
                for n in range(8)
            ]
            answers = [one[0] for one in crowd.run(orders)]
            assert codes(answers) == {201: 1, 409: 7}
            assert {status for one in answers for status in one["came"]} <= {503}
            give_back_patiently(made, answers)
        assert "deadlock detected" in running.errors()
        assert "Traceback" not in running.errors()
        assert broken(made.engine) == []


def give_back_patiently(field_: Field, answers: list[dict[str, Any]]) -> None:
    winner = next(one for one in answers if one["status"] == 201)
    while True:
        try:
            give_back(field_, winner)
            return
        except (AssertionError, KeyError):
            time.sleep(0.05)


def test_several_offices_do_every_job_once(postgres: Postgres, tmp_path: Path) -> None:
    """Three server processes on one database: every thing goes to one case, and nothing is said twice."""
    url = postgres.new_database()
    places = [tmp_path / str(n) for n in range(3)]
    for place in places:
        place.mkdir()
    with (
        Running(places[0], database=url, clock="scaled", factor=100.0) as first,
        Running(places[1], database=url, clock="scaled", factor=100.0) as second,
        Running(places[2], database=url, clock="scaled", factor=100.0) as third,
    ):
        kiosk, window = Hands(first.url, KIOSK), Hands(second.url, WINDOW)
        window.sign_in()
        stories = [Story(kiosk).submitted() for _ in range(8)]
        for story in stories:
            assert story.accept(window).status_code == 201
        deadline = time.monotonic() + 60
        waiting = {story.case_id for story in stories}
        while waiting:
            assert time.monotonic() < deadline, waiting
            time.sleep(0.2)
            states = {story.case_id: story.case(window)["state"] for story in stories if story.case_id in waiting}
            waiting = {case_id for case_id, state in states.items() if state != "READY"}
        with engine_of(url).connect() as c:
            line = t.timeline.c
            steps = Counter(c.execute(sa.select(line.case_id, line.what, line.state)))
            assert max(steps.values()) == 1
            ready = c.execute(
                sa.select(t.notification.c.case_id).where(t.notification.c.template == "ready")
            ).scalars()
            assert sorted(ready) == sorted(story.case_id for story in stories)
            goods = sa.select(t.article.c.unit_id, t.article.c.batch_id, t.article.c.first_no)
            assert max(Counter(c.execute(goods)).values()) == 1
        assert broken(engine_of(url)) == []
        for hands in (kiosk, window):
            hands.close()
        for running in (first, second, third):
            assert running.stop() == 0
            assert running.errors() == ""


def test_a_wait_at_one_process_ends_with_a_change_at_another(
    new_database: NewDatabase, tmp_path: Path, crowd: Crowd
) -> None:
    url = new_database()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with Running(tmp_path / "a", database=url) as here, Running(tmp_path / "b", database=url) as there:
        kiosk, bell = Hands(here.url, KIOSK), Hands(there.url, KIOSK)
        cursor = kiosk.call("GET", f"/v1/snapshots/{SITE}").json()["cursor"]
        order = {
            "what": "feed", "patient": True, "ready": str(there.ready_file.absolute()), "since": cursor, "count": 1,
            "limit": 10, "wait": 25, "site": SITE, "headers": {"Kiosk-Terminal": KIOSK},
        }  # fmt: skip
        for at_there in (False, True):  # and the process's own changes still wake at once
            crowd.go([order])
            while bell.call("GET", "/sandbox/inspector.json").json()["waiting"] == 0:
                time.sleep(0.01)
            rung, begun = ulid(), time.monotonic()
            hands = bell if at_there else kiosk
            assert hands.post("/v1/assistance-requests", {"id": rung, "screen": "home"}).status_code == 201
            (seen,) = crowd.results(1)
            assert [item["id"] for item in seen] == [rung]
            assert time.monotonic() - begun < 20, "it slept until its time was up"
            order["since"] = bell.call("GET", f"/v1/snapshots/{SITE}").json()["cursor"]
        kiosk.close()
        bell.close()
        for running in (here, there):
            assert running.stop() == 0
            assert running.errors() == ""
