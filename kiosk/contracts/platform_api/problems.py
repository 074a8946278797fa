"""Every way in which the platform says no: status, what to do next, and its plain title.

``retry``: never · fix (a person mends the form) · reload (fetch the object, decide anew) · resync (start from the
snapshot) · login · second_person · upload · choose_other · after (wait for Retry-After, same key) · same_key (back
off, same key) · update.
"""

import enum
from dataclasses import dataclass


class Retry(enum.Enum):
    """What the asker does next."""

    NEVER = "never"
    FIX = "fix"
    RELOAD = "reload"
    RESYNC = "resync"
    LOGIN = "login"
    SECOND_PERSON = "second_person"
    UPLOAD = "upload"
    CHOOSE_OTHER = "choose_other"
    AFTER = "after"
    SAME_KEY = "same_key"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class ProblemRule:
    """One problem type."""

    status: int
    retry: Retry
    title: str


def _rules(status: int, retry: Retry, **titles: str) -> dict[str, ProblemRule]:
    return {slug.replace("_", "-"): ProblemRule(status, retry, title) for slug, title in titles.items()}


PROBLEMS: dict[str, ProblemRule] = {
    **_rules(
        400, Retry.NEVER,
        malformed="the request cannot be read",
        idempotency_key_missing="an idempotency key is obligatory",
    ),
    **_rules(
        422, Retry.NEVER,
        unknown_parameter="a query parameter is not known", validation="a value breaks the schema",
        idempotency_key_reused="the key belongs to another request",
    ),
    **_rules(
        409, Retry.AFTER,
        idempotency_in_progress="the first request with this key is still running",
        verification_busy="the authority is still busy with this verification",
        too_early="it is too early for that",
    ),
    **_rules(
        401, Retry.LOGIN,
        unauthenticated="it is not known who asks",
        token_expired="the session is over",
    ),
    **_rules(401, Retry.NEVER, certificate_revoked="this terminal's certificate is revoked"),
    **_rules(
        403, Retry.NEVER,
        forbidden="not allowed for who asks",
        directive_no_handover="this terminal may not hand over now",
        directive_read_only="this terminal may only read now",
        terminal_suspended="this terminal is suspended",
    ),
    **_rules(403, Retry.SECOND_PERSON, second_person_required="a second person has to confirm"),
    **_rules(404, Retry.NEVER, not_found="unknown, or not visible to who asks"),
    **_rules(405, Retry.NEVER, method_not_allowed="not a way to use this address"),
    **_rules(
        410, Retry.RESYNC,
        gone="it is no longer kept",
        cursor_expired="the cursor belongs to another time",
        delta_unavailable="the difference is no longer kept",
    ),
    **_rules(410, Retry.NEVER, code_expired="the code is too old"),
    **_rules(412, Retry.RELOAD, version_mismatch="it has changed meanwhile"),
    **_rules(428, Retry.RELOAD, precondition_required="the version that was seen is obligatory"),
    **_rules(
        409, Retry.FIX,
        incomplete="the form is not complete", signatures_missing="signatures are missing",
        verification_required="a person is not verified",
        verification_expired="a verification is too old",
        consent_required="there is no consent for this", name_taken="the name is taken",
        name_not_reserved="the name is not reserved for this case",
        item_already_done="the item is done already",
        notice_already_given="the one-time notice was given already",
        too_late="it is too late for that",
        material_already_held="the material is held already",
        invoice_mode_digital="there are no paper invoices here",
        not_submitted="the case waits for no decision",
        wrong_state="that cannot be done as the thing stands now",
        not_ended="the earlier case cannot be taken up again",
    ),
    **_rules(
        409, Retry.CHOOSE_OTHER,
        case_not_ready="the case is not ready to be collected",
        items_not_ready="items are not ready to be collected",
        handover_open="the case is being handed over elsewhere",
        window_has_open_handover="this window has to finish a hand-over first",
        window_has_open_ticket="this window has to finish a number first",
        stock_unit_unavailable="the thing cannot be handed over",
        invoice_range_mismatch="these invoice numbers are not the case's",
        invoice_batch_exhausted="the batch has not enough numbers",
        serial_exists="the serial is in stock already",
        range_overlap="the numbers are in stock already", not_in_stock="the thing is not in stock",
        slip_taken="the slip code belongs to another case",
        draft_newer="the form holds answers that the asker does not know",
        device_issue_open="a device is being written for this case already",
        goods_elsewhere="its things lie in another hall",
        hour_taken="that hour cannot be had any more",
    ),
    **_rules(
        409, Retry.NEVER,
        code_used="the code was used",
        audit_chain_broken="the segment does not follow the last one",
        id_taken="the id belongs to something else",
    ),
    **_rules(
        409, Retry.UPLOAD,
        blob_missing="an upload is missing",
        offset_mismatch="the upload goes on elsewhere",
    ),
    **_rules(413, Retry.UPLOAD, too_large="too large"),
    **_rules(415, Retry.NEVER, unsupported_media_type="the media type is not known"),
    **_rules(422, Retry.UPLOAD, hash_mismatch="the content is not what its name says"),
    **_rules(423, Retry.AFTER, staff_locked="too many wrong sign-ins"),
    **_rules(426, Retry.UPDATE, upgrade_required="this program is too old"),
    **_rules(429, Retry.AFTER, rate_limited="too many requests"),
    **_rules(500, Retry.SAME_KEY, internal="the platform failed"),
    **_rules(502, Retry.AFTER, authority_unavailable="the authority does not answer"),
    **_rules(503, Retry.AFTER, store_unavailable="the store does not answer"),
    **_rules(504, Retry.AFTER, timeout_upstream="a department does not answer in time"),
}  # fmt: skip
