"""What every table is made of."""

import sqlalchemy as sa

md = sa.MetaData()


def id_(name: str, length: int = 40, **more: bool) -> "sa.Column[str]":
    """A short text column."""
    return sa.Column(name, sa.String(length), **more)  # type: ignore[arg-type]


def ms(name: str, nullable: bool = True) -> "sa.Column[int]":
    """A moment in milliseconds since 1970."""
    return sa.Column(name, sa.BigInteger, nullable=nullable)


def version() -> "sa.Column[int]":
    """Moves with every change of a shared row; what If-Match compares."""
    return sa.Column("version", sa.Integer, nullable=False)


row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts by itself only in INTEGER keys
