"""Who wrote what: the words that name the author of a report, a statement, a letter."""

from __future__ import annotations

from collections.abc import Iterator

from quotetrack.quotations.cues import SAYING
from quotetrack.quotations.nouns import sort_of
from quotetrack.quotations.reading import Reading

# Verbs whose subject is the author of their object.
ISSUING = frozenset(
    "author draft file issue leave pen post produce publish read release send sign submit write".split()
)
SUBJECTS = ("nsubj", "nsubj:outer")


def authors(reading: Reading) -> Iterator[tuple[int, str]]:
    """The heads of phrases that name an author, each with the noun for the work."""
    for i, word in enumerate(reading.words):
        if reading.inside[i] < 0 and reading.parsed[i]:
            noun = word.lemma.lower()
            if sort_of(noun) == "document":
                for author in _authors(reading, i):
                    yield author, noun


def _authors(reading: Reading, i: int) -> Iterator[int]:
    words = reading.words
    for child in reading.children[i]:
        deprel = words[child].deprel
        if deprel in ("nmod:poss", "compound"):
            yield child  # Petrova's report, a council statement
        elif deprel == "nmod":
            if any(words[c].lemma in ("by", "from") for c in reading.children[child]):
                yield child
        elif deprel.startswith("acl"):
            for agent in reading.children[child]:
                is_by = any(words[c].lemma == "by" for c in reading.children[agent])
                if words[agent].deprel == "obl:agent" or is_by:
                    yield agent  # a statement issued by the council
                elif words[agent].deprel in SUBJECTS and words[agent].upos != "PRON":
                    yield agent  # the report that the council published
    head, deprel = reading.heads[i], words[i].deprel
    if head < 0:
        return
    lemma = words[head].lemma.lower()
    if (deprel == "obj" and lemma in ISSUING) or (deprel.startswith("obl") and lemma in SAYING | ISSUING):
        for child in reading.children[head]:
            if words[child].deprel in SUBJECTS:
                yield child  # the council said in a statement
    if deprel == "nsubj:pass" and lemma in ISSUING:
        for child in reading.children[head]:
            if any(words[c].lemma == "by" for c in reading.children[child]):
                yield child
