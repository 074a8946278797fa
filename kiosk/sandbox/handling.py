"""What a handler of an operation is, and how a smaller function becomes one."""

from collections.abc import Callable, Mapping

from .call import Call, Reply
from .platform import Platform
from .transaction import Tx

Handler = Callable[[Platform, Call, Tx], Reply]
Handlers = Mapping[str, Handler]  # by operation id; every module of an area ends in one


def of_data(handler: Callable[[Call], Reply]) -> Handler:
    """Needs neither database nor clock."""
    return lambda _platform, call, _tx: handler(call)


def of_rows(handler: Callable[[Call, Tx], Reply]) -> Handler:
    """Needs the transaction only."""
    return lambda _platform, call, tx: handler(call, tx)
