"""Orders (组合模式) in which the four parts of a company's name may stand."""

import enum

LEFT, RIGHT = "（", "）"  # brackets in a name are full width


class NameOrder(enum.Enum):
    """Where the place stands: in front, or in brackets behind the trade name or behind the line of business."""

    DISTRICT_FIRST = "district_first"  # 区划+字号+行业+形式
    DISTRICT_AFTER_TRADE = "district_after_trade"  # 字号+（区划）+行业+形式
    DISTRICT_AFTER_INDUSTRY = "district_after_industry"  # 字号+行业+（区划）+形式

    def compose(self, district: str, trade: str, industry: str, form: str) -> str:
        """The whole name; without a place there is nothing to put in brackets."""
        place = f"{LEFT}{district}{RIGHT}" if district else ""
        if self is NameOrder.DISTRICT_AFTER_TRADE:
            return f"{trade}{place}{industry}{form}"
        if self is NameOrder.DISTRICT_AFTER_INDUSTRY:
            return f"{trade}{industry}{place}{form}"
        return f"{district}{trade}{industry}{form}"
