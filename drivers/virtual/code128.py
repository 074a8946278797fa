"""Code 128 (ISO/IEC 15417) as black and white modules, drawn by printers and shown to cameras."""

# Bar and space widths of the symbols 0…105 in order; six widths make eleven modules.
_TABLE = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
_WIDTHS = _TABLE.split()
_STOP = "2331112"
_START_B, _START_C, _TO_B, _TO_C = 104, 105, 100, 99


def code128_modules(text: str) -> list[bool]:
    """The modules of a symbol without its quiet zones, True for black. Raises ValueError for what it cannot hold."""
    if not text or any(not 32 <= ord(each) <= 126 for each in text):
        raise ValueError("Code 128 B holds printable ASCII only")
    values = _values(text)
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    widths = "".join(_WIDTHS[value] for value in [*values, check]) + _STOP
    return [place % 2 == 0 for place, width in enumerate(widths) for _ in range(int(width))]


def _values(text: str) -> list[int]:
    """Symbol values with the start; runs of four digits and more go two by two (set C)."""
    values: list[int] = []
    in_c, at = False, 0
    while at < len(text):
        digits = 0
        while at + digits < len(text) and text[at + digits].isdigit():
            digits += 1
        if digits >= (2 if in_c else 4) and not (not in_c and digits % 2):
            if not in_c:
                values.append(_TO_C if values else _START_C)
                in_c = True
            values.append(int(text[at : at + 2]))
            at += 2
            continue
        if in_c or not values:
            values.append(_TO_B if values else _START_B)
            in_c = False
        values.append(ord(text[at]) - 32)
        at += 1
    return values
