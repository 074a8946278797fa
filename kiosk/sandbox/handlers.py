"""Operation → handler. A test holds this table and the contract's equal."""

from . import blobs, cases, feed, hall, handover_views, handovers, names, packs, staff, verifications
from .handling import Handler, Handlers, of_data, of_rows

_AREAS: tuple[Handlers, ...] = ()  # HANDLERS of every module that ends in one
BY_DISPATCHER = frozenset({"postEvents"})  # made of other operations
HANDLERS: dict[str, Handler] = {
    **{name: handler for area in _AREAS for name, handler in area.items()},
    "getMeta": lambda _platform, _call, tx: hall.get_meta(tx),
    "getTime": lambda _platform, _call, tx: hall.get_time(tx),
    "getProblem": of_data(hall.get_problem),
    "putHeartbeat": of_rows(hall.put_heartbeat),
    "postAuditSegment": of_rows(hall.post_audit_segment),
    "getChallenge": of_rows(staff.get_challenge),
    "openStaffSession": of_rows(staff.open_staff_session),
    "openSecondPerson": of_rows(staff.open_second_person),
    "refreshStaffSession": of_rows(staff.refresh_staff_session),
    "closeStaffSession": of_rows(staff.close_staff_session),
    "postVerification": verifications.post_verification,
    "getVerification": of_rows(verifications.get_verification),
    "listPacks": lambda _platform, _call, _tx: packs.list_packs(),
    "getPack": of_data(packs.get_pack),
    "postNameCheck": of_rows(names.post_name_check),
    "postNameDeclaration": names.post_name_declaration,
    "putDraft": cases.put_draft,
    "getCase": of_rows(cases.get_case),
    "listCases": of_rows(cases.list_cases),
    "searchCases": cases.search_cases,
    "submitCase": cases.submit_case,
    "decideAcceptance": cases.decide_acceptance,
    "getTimeline": of_rows(cases.get_timeline),
    "getItem": of_rows(cases.get_item),
    "headBlob": of_rows(blobs.head_blob),
    "patchBlob": blobs.patch_blob,
    "prepareHandover": handovers.prepare_handover,
    "getHandover": of_rows(handover_views.get_handover),
    "listOpenHandovers": of_rows(handover_views.list_open_handovers),
    "recordHandedOver": of_rows(handovers.record_handed_over),
    "abortHandover": of_rows(handovers.abort_handover),
    "postEvaluation": hall.post_evaluation,
    "postAssistanceRequest": hall.post_assistance_request,
    "getFeed": of_rows(feed.get_feed),
    "getSnapshot": of_rows(feed.get_snapshot),
}
