"""The reference platform's back door in a demo: sandbox clock and weather, and the tax office that writes devices."""

import json
import urllib.request
from typing import Any

from .lines import Hall
from .processes import DemoError


class Office:
    """Calls under /sandbox, loopback only."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def call(self, method: str, path: str, **body: Any) -> Any:
        """One call; DemoError when the platform is not there."""
        data = json.dumps(body).encode() if body or method == "PUT" else None
        request = urllib.request.Request(
            self._url + path, data, {"Content-Type": "application/json"}, method=method
        )  # the address is our own child's
        try:
            with self._opener.open(request, timeout=10) as answer:
                text = answer.read()
        except OSError as error:
            raise DemoError(f"reference platform: {method} {path}: {error}") from error
        return json.loads(text) if text else None

    def let_time_run(self, seconds: float) -> None:
        """Advance the sandbox clock; departments work on."""
        self.call("POST", "/sandbox/clock/advance", seconds=seconds)

    def case_states(self) -> set[str]:
        """States of all cases of the sandbox."""
        return {case["state"] for case in self.call("GET", "/sandbox/inspector.json")["cases"]}

    def bundle_codes(self) -> list[str]:
        """Bar codes on the articles that lie ready, in handing order; the tax device is read, not scanned."""
        return [one["code"] for one in self.call("GET", "/sandbox/goods") if one["kind"] != "tax_device"]

    def weather(self, **forecast: Any) -> None:
        """What the network is like from now on; nothing given: fair."""
        self.call("PUT", "/sandbox/weather", **forecast)

    def write_devices(self, hall: Hall, device: str, written: set[str]) -> None:
        """What the tax office's own software does: write every device that was issued and not written yet."""
        for one in self.call("GET", "/sandbox/devices-to-issue"):
            if one["number"] in written:
                continue
            hall.do(device, "insert", card=f"tax:{one['number']}")
            hall.do(device, "write_tax_device", status="issued", **one)
            hall.do(device, "remove")
            written.add(one["number"])
