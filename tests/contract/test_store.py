"""The store's door on both databases: made once, brought up step by step, plain words when it is locked or away."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk.sandbox import migrations, seed
from kiosk.sandbox import tables as t
from kiosk.sandbox.database import Store
from kiosk.sandbox.migrations import Step, StoreError, bring_up
from kiosk.sandbox.settings import SandboxSettings

from .hands import KIOSK, Hands, Story, key, ulid
from .postgres import Postgres, engine
from .running import NewDatabase, Running

pytestmark = pytest.mark.processes


def store_of(database: str) -> Store:
    return Store(SandboxSettings(database=database).url)


def form(of: sa.Engine) -> dict[str, object]:
    """Tables with their columns, indexes and what is unique, without the names of constraints."""
    there = sa.inspect(of)
    columns, unique, indexes = (
        {name: rows for (_, name), rows in found.items()}
        for found in (there.get_multi_columns(), there.get_multi_unique_constraints(), there.get_multi_indexes())
    )
    return {
        name: (
            {(one["name"], str(one["type"]), one["nullable"]) for one in columns[name]},
            {tuple(one["column_names"]) for one in [*unique.get(name, ()), *indexes.get(name, ())] if _unique(one)},
            {tuple(one["column_names"]) for one in indexes.get(name, ()) if not one["unique"]},
        )
        for name in columns
    }


def _unique(one: Any) -> bool:
    return bool(one.get("unique", True))  # a constraint is


def test_an_older_database_is_brought_up(new_database: NewDatabase) -> None:
    """What was left out comes back, what was in it stays; in the end it has the form of a fresh one."""
    old, fresh = new_database(), new_database()
    for database in (old, fresh):
        store = store_of(database)
        assert store.create(seed.fill) is True
        store.close()
    with engine(old).begin() as c:
        c.execute(t.meta.insert().values(key="scenario", value="plain"))
        c.exec_driver_sql("DROP TABLE evaluation")
        c.exec_driver_sql("DROP INDEX case_by_change")
        c.exec_driver_sql("DROP INDEX article_once")
        c.exec_driver_sql("ALTER TABLE opening_case DROP COLUMN notices")
        c.exec_driver_sql("ALTER TABLE handover_line DROP COLUMN position")
        c.execute(sa.update(t.meta).where(t.meta.c.key == "schema_version").values(value="1"))
    assert form(engine(old)) != form(engine(fresh))
    store = store_of(old)
    assert store.create(seed.fill) is False
    with store.read() as c:
        units = c.execute(sa.select(sa.func.count()).select_from(t.unit)).scalar_one()
        version = c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "schema_version")).scalar_one()
    store.close()
    assert units == 520
    assert version == str(migrations.STEPS[-1].number)
    assert form(engine(old)) == form(engine(fresh))


def test_a_database_of_before_the_first_release_is_left_alone(new_database: NewDatabase) -> None:
    """It has no exercise in it: nobody would know what to fill in, and beginning it anew would lose its cases."""
    database = new_database()
    store = store_of(database)
    store.create(seed.fill)
    with store.write() as c:
        c.execute(sa.update(t.meta).where(t.meta.c.key == "schema_version").values(value="1"))
    with pytest.raises(StoreError, match="begin with an empty one"):
        store.create()
    store.close()


def test_a_new_column_that_must_hold_something(new_database: NewDatabase) -> None:
    """Rows of before get nothing of the kind: 0 where a number must be."""
    database = new_database()
    store = store_of(database)
    store.create(seed.fill)
    with store.write() as c:
        c.exec_driver_sql("DROP INDEX article_once")
        c.exec_driver_sql("ALTER TABLE handover_line DROP COLUMN live")
        c.exec_driver_sql("ALTER TABLE opening_case DROP COLUMN version")
        row = "INSERT INTO handover_line (handover_id, article_id, quantity) VALUES ('h', 'a', 1)"
        c.exec_driver_sql(row)
        case = (
            "INSERT INTO opening_case (id, slip_code, site_id, kind, state, form) "
            "VALUES ('c', 's', 'x', 'opening', 'DRAFT', %s)"
        )
        c.exec_driver_sql(case % ("''" if "://" in database else "x''"))
        migrations.make_missing(c)
    with store.read() as c:
        assert c.execute(sa.select(t.handover_line.c.live)).scalar_one() is False
        assert c.execute(sa.select(t.case.c.version)).scalar_one() == 0
    store.close()


def test_a_step_that_fails_leaves_everything_as_it_was(new_database: NewDatabase) -> None:
    def half(c: sa.Connection) -> None:
        c.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise RuntimeError("power cut")

    steps = (*migrations.STEPS, Step(migrations.STEPS[-1].number + 1, "half a step", half))
    database = new_database()
    store = store_of(database)
    store.create()
    before = form(engine(database))
    with pytest.raises(RuntimeError), store.write() as c:
        bring_up(c, steps)
    assert form(engine(database)) == before
    done: list[int] = []
    last = migrations.STEPS[-1].number
    more = tuple(Step(last + n, "", lambda _c, n=n: done.append(last + n)) for n in (1, 2))
    with store.write() as c:
        bring_up(c, (*migrations.STEPS, *more))
    with store.write() as c:
        bring_up(c, (*migrations.STEPS, *more))
    assert done == [last + 1, last + 2]  # each once, in order
    with pytest.raises(StoreError, match=f"schema {last + 2}, this program knows {last}"):
        store.create()
    store.close()


def test_processes_that_start_together_make_one_database(postgres: Postgres, tmp_path: Path) -> None:
    database = postgres.new_database()
    places = [tmp_path / str(n) for n in range(3)]
    for place in places:
        place.mkdir()
    servers = [Running(place, database=database) for place in places]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(Running.start, servers))
    epochs = set()
    for server in servers:
        hands = Hands(server.url)
        epochs.add(hands.call("GET", "/v1/meta").json()["epoch"])
        hands.close()
        assert server.stop() == 0
        assert server.errors() == ""
    assert len(epochs) == 1


def test_somebody_elses_table(new_database: NewDatabase) -> None:
    database = new_database()
    with engine(database).begin() as c:
        c.exec_driver_sql("CREATE TABLE meta (key VARCHAR(40), value TEXT)")
    store = store_of(database)
    with pytest.raises(StoreError, match="not ours"):
        store.create()
    store.close()


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-m", "kiosk", "sandbox", "--port", "0", *arguments]
    return subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)


def test_no_database_is_one_line_without_a_password(postgres: Postgres, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database at all, but long enough to be looked at " * 40)
    nowhere = tmp_path / "nowhere"
    absent = postgres.url("absent").replace("platform@", "platform:geheim@")
    for address, words in (
        (f"postgresql://me:geheim@/platform?host={nowhere}", "cannot be opened"),
        ("postgresql://me:geheim@[::1/platform", "cannot be read"),
        ("oracle://me:geheim@host/platform", "postgresql://"),
    ):
        with pytest.raises(StoreError, match=words) as told:
            store_of(address).create()
        assert "geheim" not in str(told.value)
    for arguments, words in (
        (("--database", absent), "does not exist"),
        (("--data", str(tmp_path / "text")), "not a d"),
    ):
        ended = command(*arguments)
        assert ended.returncode == 4, ended.stderr
        lines = [line for line in ended.stderr.splitlines() if "does not answer" not in line]
        assert len(lines) == 1, ended.stderr
        assert words in lines[0]
        assert "geheim" not in ended.stderr + ended.stdout
    assert "geheim" not in repr(SandboxSettings(database="postgresql://me:geheim@/x"))


def test_a_lock_that_is_not_had(new_database: NewDatabase, tmp_path: Path) -> None:
    """Five seconds, then a plain word and when to come again; nothing was done, and the same key does it later."""
    database = new_database()
    with Running(tmp_path, database=database) as running:
        hands = Hands(running.url, KIOSK)
        story = Story(hands)
        assert story.keep().status_code == 201
        city = "://" in database
        held, idem = key(), key()
        row = {"terminal_id": "kiosk-01", "key": held, "fingerprint": "x", "made_at": 0}
        with engine(database).connect() as c, ThreadPoolExecutor(3) as pool:
            if not city:
                c.exec_driver_sql("BEGIN IMMEDIATE")
            c.execute(t.idempotency.insert().values(**row))
            c.execute(sa.update(t.case).where(t.case.c.id == story.case_id).values(place="A"))
            bodies = [{"id": ulid(), "screen": "home"} for _ in range(2)]
            same = pool.submit(Hands(running.url, KIOSK).post, "/v1/assistance-requests", bodies[0], held)
            fact = {"submitted_at": hands.now(), "verification_ids": [story.verification_id]}
            path, match = f"/v1/cases/{story.case_id}/submit", {"If_Match": '"v1"'}
            row_wait = pool.submit(Hands(running.url, KIOSK).post, path, fact, idem, **match)
            assert hands.call("GET", "/v1/packs").status_code == 200  # who only looks does not wait
            answers = [same.result(), row_wait.result()]
            c.rollback()
        wanted = [
            (409, "idempotency-in-progress") if city else (503, "store-unavailable"),
            (503, "store-unavailable"),
        ]
        assert [(one.status_code, one.json()["code"]) for one in answers] == wanted
        assert {one.headers["Retry-After"] for one in answers} == {"1"}
        story.reserve_name()
        assert hands.post(path, fact, idem, **match).status_code == 200
        assert hands.post("/v1/assistance-requests", bodies[0], held).status_code == 201
        hands.close()
        assert running.stop() == 0
        said = running.errors().splitlines()
        assert all("given up: " in line or "does not answer: database is locked" in line for line in said), said


def test_a_database_that_comes_back(own_postgres: Postgres, tmp_path: Path) -> None:
    """Away: 503 and come again, also for who waits in a long-poll; back: the first request is answered."""
    with Running(tmp_path, database=own_postgres.new_database()) as running:
        hands, waiter = Hands(running.url, KIOSK), Hands(running.url, KIOSK)
        cursor = hands.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(waiter.call, "GET", f"/v1/feeds/cq-demo-01?since={cursor}&wait=20")
            while hands.call("GET", "/sandbox/inspector.json").json()["waiting"] == 0:
                time.sleep(0.01)
            time.sleep(1)  # it is counted from before its first look on; that one is to be behind it
            own_postgres.crash()
            try:
                for method, path in (("GET", "/v1/packs"), ("GET", "/v1/meta")):
                    answer = hands.call(method, path)
                    assert (answer.status_code, answer.json()["code"]) == (503, "store-unavailable")
                    assert answer.headers["Retry-After"] == "1"
                idem, body = key(), {"id": ulid(), "screen": "home"}
                assert hands.post("/v1/assistance-requests", body, idem).status_code == 503
            finally:
                own_postgres.start()
            assert hands.post("/v1/assistance-requests", body, idem).status_code == 201
            page = waiting.result(15)  # slept through the restart, and is woken by what came behind it
            assert (page.status_code, [item["id"] for item in page.json()["items"]]) == (200, [body["id"]])
        own_postgres.crash()
        own_postgres.start()
        assert hands.call("GET", "/v1/meta").status_code == 200  # stale connections are found before they are used
        for one in (hands, waiter):
            one.close()
        assert running.stop() == 0
        assert "Traceback" not in running.errors()


def test_text_that_one_of_them_could_not_keep(kiosk: Hands, window: Hands) -> None:
    """U+0000 is refused on both, or a notice would be one thing here and another there."""
    story = Story(kiosk).submitted()
    path, version = f"/v1/cases/{story.case_id}/acceptances", f'"v{story.version}"'
    for text, status in (("住所\0证明", 422), ("住所\\u0000证明", 201)):  # the second has six characters in its place
        lacking = [{"code": "lease", "item": "SETUP", "text": text}]
        body = {"decision": "correction", "decided_at": window.now(), "by": "0317", "requirements": lacking}
        answer = window.post(path, body, If_Match=version)
        assert answer.status_code == status, answer.text
    assert answer.json()["notice_no"] == 1


def test_looking_is_only_looking(new_database: NewDatabase) -> None:
    """A look sees one moment, whatever is written meanwhile."""
    store = store_of(new_database())
    store.create(seed.fill)
    count = sa.select(sa.func.count()).select_from(t.terminal)
    with store.read() as c:
        before = c.execute(count).scalar_one()

        def write() -> None:
            with store.write() as other:
                other.execute(sa.delete(t.terminal).where(t.terminal.c.id == "kiosk-21"))

        writer = threading.Thread(target=write)
        writer.start()
        writer.join()
        assert c.execute(count).scalar_one() == before
    with store.read() as c:
        assert c.execute(count).scalar_one() == before - 1
    store.close()


def test_a_backup_comes_back(postgres: Postgres, tmp_path: Path) -> None:
    """What came behind the backup is gone; terminals hear of it, and what they send again is done again, once."""
    url = postgres.new_database()
    before, after, old, new = ulid(), ulid(), key(), key()
    with Running(tmp_path, database=url) as running:
        hands = Hands(running.url, KIOSK)
        first = hands.post("/v1/assistance-requests", {"id": before, "screen": "home"}, old)
        dump = postgres.run("pg_dump", "--format=custom", url)
        hands.post("/v1/assistance-requests", {"id": after, "screen": "home"}, new)
        cursor = hands.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
        assert running.stop() == 0
        hands.close()
    url = postgres.new_database()
    postgres.run("pg_restore", "--no-owner", "--dbname", url, given=dump)
    with Running(tmp_path, database=url, restored=True) as running:
        hands = Hands(running.url, KIOSK)
        lost = hands.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}")
        assert (lost.status_code, lost.json()["code"]) == (410, "cursor-expired")
        assert hands.call("GET", lost.json()["snapshot"]).json()["cursor"].endswith(".1")
        again = hands.post("/v1/assistance-requests", {"id": before, "screen": "home"}, old)
        assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
        done = hands.post("/v1/assistance-requests", {"id": after, "screen": "home"}, new)
        assert (done.status_code, "Idempotent-Replayed" in done.headers) == (201, False)
        hands.close()
        assert running.stop() == 0
