"""Who wrote what: the words that name the author of a report, a statement, a letter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from quotetrack.quotations.cues import SAYING
from quotetrack.quotations.entities import ORGANISATIONS
from quotetrack.quotations.nouns import sort_of
from quotetrack.quotations.reading import Reading

# Verbs whose subject is the author of their object.
ISSUING = frozenset(
    """
    author deliver draft file issue launch leave lodge make pen post produce publish read release send sign
    submit table write
    """.split()
)
SUBJECTS = ("nsubj", "nsubj:outer")
# The same verbs as they stand in sentences that were not parsed.
ISSUED = frozenset(
    """
    authored delivered drafted filed issued launched lodged mailed penned posted produced published released
    sent signed submitted tabled wrote
    """.split()
)
AUTHORS = ("PERSON", *ORGANISATIONS)
# So many words lie between a work, its verb and its author where no parse tells that they belong together.
BETWEEN = 10


def authors(reading: Reading) -> Iterator[tuple[int, str]]:
    """The heads of phrases that name an author, each with the noun for the work."""
    for i, word in enumerate(reading.words):
        if reading.inside[i] < 0:
            noun = (word.lemma or word.text).lower()
            if sort_of(noun) == "document":
                found = _authors(reading, i) if reading.parsed[i] else _named_authors(reading, i)
                for author in found:
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


def _named_authors(reading: Reading, i: int) -> Iterator[int]:
    """The same in a sentence that was not parsed, of authors by name.

    China Moly's readout; a report by the Ministry of Works; Yamagami, 41, mailed the letter.
    """
    words = reading.words
    before = i - 2 if words[i - 1].text in ("'s", "’s") else i - 1
    if _is_author(reading, i, before):
        yield before
    for k in range(i + 1, min(len(words), i + BETWEEN)):
        if words[k].text in ("by", "from"):
            yield from islice((j for j in range(k + 1, k + BETWEEN) if _is_author(reading, i, j)), 1)
            break
        if not words[k].text[0].isalpha():
            break
    for k in range(i - 1, max(-1, i - BETWEEN), -1):
        if words[k].text in ISSUED or (words[k].text == "said" and words[k + 1].text == "in"):
            yield from islice((j for j in range(k - 1, k - BETWEEN, -1) if _is_author(reading, i, j)), 1)
            break


def _is_author(reading: Reading, i: int, j: int) -> bool:
    """Whether a word is of a name in the sentence of the word `i`, and in no quotation."""
    return (
        0 <= j < len(reading.words)
        and reading.sentences[j] == reading.sentences[i]
        and reading.inside[j] < 0
        and reading.entity_of[j] >= 0
        and reading.entities[reading.entity_of[j]].type in AUTHORS
    )
