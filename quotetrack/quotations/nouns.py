"""What a noun names: one person, several, a body of people, something written."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from quotetrack.names.facts import kinds
from quotetrack.quotations import english

# "" for a noun of none of these.
Sort = Literal["person", "people", "body", "document", ""]


@lru_cache(maxsize=1 << 14)
def sort_of(lemma: str, plural: bool = False, is_name: bool = False) -> Sort:
    """What a noun names; see `is_person_noun`."""
    if lemma in english.ORGANISATION_NOUNS:
        return "body"
    if lemma in english.DOCUMENT_NOUNS:
        return "document"
    if lemma in english.NAMELESS or is_person_noun(lemma, is_name):
        return "people" if plural else "person"
    return ""


def is_person_noun(lemma: str, is_name: bool = False) -> bool:
    """Whether a noun names one person by trade or office.

    A name is known for an office only by the lists: Twitter and El Salvador end like trades.
    """
    if lemma in english.ORGANISATION_NOUNS or lemma in english.DOCUMENT_NOUNS or lemma in english.THINGS:
        return False
    return (
        lemma in english.PERSON_NOUNS
        or lemma in english.OFFICES_SHORT
        or lemma in kinds("offices.txt")["heads"]
        or (not is_name and lemma.endswith(("er", "or", "ist", "ian", "man", "woman", "mistress", "master")))
        or lemma.endswith("-old")
        or lemma == "old"
    )
