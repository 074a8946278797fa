"""How a reference platform is set up."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Span = tuple[float, float]  # shortest and longest, in seconds of the offices' clock


@dataclass(frozen=True, slots=True, kw_only=True)
class BackOfficeDelays:
    """How long the departments take; every length is drawn between the two figures, repeatably for one seed."""

    take_up: Span = (2, 4)  # accepted → in review
    setup: Span = (6, 12)  # 市监 decides
    licence: Span = (4, 8)  # licence on paper
    seal: Span = (3, 6)  # 公安 files
    engrave: Span = (5, 10)
    invoice: Span = (4, 8)  # 税务 fixes the kinds
    volumes: Span = (2, 4)  # invoices from the store
    device: Span = (4, 8)  # 发行
    automatic: Span = (1, 3)  # 社保, 公积金, 银行预约


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxSettings:
    """Everything ``serve`` needs. ``database`` is the path of an SQLite file, or ``postgresql://…``.

    ``clock`` is the offices' clock: ``real``, ``scaled`` by ``factor`` (only departments hurry, times on the wire
    stay true) or ``manual`` (everything stands still until it is advanced, for tests).
    """

    database: str = field(repr=False)  # may hold a password
    host: str = "127.0.0.1"
    port: int = 0
    ready_file: Path | None = None
    clock: Literal["real", "scaled", "manual"] = "real"
    factor: float = 60.0
    seed: str = "demo"
    scenario: str = "plain"
    delays: BackOfficeDelays = field(default_factory=BackOfficeDelays)
    permit_minutes: int = 20
    restored: bool = False  # the database came back from a backup: the feed's counting begins anew
    allow_remote: bool = False  # listen beyond this machine: never for anything but an exercise

    @property
    def url(self) -> str:
        """The database as an SQLAlchemy URL."""
        scheme, mark, rest = self.database.partition("://")
        if not mark:
            return f"sqlite:///{self.database}"
        return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else self.database
