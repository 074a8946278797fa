"""Why the platform said no stands on the desk in words, whatever it says: in a banner, and in the tasks tray."""

import re
from pathlib import Path

import pytest

from kiosk.contracts.ledger import LedgerTask
from kiosk.contracts.platform_api.problems import PROBLEMS
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow.events import backroom as back
from ui.viewmodels.clerk import present
from ui.words import LANGUAGES, Words, catalogue

from . import clerk_walk as walk

ROOT = Path(__file__).parents[4]
# What this machine calls a refusal itself, when it parks a deed or stops a scan.
_OWN = re.compile(r'(?:PLATFORM|STOCK|LIBRARY|SIGNING_LINK)_REFUSED, (?:\{"slug": )?"([a-z-]+)"')


def own() -> set[str]:
    """Slugs that no platform sends."""
    files = [*(ROOT / "offline_cache").glob("*.py"), *(ROOT / "kiosk" / "workflow").glob("*.py")]
    return {slug for file in files for slug in _OWN.findall(file.read_text("utf-8"))}


def test_every_reason_has_words_and_no_other_has() -> None:
    assert len(own()) > 3
    named = {key.removeprefix("platform_says.") for key in catalogue() if key.startswith("platform_says.")}
    assert named >= {*PROBLEMS, *own()}
    assert named - {*PROBLEMS, *own()} == {
        "refused",
        "broken-answer",
    }  # of an answer without a body, and of half a one


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", sorted({*PROBLEMS, *own()}))
def test_the_desk_says_why_in_words(slug: str, language: str) -> None:
    words, fault = Words(language), Fault(FaultCode.PLATFORM_REFUSED, {"slug": slug})
    why = words.say(f"platform_says.{slug}")
    assert bool(re.search("[一-鿿]", why)) == (language == "zh"), "one language"
    desk = walk.on_duty().did(ev.PlatformFailed(fault))
    banner = present(desk.still().scene, words, {}).lists["banners"][0]
    assert why in banner["what"] and slug not in "".join(str(one) for one in banner.values())
    tray = walk.on_duty().did(
        back.TasksAsked(), back.TasksListed((LedgerTask("k", "putDraft", walk.CASE, fault, walk.TIME),))
    )
    page = present(tray.still().scene, words, {})
    [row] = page.lists["rows"]
    said = next(one for one in page.lists["about"] if one["key"] == "said")
    assert row["verdict"].lower() == why.lower() and why in said["value"]
    assert slug not in f"{row}{said}"
