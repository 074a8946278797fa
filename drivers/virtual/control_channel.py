"""The bench's side of the control channel: one JSON request a line, one JSON answer a line, in order."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from .device import BenchError
from .wire import Line

Do = Callable[[str | None, str, Mapping[str, Any]], Awaitable[Any]]
LONGEST = 1 << 20  # bytes of one request


async def serve_control(line: Line, do: Do) -> None:
    """Answer requests until the other side hangs up."""
    rest = b""
    while data := await line.read():
        rest += data
        *requests, rest = rest.split(b"\n")
        for request in requests:
            if request.strip():
                await line.send(json.dumps(await _answer(request, do), ensure_ascii=False).encode() + b"\n")
        if len(rest) > LONGEST:
            await line.send(b'{"id": null, "ok": false, "error": "the request is too long"}\n')
            return


async def _answer(request: bytes, do: Do) -> dict[str, Any]:
    number: object = None
    try:
        asked = json.loads(request)
        if not isinstance(asked, dict):
            raise BenchError("a request is a JSON object")
        number = asked.get("id")
        device, action, args = asked.get("device"), asked.get("do"), asked.get("args", {})
        if not isinstance(action, str) or not isinstance(args, dict) or not isinstance(device, str | None):
            raise BenchError('a request is {"id": 1, "device": "…", "do": "…", "args": {…}}')
        return {"id": number, "ok": True, "value": await do(device, action, args)}
    except (ValueError, RecursionError):
        return {"id": number, "ok": False, "error": "the request is not JSON"}
    except BenchError as error:
        return {"id": number, "ok": False, "error": str(error)}
