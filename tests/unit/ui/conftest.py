"""Qt without a screen; property tests without a stopwatch, because this machine is shared."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
