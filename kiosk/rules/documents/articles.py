"""What is handed over, as papers and screens name it: the thing, and the number by which it is recognised."""

from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.document import Text, Word, word
from kiosk.rules.goods_numbers import range_of


def article_name(article: Article) -> Word:
    """The name of an article; a seal has the name of its use."""
    if article.kind is ArticleKind.SEAL:
        return word(f"seal.{article.use.value}" if article.use else "article.seal")
    return word(f"article.{article.kind.value}")


def article_number(article: Article) -> Text:
    """The number by which an article is recognised; an invoice volume says its range."""
    numbers = range_of(article)
    if numbers is not None:
        return word("invoice.range", first=f"{numbers.first_no:08d}", last=f"{numbers.last_no:08d}")
    return article.serial


def article_quantity(article: Article) -> Text:
    """One, or so many invoices."""
    return word("article.count", count=str(article.count)) if article.count > 1 else str(article.count)
