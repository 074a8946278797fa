"""Shared libraries that stand in for those of device makers, built where the bench stands."""

import asyncio
from importlib.resources import as_file, files
from pathlib import Path

from .device import BenchError


async def build_library(source: str, library: Path, *more: str) -> None:
    """Build a C file of this folder; BenchError when there is no compiler, or when it is not content."""
    with as_file(files(__package__).joinpath(source)) as path:
        try:
            run = await asyncio.create_subprocess_exec(
                "gcc", "-shared", "-fPIC", "-O1", "-o", str(library), str(path), *more, stderr=asyncio.subprocess.PIPE
            )
        except FileNotFoundError:
            raise BenchError("this virtual device is built with gcc, which is missing") from None
        _, said = await run.communicate()
    if run.returncode:
        why = (said.decode(errors="replace").splitlines() or ["?"])[0]
        raise BenchError(f"{source} was not built (are OpenSSL's headers there, package libssl-dev?): {why}")
