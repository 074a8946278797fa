"""The pages of policy: complete in both languages, short, found by a word, and a sample that says so."""

import re

from kiosk.code_tables.policy_guides import GuideId, policy_guide, policy_guides
from kiosk.domain.document import Language
from kiosk.rules.documents.guide_page import guide_page


def test_every_page_is_whole_and_short_in_both_languages() -> None:
    assert [page.id for page in policy_guides()] == ["plan", "bring", "cost", "time", "benefits"]
    for page in policy_guides():
        said = (page.title, page.lead, *(line.text for line in page.lines))
        assert len(page.lines) >= 3 and all(one["zh"] and one["en"] for one in said)
        long = [part for one in said for part in re.split("[。？！：]", one["zh"]) if len(part) > 25]
        assert long == []


def test_a_sample_says_so_in_its_title_and_its_first_sentence() -> None:
    page = policy_guide(GuideId("benefits"))
    assert "样例" in page.title["zh"] and "sample" in page.title["en"].lower()
    assert "样例" in page.lead["zh"] and "sample" in page.lead["en"].lower()


def test_a_word_finds_its_pages_in_either_language() -> None:
    def found(typed: str) -> list[str]:
        return [page.id for page in policy_guides() if page.answers(typed)]

    assert found("印章") == ["cost"] and found(" LEASE ") == ["bring"]
    assert found("量子") == [] and len(found("")) == 5


def test_paper_says_what_the_screen_says() -> None:
    page = policy_guide(GuideId("time"))
    receipt = guide_page(page, "测试区政务服务中心", Language.EN)
    printed = [line.value for line in receipt.lines]
    assert printed[0] == page.title["en"] and all(
        any(one.text["en"] in text for text in printed) for one in page.lines
    )
