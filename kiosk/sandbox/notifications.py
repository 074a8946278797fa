"""Messages to the applicant."""

from . import tables as t
from .transaction import Tx


def tell(tx: Tx, case_id: str, template: str) -> None:
    """A message to the applicant's phone; the text itself is made from the template, without anybody's name."""
    tx.c.execute(t.message.insert().values(at=tx.now, case_id=case_id, template=template))
