"""Personal data never shows itself: a value with a name, a number or a picture in it prints only its kind."""

import re

_STREET = re.compile(r".*?(?:大道|街道|路|街|巷|镇|乡)")
_DISTRICT = re.compile(r".*[区县州市]")


class Private:
    """Base of every dataclass that holds personal data; logs, traces and assertion texts see only the class name."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    __str__ = __repr__


def mask_name(name: str) -> str:
    """王测试 → 王*试, 王五 → 王*: the middle of a name is hidden wherever bystanders can read."""
    if len(name) <= 1:
        return name
    if len(name) == 2:
        return name[0] + "*"
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_number(number: str) -> str:
    """500103********0022: the first six and the last four of a certificate number."""
    return number if len(number) < 12 else number[:6] + "*" * (len(number) - 10) + number[-4:]


def mask_phone(phone: str) -> str:
    """138****1234."""
    return phone if len(phone) < 9 else phone[:3] + "*" * (len(phone) - 7) + phone[-4:]


def mask_number_public(number: str) -> str:
    """5***************22: the first and the last two, on paper and where everybody can read."""
    return "*" * len(number) if len(number) < 8 else number[0] + "*" * (len(number) - 3) + number[-2:]


def mask_bank_number(number: str) -> str:
    """Only the last four of an account or a bank card."""
    return "*" * max(len(number) - 4, 0) + number[-4:] if len(number) > 8 else "*" * len(number)


def mask_address(address: str) -> str:
    """重庆市渝中区示例路 1 号 2-3 → 重庆市渝中区示例路****: to the street; where none is named, to the district."""
    found = _STREET.match(address) or _DISTRICT.match(address)
    known = found[0] if found else ""
    return address if known == address else known + "****"
