"""What changed, and what was uploaded."""

import hashlib
import os

from .asking import ulid, want
from .ground import Ground


def tells_every_change(ground: Ground) -> None:
    """Tells a change behind the cursor, once, and nothing of a person in it."""
    ground.needs("delta_feed")
    start = ground.kiosk.ask("getSnapshot", site_id=ground.site_id).json["cursor"]
    company = ground.company().submitted()
    seen = ground.kiosk.ask("getFeed", site_id=ground.site_id, query=f"?since={start}&limit=200").json
    mine = [one for one in seen["items"] if one["id"] == company.case_id]
    want(bool(mine), "the new case is not in the feed")
    want(max(one["version"] for one in mine) == company.version, "not with its newest version")
    want({"seq", "kind", "id", "version", "op"} >= set(mine[0]), "a change says more than where to look")
    numbers = [one["seq"] for one in seen["items"]]
    want(numbers == sorted(set(numbers)), "the numbers do not grow")


def waits_for_a_change(ground: Ground) -> None:
    """Holds a question until there is something, or until its time is over."""
    ground.needs("delta_feed")
    head = ground.kiosk.ask("getSnapshot", site_id=ground.site_id).json["cursor"]
    quiet = ground.kiosk.ask("getFeed", site_id=ground.site_id, query=f"?since={head}&wait=1").json
    want(quiet["epoch"] == head.partition(".")[0], "the epoch changed while nothing happened")


def refuses_another_times_cursor(ground: Ground) -> None:
    """Sends a cursor of another epoch to the snapshot."""
    ground.needs("delta_feed")
    answer = ground.kiosk.ask("getFeed", site_id=ground.site_id, query="?since=zz99.1")
    want(answer.code == "cursor-expired", f"answered {answer.status} {answer.code}")
    want(bool(answer.json.get("snapshot")), "it does not say where the snapshot is")


def refuses_another_hall(ground: Ground) -> None:
    """Does not know another hall's feed."""
    answer = ground.kiosk.ask("getFeed", site_id="no-such-hall")
    want(answer.code == "not-found", f"answered {answer.status} {answer.code}")


def goes_on_with_an_upload(ground: Ground) -> None:
    """Goes on with an upload where it broke off, and checks the content against its name."""
    ground.needs("blobs_resumable")
    data = os.urandom(3000)
    name = hashlib.sha256(data).hexdigest()

    def piece(start: int, end: int, content: bytes = data, blob: str = name) -> tuple[int, str]:
        headers = {"Upload-Offset": str(start), "Upload-Length": str(len(content))}
        answer = ground.kiosk.ask("patchBlob", content[start:end], headers=headers, sha256=blob)
        return answer.status, answer.code

    want(ground.kiosk.ask("headBlob", sha256=name).status == 404, "an upload is known before it was made")
    want(piece(0, 1000) == (204, ""), "the first piece was not taken")
    want(piece(2000, 3000)[1] == "offset-mismatch", "a gap was taken")
    want(piece(1000, 3000) == (201, ""), "the rest was not taken")
    want(ground.kiosk.ask("headBlob", sha256=name).status == 200, "the whole upload is not known")
    want(ground.window.ask("headBlob", sha256=name).status == 404, "another terminal learns what was uploaded here")
    other = hashlib.sha256(ulid().encode()).hexdigest()
    want(piece(0, 3000, blob=other)[1] == "hash-mismatch", "other content was taken under a name")


CHECKS = (
    tells_every_change, waits_for_a_change, refuses_another_times_cursor, refuses_another_hall,
    goes_on_with_an_upload,
)  # fmt: skip
