"""The proof of durability: what the store really wrote, cut off by power cuts again and again, and opened again.

A program goes through visits on a fresh store under ``strace``. Its system calls are replayed on a simulated disk
that keeps what was synced and forgets half of the rest; whatever survives is opened by the store's own door and
compared with what people had been promised. Beside it the same with synchronous NORMAL, which must fail: a proof that
cannot fail proves nothing.
"""

from .proving import DEFAULT_CUTS, FEWEST_CUTS, prove
from .result import Outcome, Proof
from .standing import Rank, Standing, standing

__all__ = ["DEFAULT_CUTS", "FEWEST_CUTS", "Outcome", "Proof", "Rank", "Standing", "prove", "standing"]
