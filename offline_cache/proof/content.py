"""What is in a store: one fingerprint over everything, the head of its trail, and what does not go together."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from offline_cache import journal
from offline_cache.database import StoreFile
from offline_cache.driver import Database

_DRAFT = "putDraft"
# Every deed comes with one entry of the trail, in one transaction.
_TOLD_AS = {
    "submitCase": "submitted",
    "putMaterial": "material_kept",
    "postEvaluation": "rated",
    "postFeedback": "feedback_given",
    "decideAcceptance": "acceptance_decided",
    "recordHandedOver": "handed_over",
    "abortHandover": "handover_aborted",
    "reportIssued": "device_issued",
    "reportReadBack": "device_read_back",
    "quarantineUnit": "device_set_aside",
}
_FACTS = ("recordHandedOver", "abortHandover", "reportIssued", "reportReadBack", "quarantineUnit")


@dataclass(frozen=True, slots=True)
class Seen:
    """A store's whole content as one digest, and the head of its audit trail. Its text is what is promised."""

    digest: str
    head: str

    def __str__(self) -> str:
        return f"{self.digest} {self.head}"


def read_seen(text: str) -> Seen:
    """Back from a promise."""
    return Seen(*text.split(" "))


def seen(store: StoreFile) -> Seen:
    """Look at everything."""
    with store.read() as db:
        return Seen(digest(db), journal.head(db)[1])


def digest(db: Database) -> str:
    """Every row of every table; two stores with the same digest say the same."""
    found = hashlib.sha256()
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        found.update(table.encode() + b"\0")
        for row in db.execute(f'SELECT * FROM "{table}" ORDER BY 1'):
            found.update(repr(row).encode() + b"\n")
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Oddities:
    """What no store may hold: how many deeds are there twice, how many without their entry or their pictures, and
    how many entries without their deed."""

    doubled: int = 0
    half: int = 0


def oddities(db: Database) -> Oddities:
    """A second opinion that knows nothing of promises: does what is there go together?"""
    deeds: Counter[tuple[str, str]] = Counter()
    acts: Counter[tuple[str, str, str]] = Counter()
    has_intents: set[str] = set()
    half = 0
    rows = db.execute("SELECT case_id, operation, path, body, fact, state, superseded_by, blobs FROM outbox")
    for case_id, operation, path, body, fact, state, superseded_by, needs in rows.fetchall():
        deeds[case_id, operation] += 1
        if not fact:
            has_intents.add(case_id)
        refused = state == "dead" or superseded_by is not None
        if operation != _DRAFT and not refused:
            acts[case_id, operation, path] += 1
        owed = state != "done" and superseded_by is None
        half += owed and not bytes(body)
        half += sum(owed and not _whole(db, blob_id) for blob_id in json.loads(needs))
    told: Counter[tuple[str, str]] = Counter()
    for entry in journal.entries(db):
        record = json.loads(entry.body)
        told[record["case"], record["kind"]] += 1
    for case_id in {case_id for case_id, _ in deeds} | {case_id for case_id, _ in told}:
        for operation, kind in _TOLD_AS.items():
            if operation in _FACTS or case_id in has_intents:  # of a visit that was wiped only the trail is left
                half += deeds[case_id, operation] != told[case_id, kind]
        half += deeds[case_id, _DRAFT] > told[case_id, "draft_saved"] + told[case_id, "submitted"]
    return Oddities(sum(count - 1 for count in acts.values() if count > 1), half)


def _whole(db: Database, blob_id: str) -> bool:
    row = db.execute("SELECT data FROM blobs WHERE id = ?", [blob_id]).fetchone()
    return row is not None and hashlib.sha256(row[0]).hexdigest() == blob_id
