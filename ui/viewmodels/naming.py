"""What a business, its place, its people, its papers and its things are called on the screens."""

from kiosk.code_tables.materials import materials
from kiosk.domain.article import Article
from kiosk.domain.case import OpeningForm
from kiosk.domain.person import Role
from kiosk.domain.private import mask_name
from kiosk.rules.materials import MaterialLine
from kiosk.rules.slip import NAME_OF_INDIVIDUAL
from ui.words import Words

# The offices that a person of a business may hold here, in the order in which they are said.
OFFERED = (
    Role.LEGAL_REP, Role.SHAREHOLDER, Role.DIRECTOR, Role.MANAGER, Role.SUPERVISOR, Role.FINANCE_OFFICER,
    Role.LIAISON, Role.TAX_HANDLER,
)  # fmt: skip


def business(form: OpeningForm, words: Words) -> str:
    """The name; of a business that goes without one, whose it is."""
    if not form.is_nameless:
        return form.business_name
    operators = form.wearing(Role.LEGAL_REP)
    return words.say("business.nameless", who=mask_name(operators[0].name) if operators else "")


def name_label(form: OpeningForm, words: Words) -> str:
    """What the line with the name is called."""
    return words.say(NAME_OF_INDIVIDUAL if form.is_individual else "slip.line.name")


def role_word(role: Role, form: OpeningForm, words: Words) -> str:
    """The office; who heads an individual business is its operator (经营者)."""
    individual = role is Role.LEGAL_REP and form.is_individual
    return words.say("role.operator" if individual else f"role.{role.value}")


def material_name(material: MaterialLine, words: Words) -> str:
    """What a line of the checklist is called; the tables name things as a dictionary does, a list begins with a
    capital."""
    name = kind_name(material.kind or material.code, words)
    return f"{material.who}　{name}" if material.who else name


def kind_name(code: str, words: Words) -> str:
    """What a kind of material is called."""
    known = materials().get(code)
    if known is None:
        return words.say(f"material.{code}")
    return known.name if words.language == "zh" else known.name_en[:1].upper() + known.name_en[1:]


def article_name(article: Article, words: Words) -> str:
    """The thing by its use; invoices with how many there are."""
    if article.count > 1:
        return words.say("article.volume", n=article.count)
    return words.say(f"article.{article.use.value if article.use else article.kind.value}")
