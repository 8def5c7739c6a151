"""Every direct quotation in a news article, with who said it and why the program thinks so.

>>> from quotetrack import Article, extract
>>> extract(Article("1", "“It works,” said Ada Park.")).quotations[0].attributions[0].speaker.name
'Ada Park'
"""

from quotetrack.extraction import extract, extract_many
from quotetrack.records import Article, Attribution, Extraction, Quotation, Span, Speaker

__all__ = ["Article", "Attribution", "Extraction", "Quotation", "Span", "Speaker", "extract", "extract_many"]
