"""The whole cache with its sync loop against a platform, saying what it has promised.

python -m tests.faults.syncing STORE PROMISES COUNT URL FIRST      COUNT companies, from the FIRST on
"""

import sys
from dataclasses import replace
from pathlib import Path

from kiosk.audit import AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.ledger import RateVisit, SubmitCase
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache
from offline_cache.proof.program import teller

from .hall import SITE, event, ready_form, running, settled, trade_name, wait_for
from .workers import case_of


def main() -> None:
    """The command line above. ``said``: the person was told it is saved; ``sent``: that it has arrived; ``gone``:
    that nothing of the visit is left here."""
    store, promises, count, url, first = sys.argv[1:]
    tell = teller(Path(promises))
    settings = Store(path=store), Platform(url=url, key="demo-kiosk-01", timeout=5.0)
    with running(OfflineCache(*settings, "kiosk-01", SITE, reserve_bytes=64 * 1024)) as cache:
        for number in range(int(first), int(first) + int(count)):
            case_id, slip = case_of(number)
            form, now = ready_form(cache, case_id, trade_name(number)), cache.clock.now()
            for deed, kind in (
                (SubmitCase(case_id, slip, form, now), AuditKind.SUBMITTED),
                (RateVisit(case_id, "accepted", 5, now), AuditKind.RATED),
            ):
                told_of = replace(event(cache, kind), case_id=case_id)
                assert not isinstance(cache.ledger.record(deed, told_of), Fault)
            tell(f"said {case_id}")
            settled(cache, case_id, 3)
            tell(f"sent {case_id}")
            cache.ledger.forget_visit(case_id)
            wait_for(lambda case_id=case_id: cache.ledger.case(case_id) is None)
            cache.ledger.forget_visit(case_id)
            tell(f"gone {case_id}")


if __name__ == "__main__":
    main()
