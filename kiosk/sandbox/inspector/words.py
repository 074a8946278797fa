"""What codes are called on the pages."""

ITEMS = {
    "SETUP": "设立登记", "SEAL": "刻制印章", "INVOICE": "申领发票", "SOCIAL": "就业社保", "FUND": "公积金",
    "BANK": "银行预约",
}  # fmt: skip
DEPARTMENTS = {
    "samr": "市场监管", "police": "公安", "tax": "税务", "hrss": "人力社保", "fund": "公积金中心", "bank": "银行",
}  # fmt: skip
CASE_STATES = {
    "DRAFT": "草稿", "SIGNING": "待签名", "SUBMITTED": "已提交", "RECEIVED": "收件", "RETURNED": "退回补正",
    "NOT_ACCEPTED": "不予受理", "ACCEPTED": "受理", "IN_REVIEW": "审查中", "SUSPENDED": "挂起",
    "APPROVED": "准予登记",
    "REFUSED": "不予登记", "PREPARING": "备证备票", "READY": "待领取", "PARTLY_COLLECTED": "部分领取",
    "CLOSED": "办结",
    "WITHDRAWN": "已撤回", "EXPIRED": "逾期", "TERMINATED": "强制结束",
}  # fmt: skip
ITEM_STATES = {
    "NOT_REQUESTED": "未申请", "PENDING": "等待前项", "IN_REVIEW": "审查中", "APPROVED": "核准", "REFUSED": "未通过",
    "RETURNED": "退回", "SUSPENDED": "挂起", "PREPARING": "准备中", "PREPARED": "已备好", "COLLECTED": "已领取",
    "DONE": "办结", "CANCELLED": "已取消",
}  # fmt: skip
OFFICIAL = frozenset({"APPROVED", "REFUSED", "RETURNED", "NOT_ACCEPTED", "CLOSED", "DONE", "COLLECTED", "ACCEPTED"})
MODES = {"DEVICE": "纸质＋设备", "DIGITAL": "数电发票"}
ARTICLES = {
    "licence_original": "营业执照正本", "licence_copy": "营业执照副本", "seal": "印章", "invoice_volume": "发票本",
    "tax_device": "税控设备", "licence_paper": "执照用纸",
}  # fmt: skip
SEALS = {
    "seal_company": "公章", "seal_finance": "财务章", "seal_invoice": "发票章", "seal_legal_rep": "法人章",
    "seal_contract": "合同章",
}  # fmt: skip
ARTICLE_STATES = {"PLANNED": "未到", "PREPARED": "已备好", "HANDED_OVER": "已发放"}
UNIT_STATES = {
    "IN_TRANSIT": "在途", "IN_STOCK": "在库", "RESERVED": "已预留", "BOUND": "已写入", "HANDED_OVER": "已发放",
    "QUARANTINED": "隔离", "RETURNED": "退回", "VOID": "作废", "LOST": "未找到", "EXHAUSTED": "用完",
}  # fmt: skip
ISSUE_STATES = {
    "IDENTIFIED": "已取设备", "SUBMITTED": "已申请", "ISSUING": "发行中", "ISSUED": "已发行", "FAILED": "被退回",
    "READ_BACK": "回读相符", "MISMATCH": "回读不符",
}  # fmt: skip
STEPS = {
    "binding": "纳税人绑定", "invoice_kinds": "票种核定", "device_issued": "设备发行",
    "articles_at_store": "发票到库",
}  # fmt: skip
BY = {
    "citizen": "申请人", "helper": "帮办", "clerk": "窗口", "department": "部门", "system": "平台",
    "supervisor": "主管",
}  # fmt: skip
DECISIONS = {"approve": "核准", "refuse": "不予", "correction": "补正", "suspend": "挂起", "resume": "恢复"}
OUTCOMES = {
    "refuse": "不予", "suspend": "挂起", "correction": "补正", "digital": "数电发票",
    "device_refuse": "设备发行被退回",
    "device_silent": "税务系统不答复", "device_twice": "答复两次", "device_mismatch": "设备写错",
}  # fmt: skip
JOBS = {
    "take_up": "接件", "decide": "审查决定", "resume": "恢复审查", "licence": "打印执照", "engrave": "刻制印章",
    "volumes": "发票到库", "device": "取空白设备", "issuing": "递交发行", "issued": "写入设备", "again": "再次答复",
    "silence": "不答复时",
}  # fmt: skip
DELIVERIES = {"QUEUED": "待发", "SENT": "已发", "DELIVERED": "已送达", "FAILED": "发送失败"}
ROLES = {
    "legal_rep": "法定代表人", "shareholder": "股东", "director": "董事", "supervisor": "监事", "manager": "经理",
    "finance_officer": "财务负责人", "liaison": "联络员", "tax_handler": "办税人", "agent": "经办人",
}  # fmt: skip
CLOCKS = {"real": "真实", "scaled": "加快", "manual": "手动"}
TERMINALS = {"SELF_SERVICE": "自助终端", "WINDOW": "窗口", "BACK_OFFICE": "后台"}
