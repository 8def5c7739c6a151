"""What a noun names: one person, several, a body of people, something written."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from quotetrack.names.facts import kinds
from quotetrack.quotations import english

# "" for a noun of none of these.
Sort = Literal["person", "people", "body", "document", ""]


@lru_cache(maxsize=1 << 14)
def sort_of(lemma: str, plural: bool = False) -> Sort:
    """What a noun names."""
    if lemma in english.ORGANISATION_NOUNS:
        return "body"
    if lemma in english.DOCUMENT_NOUNS:
        return "document"
    if lemma in english.NAMELESS or is_person_noun(lemma):
        return "people" if plural else "person"
    return ""


def is_person_noun(lemma: str) -> bool:
    """Whether a noun names one person by trade or office."""
    if lemma in english.ORGANISATION_NOUNS or lemma in english.DOCUMENT_NOUNS or lemma in english.THINGS:
        return False
    return (
        lemma in english.PERSON_NOUNS
        or lemma in english.OFFICES_SHORT
        or lemma in kinds("offices.txt")["heads"]
        or lemma.endswith(("er", "or", "ist", "ian", "man", "woman", "-old", "mistress", "master"))
        or lemma == "old"
    )
