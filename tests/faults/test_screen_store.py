"""What a citizen sees when the disk under the terminal answers with errors: the fault and whom to call, at once, and
nothing that says that anything was kept. When the disk is back the same visit goes on.
"""

from pathlib import Path

import pytest

from kiosk.demo.acts import SIGNATURES
from kiosk.faults import FaultCode
from tests.journeys.visiting import described, fault, identified, name_page, said, stage_in

from .spoilt import Spoiler, needs_strace

pytestmark = [pytest.mark.processes, needs_strace]

_SAYS = {"EIO": FaultCode.STORE_DAMAGED, "EROFS": FaultCode.STORE_DAMAGED, "EDQUOT": FaultCode.DISK_FULL}


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_the_disk_under_a_visit_fails(tmp_path: Path) -> None:
    with stage_in(tmp_path) as stage:
        kiosk = stage.open("kiosk")
        kiosk.page("home")
        identified(stage, kiosk)
        name_page(kiosk, "朝晖")
        kiosk.tap("check")
        described(kiosk)
        kiosk.tap("next")
        kiosk.page("sign")
        for error, code in _SAYS.items():
            spoiler = Spoiler(
                kiosk.child.process.pid, tmp_path / "work", "pwrite64,fsync", f"error={error}", "kiosk-01.db"
            )
            kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
            kiosk.tap("sign")
            kiosk.sees(fault(code))
            assert said("sign.done_title") not in kiosk.do("texts")
            spoiler.let_go()
        kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
        kiosk.tap("sign")
        kiosk.sees(said("sign.done_title"))
        stage.close(kiosk)
        assert stage.verify_audit("kiosk") == "verified"
