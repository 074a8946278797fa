"""Which orders are followed, how a terminal stands by them, and what may then be done."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.acts import Act, WithoutNetwork
from kiosk.domain.orders import EVERYTHING, Directive, Manifest, Mode, OfflineLimits, Standing, Why
from kiosk.faults import FaultCode
from kiosk.rules.acts import standing_fault, why_not
from kiosk.rules.orders import GRACE, Known, Place, standing, why_not_directive, why_not_manifest

NOW = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
PLACE = Place("kiosk-01", "cq-demo-01", "SELF_SERVICE")
MANIFEST = Manifest(
    5, NOW - timedelta(days=1), NOW + timedelta(days=90), "cq-demo-01", None, None, OfflineLimits(), {}
)
ORDER = Directive("kiosk-01", 3, Mode.READ_ONLY, "盘点", None, NOW)
ONE, TWO = frozenset({"k1"}), frozenset({"k1", "k2"})


@pytest.mark.parametrize(
    ("manifest", "signers", "known", "now", "reason"),
    [
        (MANIFEST, ONE, 4, NOW, ""),
        (MANIFEST, frozenset(), 4, NOW, "signature"),
        (MANIFEST, ONE, 5, NOW, "rollback"),
        (MANIFEST, ONE, 9, NOW, "rollback"),
        (replace(MANIFEST, site_id="cq-other"), ONE, 4, NOW, "audience"),
        (replace(MANIFEST, kind="WINDOW"), ONE, 4, NOW, "audience"),
        (replace(MANIFEST, kind="SELF_SERVICE", terminal_id="kiosk-01"), ONE, 4, NOW, ""),
        (replace(MANIFEST, terminal_id="kiosk-02"), ONE, 4, NOW, "audience"),
        (replace(MANIFEST, expires_at=NOW), ONE, 4, NOW, "expired"),
        (replace(MANIFEST, expires_at=NOW), ONE, 4, None, ""),
    ],
)
def test_a_configuration_is_followed_or_not(
    manifest: Manifest, signers: frozenset[str], known: int, now: datetime | None, reason: str
) -> None:
    assert why_not_manifest(manifest, signers, known, PLACE, now) == reason


@pytest.mark.parametrize(
    ("order", "signers", "known", "reason"),
    [
        (ORDER, ONE, 2, ""),
        (ORDER, frozenset(), 2, "signature"),
        (ORDER, ONE, 3, "rollback"),
        (replace(ORDER, terminal_id="kiosk-02"), ONE, 2, "audience"),
        (replace(ORDER, mode=Mode.LOCKED), ONE, 2, "signature"),
        (replace(ORDER, mode=Mode.LOCKED), TWO, 2, ""),
        (replace(ORDER, mode=Mode.WIPE), ONE, 2, "signature"),
        (replace(ORDER, mode=Mode.WIPE), TWO, 2, ""),
    ],
)
def test_an_order_is_followed_or_not(order: Directive, signers: frozenset[str], known: int, reason: str) -> None:
    assert why_not_directive(order, signers, known, "kiosk-01") == reason


LIMITED = replace(ORDER, until=NOW)


@pytest.mark.parametrize(
    ("known", "sure", "expected"),
    [
        (Known(), True, EVERYTHING),
        (Known(ORDER), True, Standing(Mode.READ_ONLY, Why.ORDERED)),
        (Known(replace(ORDER, mode=Mode.NORMAL)), True, EVERYTHING),
        (Known(LIMITED), True, EVERYTHING),
        (Known(LIMITED), False, Standing(Mode.READ_ONLY, Why.ORDERED)),
        (Known(refuses=True), True, Standing(Mode.LOCKED, Why.REFUSED)),
        (Known(heard_at=NOW - timedelta(hours=4)), True, EVERYTHING),
        (Known(heard_at=NOW - timedelta(hours=4, seconds=1)), False, Standing(Mode.READ_ONLY, Why.OUT_OF_CONTACT)),
        (
            Known(manifest=replace(MANIFEST, limits=OfflineLimits(timedelta(hours=9))),
                  heard_at=NOW - timedelta(hours=8)),
            True, EVERYTHING,
        ),
        (Known(manifest=replace(MANIFEST, expires_at=NOW - GRACE)), True, EVERYTHING),
        (
            Known(manifest=replace(MANIFEST, expires_at=NOW - GRACE - timedelta(seconds=1))), True,
            Standing(Mode.READ_ONLY, Why.CONFIGURATION_EXPIRED),
        ),
        (Known(manifest=replace(MANIFEST, expires_at=NOW - GRACE - timedelta(days=9))), False, EVERYTHING),
        (Known(replace(ORDER, mode=Mode.NO_HANDOVER), heard_at=NOW - timedelta(hours=5)), True,
         Standing(Mode.READ_ONLY, Why.OUT_OF_CONTACT)),
        (Known(replace(ORDER, mode=Mode.WIPE), refuses=True), True, Standing(Mode.WIPE, Why.ORDERED)),
        (Known(manifest=replace(MANIFEST, oldest_program="1.10"), program="1.9.3"), True,
         Standing(Mode.READ_ONLY, Why.PROGRAM_TOO_OLD)),
        (Known(manifest=replace(MANIFEST, oldest_program="1.10.0"), program="1.10"), True, EVERYTHING),
        (Known(manifest=replace(MANIFEST, oldest_program="1.x"), program="1.9"), True, EVERYTHING),
        (Known(manifest=replace(MANIFEST, oldest_program="1.10")), True, EVERYTHING),
    ],
)  # fmt: skip
def test_how_a_terminal_stands(known: Known, sure: bool, expected: Standing) -> None:
    assert standing(known, NOW, sure=sure) == expected


def barred(mode: Mode) -> set[Act]:
    return {a for a in Act if why_not(a, WithoutNetwork.LOCAL, Standing(mode), online=True) is not None}


def test_each_mode_bars_more_than_the_one_before() -> None:
    assert barred(Mode.NORMAL) == set()
    assert barred(Mode.NO_HANDOVER) == {Act.PREPARE_HANDOVER, Act.FINISH_HANDOVER}
    assert {Act.SUBMIT, Act.BEGIN_VISIT, Act.PREPARE_HANDOVER} <= barred(Mode.READ_ONLY)
    assert not barred(Mode.READ_ONLY) & {Act.FIND_CASE, Act.KEEP_DRAFT, Act.ABORT_HANDOVER, Act.SIGN_IN}
    happened = {Act.ABORT_HANDOVER, Act.REPORT_ISSUED, Act.REPORT_READ_BACK, Act.SET_DEVICE_ASIDE}
    assert set(Act) - barred(Mode.LOCKED) == {Act.KEEP_DRAFT} | happened
    assert barred(Mode.WIPE) == barred(Mode.LOCKED)


def test_without_network_only_what_may_not_wait_is_refused() -> None:
    for without in WithoutNetwork:
        fault = why_not(Act.DECIDE_ACCEPTANCE, without, EVERYTHING, online=False)
        assert (fault is not None) is (without is WithoutNetwork.REFUSED)
    name = why_not(Act.CHECK_NAME, WithoutNetwork.REFUSED, EVERYTHING, online=False)
    assert name is not None and name.code is FaultCode.NAME_NEEDS_NETWORK
    assert why_not(Act.CHECK_NAME, WithoutNetwork.REFUSED, EVERYTHING, online=True) is None


def test_the_order_is_said_before_the_network() -> None:
    fault = why_not(Act.SUBMIT, WithoutNetwork.QUEUED, Standing(Mode.READ_ONLY, Why.OUT_OF_CONTACT), online=False)
    assert fault is not None and fault.code is FaultCode.TERMINAL_READ_ONLY
    assert fault.details == {"reason": "out-of-contact"}
    assert standing_fault(EVERYTHING) is None
