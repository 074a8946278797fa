"""Kinds of business as people name them: the word that starts the search of the business scope, and the words of
trade that fit into a company's name (Chinese in every language: they are the name)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """One kind, with what follows from it."""

    hint: str
    industries: tuple[str, ...]


TRADES: Mapping[str, Trade] = {
    "catering": Trade("餐饮", ("餐饮管理", "餐饮服务", "餐饮", "食品")),
    "retail": Trade("零售", ("商贸", "百货", "食品销售", "贸易")),
    "beauty": Trade("美容", ("美容", "美发", "健康管理", "化妆品")),
    "software": Trade("软件", ("科技", "网络科技", "软件", "信息技术")),
    "building": Trade("建筑", ("建筑工程", "装饰工程", "建材", "劳务")),
    "transport": Trade("运输", ("物流", "供应链管理", "运输", "货运代理")),
    "culture": Trade("文化", ("文化传播", "广告", "文化创意", "会展服务")),
    "advice": Trade("咨询", ("企业管理", "商务咨询", "信息咨询", "科技咨询")),
    "other": Trade("", ("商贸", "科技", "企业管理", "文化传播")),
}


def trade_of(hint: str) -> str:
    """The kind whose search begins with that word; empty for none."""
    return next((kind for kind, trade in TRADES.items() if hint and trade.hint == hint), "")


def industry_words(hint: str) -> tuple[str, ...]:
    """Words of trade for a company's name."""
    return TRADES[trade_of(hint) or "other"].industries
