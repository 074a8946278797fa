"""Operation → handler. A test holds this table and the contract's equal."""

from collections.abc import Callable

from . import blobs, cases, feed, hall, handover_views, handovers, names, packs, staff, verifications
from .call import Call, Reply
from .platform import Platform
from .transaction import Tx

Handler = Callable[[Platform, Call, Tx], Reply]


def _of_data(handler: Callable[[Call], Reply]) -> Handler:
    return lambda _platform, call, _tx: handler(call)


def _of_rows(handler: Callable[[Call, Tx], Reply]) -> Handler:
    return lambda _platform, call, tx: handler(call, tx)


HANDLERS: dict[str, Handler] = {
    "getMeta": lambda _platform, _call, tx: hall.get_meta(tx),
    "getTime": lambda _platform, _call, tx: hall.get_time(tx),
    "getProblem": _of_data(hall.get_problem),
    "putHeartbeat": _of_rows(hall.put_heartbeat),
    "postAuditSegment": _of_rows(hall.post_audit_segment),
    "getChallenge": _of_rows(staff.get_challenge),
    "openStaffSession": _of_rows(staff.open_staff_session),
    "refreshStaffSession": _of_rows(staff.refresh_staff_session),
    "closeStaffSession": _of_rows(staff.close_staff_session),
    "postVerification": verifications.post_verification,
    "getVerification": _of_rows(verifications.get_verification),
    "listPacks": lambda _platform, _call, _tx: packs.list_packs(),
    "getPack": _of_data(packs.get_pack),
    "postNameCheck": _of_rows(names.post_name_check),
    "postNameDeclaration": names.post_name_declaration,
    "putDraft": cases.put_draft,
    "getCase": _of_rows(cases.get_case),
    "listCases": _of_rows(cases.list_cases),
    "searchCases": cases.search_cases,
    "submitCase": cases.submit_case,
    "decideAcceptance": cases.decide_acceptance,
    "getTimeline": _of_rows(cases.get_timeline),
    "getItem": _of_rows(cases.get_item),
    "headBlob": _of_rows(blobs.head_blob),
    "patchBlob": blobs.patch_blob,
    "prepareHandover": handovers.prepare_handover,
    "getHandover": _of_rows(handover_views.get_handover),
    "listOpenHandovers": _of_rows(handover_views.list_open_handovers),
    "recordHandedOver": _of_rows(handovers.record_handed_over),
    "abortHandover": _of_rows(handovers.abort_handover),
    "postEvaluation": hall.post_evaluation,
    "postAssistanceRequest": hall.post_assistance_request,
    "getFeed": _of_rows(feed.get_feed),
    "getSnapshot": _of_rows(feed.get_snapshot),
}
