"""What leaves the window leaves it once."""

import base64
import concurrent.futures
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .asking import Terminal, want
from .ground import Ground


def hands_over_once(ground: Ground) -> None:
    """Hands a bundle over once, and records the same fact again as known."""
    company, window = ground.company().ready(), ground.on_duty()
    answer = window.ask("prepareHandover", company.bundle(ground.window_id))
    want(answer.status == 201, f"the preparation was answered {answer.status} {answer.code}")
    handover = answer.json
    fact = company.handed_over(handover)
    done = window.ask("recordHandedOver", fact, handover_id=handover["id"])
    want(done.json["state"] == "HANDED_OVER" and not done.json.get("discrepancy_id"), "the fact was not taken")
    want(done.json["case"]["state"] == "CLOSED", "the case is not closed")
    again = window.ask("recordHandedOver", fact, handover_id=handover["id"])
    want(again.status == 200 and not again.json.get("discrepancy_id"), "the same fact again became a discrepancy")
    second = window.ask("prepareHandover", company.bundle(ground.window_id))
    want(second.status == 409, f"a closed case was prepared again: {second.status}")


def prepares_for_one_window(ground: Ground) -> None:
    """Prepares a bundle for one of two windows that ask at the same moment."""
    company, window, other = ground.company().ready(), ground.on_duty(), ground.second_window()
    asked = ((window, company.bundle(ground.window_id)), (other, company.bundle(ground.other_window_id)))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one[0].ask("prepareHandover", one[1]), asked))
    want(sorted(one.status for one in answers) == [201, 409], f"answers: {[one.status for one in answers]}")
    won = next(index for index, one in enumerate(answers) if one.status == 201)
    want(answers[1 - won].code == "handover-open", f"the loser was told {answers[1 - won].code}")
    _put_back(asked[won][0], answers[won].json["id"], ground)


def signs_its_permits(ground: Ground) -> None:
    """Signs a permit over exactly what was prepared."""
    ground.needs("permits")
    company, window = ground.company().ready(), ground.on_duty()
    handover = window.ask("prepareHandover", company.bundle(ground.window_id)).json
    _put_back(window, handover["id"], ground)
    payload = json.loads(_bytes(handover["permit"]["payload"]))
    want(
        payload["handover_id"] == handover["id"] and payload["case_id"] == company.case_id, "another bundle's permit"
    )
    want([one["article_id"] for one in payload["lines"]] == [one["article_id"] for one in handover["lines"]],
         "its lines are others")  # fmt: skip
    if ground.permit_key:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(ground.permit_key))
        try:
            key.verify(_bytes(handover["permit"]["sig"]), _bytes(handover["permit"]["payload"]))
        except InvalidSignature:
            want(False, "the signature is not of the permit key")


def records_what_contradicts(ground: Ground) -> None:
    """Records a fact that contradicts the book, beside a discrepancy, and refuses it never."""
    company, window = ground.company().ready(), ground.on_duty()
    handover = window.ask("prepareHandover", company.bundle(ground.window_id)).json
    _put_back(window, handover["id"], ground)
    late = window.ask("recordHandedOver", company.handed_over(handover), handover_id=handover["id"])
    want(late.status == 200, f"a fact was refused: {late.status} {late.code}")
    want(bool(late.json["discrepancy_id"]), "nobody is told of the contradiction")


def reserves_all_or_nothing(ground: Ground) -> None:
    """Reserves the whole bundle or nothing of it."""
    company, window = ground.company().ready(), ground.on_duty()
    wrong = company.bundle(ground.window_id)
    wrong["lines"] = [
        {**one, "first_no": one["first_no"] + 1} if "first_no" in one else one for one in wrong["lines"]
    ]
    refused = window.ask("prepareHandover", wrong)
    want(refused.code == "invoice-range-mismatch", f"other numbers: {refused.status} {refused.code}")
    right = window.ask("prepareHandover", company.bundle(ground.window_id))
    want(right.status == 201, f"after a refusal the bundle could not be prepared: {right.status} {right.code}")
    _put_back(window, right.json["id"], ground)


def _put_back(window: Terminal, handover_id: str, ground: Ground) -> None:
    body = {"reason": "conformance", "aborted_at": ground.now(), "physically_checked": True}
    answer = window.ask("abortHandover", body, handover_id=handover_id)
    want(answer.json["state"] == "ABORTED", "the goods could not be put back")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


CHECKS = (
    hands_over_once, prepares_for_one_window, signs_its_permits, records_what_contradicts, reserves_all_or_nothing,
)  # fmt: skip
