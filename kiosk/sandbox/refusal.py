"""How the platform says no from inside a transaction."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts.platform_api import PROBLEMS

from .transaction import Tx


class Refused(Exception):  # noqa: N818  # a refusal, not an error
    """Rolls the whole transaction back, the idempotency row included, so that a retry is judged again.

    ``aftermath`` runs in a transaction of its own behind the refusal, for what must outlive the rollback (a counted
    wrong signature). ``more`` are the members of the problem beyond RFC 9457; never a name or a number of a person.
    """

    def __init__(
        self,
        slug: str,
        *,
        retry_after: int | None = None,
        etag: str | None = None,
        aftermath: Callable[[Tx], None] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(slug)
        self.rule = PROBLEMS[slug]
        self.slug = slug
        self.retry_after = retry_after
        self.etag = etag
        self.aftermath = aftermath
        self.more = more


def invalid(pointer: str, rule: str) -> Refused:
    """A value breaks a rule that the schema cannot say."""
    return Refused("validation", errors=[{"pointer": pointer, "rule": rule}])
