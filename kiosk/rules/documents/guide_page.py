"""A page of the policy guides on the roll: no document of a case, nobody's name on it."""

from kiosk.code_tables.policy_guides import PolicyGuide
from kiosk.domain.document import Language
from kiosk.domain.paper import LineKind, PaperLine, Receipt


def guide_page(guide: PolicyGuide, office: str, language: Language) -> Receipt:
    """The same sentences as on the screen."""
    own = language.value
    lines = (
        PaperLine(LineKind.HEADING, guide.title[own]),
        PaperLine(LineKind.TEXT, office),
        PaperLine(LineKind.RULE),
        PaperLine(LineKind.TEXT, guide.lead[own]),
        *(PaperLine(LineKind.TEXT, f"{number} {line.text[own]}") for number, line in enumerate(guide.lines, 1)),
    )
    return Receipt(f"guide-{guide.id}", lines)
