"""Acts: what somebody may want to do at a terminal, as far as it can be forbidden or needs the network."""

import enum


class Act(enum.Enum):
    """One kind of act; what becomes of it without network stands in the operation table of the contract."""

    BEGIN_VISIT = "begin_visit"
    KEEP_DRAFT = "keep_draft"
    KEEP_MATERIAL = "keep_material"
    SEND_BY_PHONE = "send_by_phone"  # a material, by a link
    INVITE_SIGNER = "invite_signer"
    VERIFY_PERSON = "verify_person"
    CHECK_NAME = "check_name"
    SUBMIT = "submit"
    FIND_CASE = "find_case"
    FIND_COMPANY = "find_company"  # by card, credit code or e-licence
    BEGIN_LATER_ITEMS = "begin_later_items"  # 分时办理
    APPLY_AGAIN = "apply_again"  # 另行受理
    ASK_OFFERS = "ask_offers"  # what can be had for an item: invoices, branches and hours, halls
    BOOK_COLLECTION = "book_collection"  # 预约领取
    READ_MESSAGES = "read_messages"
    CLOSE_MESSAGE = "close_message"  # told in another way whom none reached
    RATE = "rate"
    GIVE_FEEDBACK = "give_feedback"
    READ_FEEDBACK = "read_feedback"
    CALL_HELPER = "call_helper"
    SIGN_IN = "sign_in"
    DECIDE_ACCEPTANCE = "decide_acceptance"  # 受理
    PREPARE_HANDOVER = "prepare_handover"
    FINISH_HANDOVER = "finish_handover"
    ABORT_HANDOVER = "abort_handover"
    DRAW_NUMBER = "draw_number"  # 取号
    CALL_NUMBER = "call_number"  # 叫号 and what is done with a number at a window
    FINISH_NUMBER = "finish_number"
    LOOK_AT_STOCK = "look_at_stock"
    MOVE_STOCK = "move_stock"  # 入库, 调拨, 退回, 作废, 结清差异
    COUNT_STOCK = "count_stock"  # 盘点, 隔离: it has happened
    HAND_OVER_SHIFT = "hand_over_shift"  # 交接班
    LOOK_IN_LIBRARY = "look_in_library"  # 电子证照库
    USE_FROM_LIBRARY = "use_from_library"
    LOOK_AT_MATERIAL = "look_at_material"
    LIST_DEVICE_ISSUES = "list_device_issues"
    REQUEST_DEVICE_ISSUE = "request_device_issue"  # 申请发行
    REPORT_ISSUED = "report_issued"
    REPORT_READ_BACK = "report_read_back"
    SET_DEVICE_ASIDE = "set_device_aside"  # 隔离


class WithoutNetwork(enum.Enum):
    """What becomes of an act when there is no network."""

    REFUSED = "refused"
    QUEUED = "queued"  # kept and sent later; the platform may still refuse
    FACT = "fact"  # it happened: recorded, never refused
    CACHED = "cached"  # answered from this machine, with an age
    PERMIT = "permit"  # only under a permit that was obtained online
    LOCAL = "local"  # needs no platform
