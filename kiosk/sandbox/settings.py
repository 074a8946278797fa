"""How a reference platform is set up."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal


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
    scenario: str = ""  # of kiosk/sandbox/scenarios; another than the database holds starts it over
    permit_minutes: int = 20
    restored: bool = False  # the database came back from a backup: the feed's counting begins anew
    allow_remote: bool = False  # listen beyond this machine: never for anything but an exercise
    tls: bool = False  # https; a terminal is known by its certificate alone
    trust_proxy_header: bool = False  # plain http behind a proxy that has checked the certificate (RFC 9440)

    @property
    def url(self) -> str:
        """The database as an SQLAlchemy URL."""
        scheme, mark, rest = self.database.partition("://")
        if not mark:
            return f"sqlite:///{self.database}"
        return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else self.database
