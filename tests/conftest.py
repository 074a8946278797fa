"""Every test run has a smart-card service of its own: two runs on one machine never see each other's cards.

The client library reads the socket's place once per process, so it is named before any test can use it; benches and
applications that a test starts inherit it.
"""

import os
import shutil
import tempfile

import pytest

_folder = tempfile.mkdtemp(prefix="cards-")  # short: a socket's path has at most 107 bytes
os.environ["PCSCLITE_CSOCK_NAME"] = f"{_folder}/pcscd.comm"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Tidy up."""
    shutil.rmtree(_folder, ignore_errors=True)
