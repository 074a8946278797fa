"""Money of the register: decimals in 万元 with at most six places, and its words in Chinese capitals."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
SIX_PLACES = Decimal("0.000001")


def wan(text: str) -> Decimal | None:
    """An amount in 万元 as typed; None when it is not one (sign, exponent, too many places, full-width digits)."""
    if not text or not text.isascii() or not text.replace(".", "", 1).isdigit():
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -6 or amount >= Decimal(10) ** 12:
        return None
    return amount


def wan_text(amount: Decimal) -> str:
    """100.500000 → 100.5: the shortest figure that says the same amount."""
    text = format(amount.quantize(SIX_PLACES, ROUND_HALF_UP), "f").rstrip("0").rstrip(".")
    return text or "0"


def yuan_text(wan_amount: Decimal) -> str:
    """100 → 1,000,000: an amount of 万元 in yuan, for readers who do not count in ten thousands."""
    return f"{wan_amount * 10000:,.2f}".removesuffix(".00")


def _group_words(number: int) -> str:
    words, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if zero and words else "") + _DIGITS[digit] + _UNITS[place]
            zero = False
        else:
            zero = True
    return words


def capital_words(amount: Decimal) -> str:
    """万元 → 壹佰万元整, the way amounts are written on official papers (down to 分)."""
    fen = int((amount * 10000 * 100).quantize(Decimal(1), ROUND_HALF_UP))
    yuan, rest = divmod(fen, 100)
    if yuan == 0 and rest == 0:
        return "零元整"
    groups: list[int] = []
    number = yuan
    while number:
        number, group = divmod(number, 10000)
        groups.append(group)
    words, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _group_words(group) + _GROUPS[index]
        gap = False
    if words:
        words += "元"
    jiao, cent = divmod(rest, 10)
    if jiao:
        words += ("零" if words and yuan % 10 == 0 else "") + _DIGITS[jiao] + "角"
    elif cent and words:
        words += "零"
    if cent:
        return words + _DIGITS[cent] + "分"
    return words + "整"
