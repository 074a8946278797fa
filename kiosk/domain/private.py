"""Personal data never shows itself: a value with a name, a number or a picture in it prints only its kind."""


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
