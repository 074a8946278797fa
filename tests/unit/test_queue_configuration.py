"""A configuration cannot make windows for single items (R35)."""

import pytest

from kiosk.config import ConfigError, parse

_TERMINAL = """\
[site]
id = "cq-demo-01"
name = "示例"
division = "500103"

[terminal]
id = "window-03"
role = "window"
window = "w-03"

[platform]
url = "http://127.0.0.1:9"
key = "k"

[store]
path = "s.db"
"""


def test_one_queue_for_everything() -> None:
    assert parse(_TERMINAL).queue.services == "opening"
    assert parse(_TERMINAL + '\n[queue]\nservices = "opening"\n').queue.services == "opening"


@pytest.mark.parametrize("services", ["seal", "opening seal", "tax licence", ""])
def test_single_items_are_refused_with_their_reason_and_line(services: str) -> None:
    with pytest.raises(ConfigError, match=r"^19: queue\.services: .*不得在前台设置单项服务窗口"):
        parse(_TERMINAL + f'\n[queue]\nservices = "{services}"\n')
